from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushe.needs import actions
from wushe.needs.permissions import Permission
from wushe.web.common.access import permission
from wushe.web.common.forms import attempt, try_or_say, typed
from wushe.web.desk.navigation import lead_back
from wushe.web.desk.needs.forms import AttemptVerdictForm, RecordContestForm, RecordVerdictForm
from wushe.web.desk.needs.reading import own_need


@permission(Permission.RECORD_VERDICT)
def record_verdict(request: Any, number: str) -> HttpResponse:
    """Enter what the resident said."""
    need = own_need(request, number)
    form = RecordVerdictForm(typed(request))
    if request.method == "POST" and form.is_valid():
        given = form.given()
        if attempt(form, lambda: actions.record_verdict(need_id=need.pk, **given, by=request.user, at=request.at)):
            messages.success(request, _("The verdict is on record."))
            return redirect("desk:needs:detail", number)
    lead_back(request, reverse("desk:needs:detail", args=[number]), need.wish)
    return render(request, "desk/needs/record_verdict.html", {"form": form, "need": need}, status=422 if form.errors else 200)


@permission(Permission.RECORD_VERDICT)
def record_contest(request: Any, number: str) -> HttpResponse:
    """Enter that the resident objects to an answer without a project."""
    need = own_need(request, number)
    form = RecordContestForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: actions.record_contest(need_id=need.pk, reason=reason, by=request.user, at=request.at)):
            messages.success(request, _("The objection is on record. The town answers again."))
            return redirect("desk:needs:detail", number)
    lead_back(request, reverse("desk:needs:detail", args=[number]), need.wish)
    return render(request, "desk/needs/record_contest.html", {"form": form, "need": need}, status=422 if form.errors else 200)


@permission(Permission.RECORD_VERDICT)
def attempt_verdict(request: Any, number: str) -> HttpResponse:
    """Note that the resident could not be reached."""
    need = own_need(request, number)
    form = AttemptVerdictForm(typed(request))
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        if attempt(form, lambda: actions.attempt_verdict(need_id=need.pk, note=note, by=request.user, at=request.at)):
            messages.success(request, _("The attempt is on record."))
            return redirect("desk:needs:detail", number)
    lead_back(request, reverse("desk:needs:detail", args=[number]), need.wish)
    return render(request, "desk/needs/attempt_verdict.html", {"form": form, "need": need}, status=422 if form.errors else 200)


@permission(Permission.RECORD_VERDICT)
@require_POST
def close_without_verdict(request: Any, number: str) -> HttpResponse:
    """Close a need whose resident could not be reached on enough days."""
    need = own_need(request, number)
    done = try_or_say(request, lambda: actions.close_without_verdict(need_id=need.pk, by=request.user, at=request.at))
    if done is not None:
        messages.success(request, _("The need is closed without a verdict."))
    return redirect("desk:needs:detail", number)
