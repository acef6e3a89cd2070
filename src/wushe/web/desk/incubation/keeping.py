"""The steps of an incubation base, one form each."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushe.kernel.errors import NotFound
from wushe.organisations import actions
from wushe.organisations.models import Incubation, IncubationBase
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import base_by_number, candidature_of, organisations_in, stay_of
from wushe.organisations.rules import refuse_closed_base, refuse_judged_candidate, refuse_past_stay
from wushe.policies.queries import policy_for
from wushe.web.common import words
from wushe.web.common.access import permission, require_here, require_open, step_scope
from wushe.web.common.forms import Form, attempt, typed
from wushe.web.desk.incubation.forms import (
    BaseFactsForm,
    CloseBaseForm,
    EnterBaseForm,
    JudgeCandidateForm,
    LeaveBaseForm,
    NominateForm,
    OpenBaseForm,
    OpenCohortForm,
    SlipForm,
)


@permission(Permission.OPEN_BASE)
def open_base(request: Any) -> HttpResponse:
    """A base has opened."""
    scope = step_scope(request)
    form = OpenBaseForm(typed(request), within=scope.common_place, initial={"region": scope.only_place})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.open_base(draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("Saved."))
            return redirect("desk:incubation:base", done.number)
    return _page(request, None, "open_base", form)


@permission(Permission.CORRECT_BASE)
def correct_base(request: Any, number: str) -> HttpResponse:
    """What is on record of a base."""
    row = _base(request, number)
    form = BaseFactsForm(typed(request), initial={name: getattr(row, name) for name in BaseFactsForm.base_fields})
    return _step(
        request, row, "correct_base", form, lambda: actions.correct_base(base=row, facts=form.to_facts(), by=request.user, at=request.at)
    )


@permission(Permission.CLOSE_BASE)
def close_base(request: Any, number: str) -> HttpResponse:
    """A base closes."""
    row = _base(request, number)
    form = CloseBaseForm(typed(request), initial={"closed_on": request.on})
    return _step(
        request, row, "close_base", form, lambda: actions.close_base(base=row, **form.cleaned_data, by=request.user, at=request.at)
    )


@permission(Permission.OPEN_COHORT)
def open_cohort(request: Any, number: str) -> HttpResponse:
    """A cohort begins."""
    row = _base(request, number)
    form = OpenCohortForm(typed(request), initial={"starts_on": request.on})
    return _step(
        request, row, "open_cohort", form, lambda: actions.open_cohort(base=row, **form.cleaned_data, by=request.user, at=request.at)
    )


@permission(Permission.NOMINATE_CANDIDATE)
def nominate_candidate(request: Any, number: str, cohort: int) -> HttpResponse:
    """An organisation would like to come in with a cohort."""
    row = _base(request, number)
    found = row.cohorts.filter(pk=cohort).first()
    if found is None:
        raise NotFound(kind="cohort", number=str(cohort))
    others = organisations_in(row.region, request.on).exclude(candidatures__cohort=found)
    form = NominateForm(typed(request), organisations=others, initial={"applied_on": request.on})
    return _step(
        request,
        row,
        "nominate_candidate",
        form,
        lambda: actions.nominate_candidate(cohort=found, **form.cleaned_data, by=request.user, at=request.at),
        conditions=policy_for(row.region, request.on).conditions("incubation"),
    )


@permission(Permission.JUDGE_CANDIDATE)
def judge_candidate(request: Any, number: str, candidature: int) -> HttpResponse:
    """A candidate is chosen, or not."""
    row = _base(request, number)
    found = candidature_of(row, candidature)
    require_open(request, refuse_judged_candidate, found)
    form = JudgeCandidateForm(typed(request))
    return _step(
        request,
        row,
        "judge_candidate",
        form,
        lambda: actions.judge_candidate(candidature=found, **form.cleaned_data, by=request.user, at=request.at),
        conditions=policy_for(row.region, request.on).conditions("incubation"),
        about=found.organisation.name,
    )


@permission(Permission.ENTER_BASE)
def enter_base(request: Any, number: str) -> HttpResponse:
    """An organisation comes in."""
    row = _base(request, number)
    free = organisations_in(row.region, request.on).exclude(incubations__left_on__isnull=True, incubations__isnull=False)
    cohorts = row.cohorts.order_by("-starts_on", "name")
    form = EnterBaseForm(typed(request), organisations=free, cohorts=cohorts, initial={"entered_on": request.on})
    rules = policy_for(row.region, request.on).conditions("incubation")
    return _step(
        request,
        row,
        "enter_base",
        form,
        lambda: actions.enter_base(base=row, draft=form.to_draft(), by=request.user, at=request.at),
        conditions=rules,
    )


@permission(Permission.RECORD_BASE_SERVICE)
def record_base_service(request: Any, number: str, stay: int) -> HttpResponse:
    """An organisation had help."""
    row, found = _stay(request, number, stay)
    services = policy_for(found.organisation.region, request.on).codes("incubation_services")
    form = SlipForm(typed(request), services=services, initial={"served_on": request.on})
    return _step(
        request,
        row,
        "record_base_service",
        form,
        lambda: actions.record_base_service(stay=found, draft=form.to_draft(), by=request.user, at=request.at),
        stay=found,
    )


@permission(Permission.LEAVE_BASE)
def leave_base(request: Any, number: str, stay: int) -> HttpResponse:
    """An organisation leaves."""
    row, found = _stay(request, number, stay)
    form = LeaveBaseForm(typed(request), initial={"left_on": request.on})
    return _step(
        request,
        row,
        "leave_base",
        form,
        lambda: actions.leave_base(stay=found, **form.cleaned_data, by=request.user, at=request.at),
        stay=found,
    )


def _base(request: Any, number: str) -> IncubationBase:
    row = base_by_number(number, user=request.user, at=request.at)
    require_here(request, region=row.region)
    require_open(request, refuse_closed_base, row)
    return row


def _stay(request: Any, number: str, stay: int) -> tuple[IncubationBase, Incubation]:
    row = _base(request, number)
    found = stay_of(row, stay)
    require_open(request, refuse_past_stay, found)
    return row, found


def _step(
    request: Any,
    row: IncubationBase,
    step: str,
    form: Form,
    take: Callable[[], object],
    *,
    stay: Incubation | None = None,
    conditions: tuple[Any, ...] = (),
    about: str = "",
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and attempt(form, take) is not None:
        messages.success(request, _("Saved."))
        return redirect("desk:incubation:stay", row.number, stay.pk) if stay is not None else redirect("desk:incubation:base", row.number)
    return _page(request, row, step, form, stay=stay, conditions=conditions, about=about or (stay.organisation.name if stay else ""))


def _page(
    request: Any,
    row: IncubationBase | None,
    step: str,
    form: Form,
    *,
    stay: Incubation | None = None,
    conditions: tuple[Any, ...] = (),
    about: str = "",
) -> HttpResponse:
    context = {"form": form, "base": row, "title": words.step(step), "stay": stay, "conditions": conditions, "about": about}
    return render(request, "desk/incubation/step.html", context, status=422 if form.errors else 200)
