from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from wushe.accounts.queries import scope_of
from wushe.organisations import actions
from wushe.organisations.models import AnnualState
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import AnnualFilter, check_by_number, form_of, forms_in, refuse_confirmed_form
from wushe.web.common import words
from wushe.web.common.access import permission, require_here, require_open, sent_from, step_scope
from wushe.web.common.asked import number_of
from wushe.web.common.forms import attempt, try_or_say, typed
from wushe.web.desk.annual.forms import ConfirmAnnualForm, JudgeForm, OpenAnnualCheckForm, typed_of
from wushe.web.desk.navigation import lead_back


@permission(Permission.OPEN_ANNUAL_CHECK)
def open_annual_check(request: Any) -> HttpResponse:
    """The county asks for a year."""
    scope = step_scope(request)
    initial = {"region": scope.only_place, "year": request.on.year}
    form = OpenAnnualCheckForm(typed(request), within=scope.common_place, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        told = {"county": given["region"], "year": given["year"], "due_on": given["due_on"]}
        done = attempt(form, lambda: actions.open_annual_check(**told, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The check is open; every community with an organisation has it on its desk."))
            return redirect("desk:annual:check", done.number)
    context = {"form": form, "title": words.step("open_annual_check"), "row": None}
    return render(request, "desk/annual/step.html", context, status=422 if form.errors else 200)


@permission(Permission.CONFIRM_ANNUAL_FORM)
def confirm_annual_form(request: Any, number: str, organisation: str) -> HttpResponse:
    """The community confirms or corrects a form."""
    row = form_of(check_by_number(number, user=request.user, at=request.at), organisation, user=request.user, at=request.at)
    require_here(request, region=row.region)
    require_open(request, refuse_confirmed_form, row)
    form = ConfirmAnnualForm(typed(request), initial=typed_of(row))
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.confirm_annual_form(form=row, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("Confirmed; the county judges it now."))
            return redirect("desk:annual:place", f"{number}-{row.region.code}")
    lead_back(request, reverse("desk:annual:check", args=[number]), row.check_of.year)
    context = {"form": form, "title": words.step("confirm_annual_form"), "row": row}
    return render(request, "desk/annual/step.html", context, status=422 if form.errors else 200)


@permission(Permission.JUDGE_ANNUAL_FORM)
@sent_from("desk:annual:form")
def judge_annual_form(request: Any, number: str, organisation: str) -> HttpResponse:
    """The county accepts a form, or gives it back with the reason."""
    row = form_of(check_by_number(number, user=request.user, at=request.at), organisation, user=request.user, at=request.at)
    form = JudgeForm(request.POST)
    if form.is_valid() and (outcome := form.decision("accept", "return")):
        if outcome == "return":
            reason = form.cleaned_data["reason"]
            done: Any = attempt(form, lambda: actions.return_annual_form(form=row, reason=reason, by=request.user, at=request.at))
        else:
            done = attempt(form, lambda: actions.accept_annual_forms(forms=[row], by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("Saved."))
            return redirect("desk:annual:form", number, organisation)
    lead_back(request, reverse("desk:annual:check", args=[number]), row.check_of.year)
    return render(request, "desk/annual/form.html", {"row": row, "check": row.check_of, "judging": form, "may_confirm": False}, status=422)


@permission(Permission.JUDGE_ANNUAL_FORM)
@require_POST
def accept_annual_forms(request: Any, number: str) -> HttpResponse:
    """The county accepts the forms that were ticked."""
    check = check_by_number(number, user=request.user, at=request.at)
    scope = scope_of(request.user, Permission.JUDGE_ANNUAL_FORM, request.on)
    wanted = [pk for pk in map(number_of, request.POST.getlist("form")) if pk is not None]
    forms = list(forms_in(check, scope, AnnualFilter(state=AnnualState.CONFIRMED)).filter(pk__in=wanted))
    done = try_or_say(request, lambda: actions.accept_annual_forms(forms=forms, by=request.user, at=request.at))
    if done is not None:
        count = len(done)
        messages.success(request, ngettext("%(count)s form accepted.", "%(count)s forms accepted.", count) % {"count": count})
    return redirect("desk:annual:check", number)
