from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from wushe.audit.queries import NEWEST_FIRST, entries_of
from wushe.kernel.receipts import spaced_code
from wushe.needs.actions import check_receipt, report_need
from wushe.needs.actions import contest_answer as contest
from wushe.needs.actions import give_verdict as give
from wushe.needs.models import Need
from wushe.needs.queries import contests_left
from wushe.needs.states import NeedState
from wushe.policies.queries import policy_for
from wushe.projects.queries import is_public, projects_of_needs
from wushe.regions.models import Level
from wushe.web.common.access import public, sent_from
from wushe.web.common.address import sender_of
from wushe.web.common.forms import attempt, typed
from wushe.web.common.need_form import need_words
from wushe.web.portal.needs.forms import ContestForm, OpenedForm, ReportNeedForm, StatusForm, VerdictForm
from wushe.web.portal.needs.news import news_of
from wushe.web.portal.places import Question, ask_place, place_of

RECEIPT = "need_receipt"
WHERE = Question(
    page="portal:needs:report",
    level=Level.COMMUNITY,
    title=gettext_lazy("Tell a need"),
    heading=gettext_lazy("Where do you live?"),
    hint=gettext_lazy("Your need goes to the social-work station of this place. Step 1 of 2."),
    label=gettext_lazy("Your community or village"),
)
NOT_FOR_RESIDENTS = ("needs.contact_revealed",)


@public
@never_cache
def report(request: Any) -> HttpResponse:
    """First the place, by its code in the address; then the need, in the words of that place's policy."""
    place = place_of(request, WHERE)
    if place is None:
        return ask_place(request, WHERE)
    form = ReportNeedForm(typed(request), policy=policy_for(place, request.on))
    sent = request.method == "POST"
    if sent and form.is_valid():
        done = attempt(form, lambda: report_need(draft=form.to_draft(place), at=request.at, sender=sender_of(request)))
        if done is not None:
            request.session[RECEIPT] = {"need": done.need.pk, "code": done.code}
            return redirect("portal:needs:receipt")
    return render(request, "portal/needs/report.html", {"form": form, "place": place}, status=422 if sent else 200)


@public
@never_cache
def receipt(request: Any) -> HttpResponse:
    """The code, for as long as the browser stays open on it."""
    kept = request.session.get(RECEIPT)
    need = Need.objects.select_related("region", "region__town").filter(pk=kept["need"]).first() if kept else None
    if need is None:
        return redirect("portal:needs:status")
    return render(request, "portal/needs/receipt.html", {"need": need, "code": spaced_code(kept["code"])})


@public
@never_cache
def status(request: Any) -> HttpResponse:
    """What has become of a need: by its code and the last digits of the phone, sent in the body and never in the address."""
    form = StatusForm(typed(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        need = attempt(form, lambda: check_receipt(code=given["code"], tail=given["tail"], at=request.at))
        if need is not None:
            return _show(request, need, {"code": given["code"], "tail": given["tail"]})
    return render(request, "portal/needs/status.html", {"form": form}, status=422 if form.errors else 200)


@public
@never_cache
@sent_from("portal:needs:status")
def give_verdict(request: Any) -> HttpResponse:
    """The resident says whether the need was met."""
    form = VerdictForm(request.POST)
    need = attempt(form, lambda: give(**form.given(), at=request.at)) if form.is_valid() else None
    if need is None:
        return _asked_again(request, form)
    done = _("Thank you. The need is closed with your word.")
    again = _("Thank you for saying so. The need is open again, and the town has a new deadline to answer it.")
    messages.success(request, done if need.state == NeedState.CLOSED else again)
    return redirect("portal:needs:status")


@public
@never_cache
@sent_from("portal:needs:status")
def contest_answer(request: Any) -> HttpResponse:
    """The resident objects to an answer without a project."""
    form = ContestForm(request.POST)
    need = attempt(form, lambda: contest(**form.cleaned_data, at=request.at)) if form.is_valid() else None
    if need is None:
        return _asked_again(request, form)
    messages.success(request, _("Your objection has arrived. The need is open again, and the town has a new deadline to answer it."))
    return redirect("portal:needs:status")


def _asked_again(request: Any, form: OpenedForm) -> HttpResponse:
    """The need with what was typed; where the step itself was refused, the refusal alone."""
    keys = {name: request.POST.get(name, "") for name in ("code", "tail")}
    if "code" not in form.fields:
        return render(request, "portal/needs/status.html", {"form": StatusForm(), "refused": form}, status=422)
    need = attempt(form, lambda: check_receipt(**keys, at=request.at))
    return redirect("portal:needs:status") if need is None else _show(request, need, keys, again=form)


def _show(request: Any, need: Need, keys: dict[str, str], *, again: OpenedForm | None = None) -> HttpResponse:
    entries = entries_of("need", need.number).exclude(verb__in=NOT_FOR_RESIDENTS)
    project = projects_of_needs([need.pk]).get(need.pk)
    context = {
        "need": need,
        "verdict": (again or VerdictForm(initial=keys)) if need.state == NeedState.AWAITING_VERDICT else None,
        "contest": (again or ContestForm(initial=keys)) if need.state == NeedState.DECLINED and contests_left(need, request.on) else None,
        "entries": entries.order_by(*NEWEST_FIRST),
        "project": project,
        "is_public": project is not None and is_public(project),
        "news": news_of(project) if project is not None else [],
        "words": need_words(policy_for(need.region, request.on)),
    }
    return render(request, "portal/needs/need.html", context, status=422 if again else 200)
