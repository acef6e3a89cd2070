"""Degrees for which people study at work."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.accounts.queries import scope_of
from wushe.kernel.steps import refuse_withdrawn
from wushe.policies.queries import policy_for, policy_where
from wushe.web.common.access import permission, require_open, step_scope
from wushe.web.common.filters import Choice
from wushe.web.common.forms import attempt, typed
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.common.templatetags.wushe import label
from wushe.web.desk.coaching.forms import CorrectStudyForm, EndStudyForm, RecordStudyForm, WithdrawStudyForm
from wushe.web.desk.coaching.showing import filled, name_of, own_scope
from wushe.workforce import actions
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import studies_in, study_by_id
from wushe.workforce.rules import refuse_ended_study, refuse_left, refuse_oneself

SORTS = {"began": ("-began_on", "pk"), "place": ("worker__region__code", "pk"), "ended": ("ended_on", "pk")}
STATE_WORDS = {
    "running": gettext_lazy("studying"),
    "graduated": gettext_lazy("got the degree"),
    "stopped": gettext_lazy("stopped"),
    "withdrawn": gettext_lazy("taken back"),
}


@permission(Permission.VIEW_WORKERS)
def studies(request: Any) -> HttpResponse:
    """Who of my places studies for which degree."""
    scope, state = own_scope(request), request.GET.get("state", "")
    degrees = {code.code: label(code) for code in policy_where(scope.regions, request.on).codes("education_levels")}
    listing = Listing(request, studies_in(scope, state), SORTS)
    if listing.wants_table:
        header = [
            *(
                _("Number"),
                _("Name of the person"),
                _("Place"),
                _("School"),
                _("Subject of study"),
                _("Degree"),
                _("Began on"),
                _("Ended on"),
            ),
            *(_("Situation"), _("Subsidy")),
        ]

        def line(row: Any) -> list[Any]:
            who = [row.worker.number, name_of(request, row.worker), row.worker.region.name]
            what = [row.school, row.subject, degrees.get(row.education, row.education), row.began_on, row.ended_on]
            return [*who, *what, str(_state(row)), row.subsidy]

        return table_response(listing, "studies", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), line)
    context = {
        "listing": listing,
        "rows": [(each, name_of(request, each.worker), _state(each)) for each in listing],
        "degrees": degrees,
        "choices": [Choice("state", _("Situation"), STATE_WORDS.items(), state)],
    }
    return render(request, "desk/coaching/studies.html", context)


@permission(Permission.RECORD_STUDY)
def record_study(request: Any) -> HttpResponse:
    """Enter that somebody studies."""
    scope = scope_of(request.user, Permission.RECORD_STUDY, request.on)
    degrees = policy_where(scope.regions, request.on).codes("education_levels")
    form = RecordStudyForm(typed(request), scope=scope, on=request.on, degrees=degrees, initial={"worker": request.GET.get("worker", "")})
    if request.method == "POST" and form.is_valid():
        about, draft = form.cleaned_data["worker"], form.to_draft()
        done = attempt(form, lambda: actions.record_study(worker=about, draft=draft, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The study is entered."))
            return redirect("desk:coaching:studies")
    back = reverse("desk:coaching:studies")
    return filled(request, form, _("Enter a study"), _("Enter the study"), back=back, of=_("Degree studies"))


@permission(Permission.END_STUDY)
def end_study(request: Any, study_id: int) -> HttpResponse:
    """Say how a study ended."""
    found = study_by_id(study_id, step_scope(request))
    require_open(request, refuse_oneself, found.worker, request.user)
    require_open(request, refuse_left, found.worker)
    require_open(request, refuse_withdrawn, "end_study", found.withdrawn_on)
    require_open(request, refuse_ended_study, found)
    form = EndStudyForm(typed(request), initial={"ended_on": request.on, "subsidy": found.subsidy, "graduated": True})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(form, lambda: actions.end_study(study=found, by=request.user, at=request.at, **given))
        if done is not None:
            messages.success(request, _("The study has ended."))
            return redirect("desk:coaching:studies")
    back = reverse("desk:coaching:studies")
    return filled(request, form, _("Enter how the study ended"), _("End the study"), back=back, of=name_of(request, found.worker))


@permission(Permission.CORRECT_STUDY)
def correct_study(request: Any, study_id: int) -> HttpResponse:
    """Set right what was entered of a study."""
    found = study_by_id(study_id, step_scope(request))
    require_open(request, refuse_oneself, found.worker, request.user)
    require_open(request, refuse_left, found.worker)
    require_open(request, refuse_withdrawn, "correct_study", found.withdrawn_on)
    degrees = policy_for(found.worker.region, request.on).codes("education_levels")
    names = ("school", "subject", "education", "began_on", "subsidy", "ended_on", "graduated")
    form = CorrectStudyForm(typed(request), degrees=degrees, initial={name: getattr(found, name) for name in names})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("ended_on", "graduated", "reason")}
        done = attempt(form, lambda: actions.correct_study(study=found, draft=form.to_draft(), by=request.user, at=request.at, **given))
        if done is not None:
            messages.success(request, _("It is corrected."))
            return redirect("desk:coaching:studies")
    back = reverse("desk:coaching:studies")
    return filled(request, form, _("Correct the study"), _("Save"), back=back, of=name_of(request, found.worker))


@permission(Permission.WITHDRAW_STUDY)
def withdraw_study(request: Any, study_id: int) -> HttpResponse:
    """Take back a study that was entered by mistake."""
    found = study_by_id(study_id, step_scope(request))
    require_open(request, refuse_oneself, found.worker, request.user)
    require_open(request, refuse_withdrawn, "withdraw_study", found.withdrawn_on)
    form = WithdrawStudyForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: actions.withdraw_study(study=found, reason=reason, by=request.user, at=request.at)) is not None:
            messages.success(request, _("The study is taken back."))
            return redirect("desk:coaching:studies")
    told = _("It stays on record and counts no more. Where a degree was taken over into the entry of the person, correct that too.")
    title, back, of = _("Withdraw the study"), reverse("desk:coaching:studies"), f"{name_of(request, found.worker)} · {found.school}"
    return filled(request, form, title, title, back=back, of=of, explanation=told)


def _state(study: Any) -> Any:
    if study.withdrawn_on is not None:
        return STATE_WORDS["withdrawn"]
    return STATE_WORDS["running" if study.ended_on is None else "graduated" if study.graduated else "stopped"]
