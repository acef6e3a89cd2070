"""Guiding organisations that are no legal persons: a visit is planned, held, and has a result."""

from datetime import date, datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, settle
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.kernel.workdays import end_of_day
from wushe.organisations.actions.days import refuse_disorder
from wushe.organisations.actions.life import locked_organisation
from wushe.organisations.errors import VisitHeld
from wushe.organisations.models import GuidanceVisit, Organisation
from wushe.organisations.permissions import Permission
from wushe.organisations.rules import refuse_struck_off


@transaction.atomic
def plan_guidance(*, organisation: Organisation, planned_on: date, plan: str, by: User, at: datetime) -> GuidanceVisit:
    """Plan a visit that guides an organisation.

    Refuses: NotPermitted, StepNotAllowed, FieldRequired.
    Effects: a GuidanceVisit; audit; a to-do for who planned it.
    """
    organisation, on = locked_organisation(organisation), local_date(at)
    require(by, Permission.PLAN_GUIDANCE, on, region=organisation.region)
    refuse_struck_off("plan_guidance", organisation)
    if not plan.strip():
        raise FieldRequired(name="plan")
    number = numbers.draw("visit", place=organisation.region.county_code, on=on)
    visit = GuidanceVisit.objects.create(number=number, organisation=organisation, planned_on=planned_on, plan=plan.strip(), planned_by=by)
    _note(visit, by, at, verb="organisations.guidance_planned")
    subject = ("visit", number, organisation.name)
    ask(step="record_guidance", subject=subject, user=by, at=at, due_at=end_of_day(planned_on))
    return visit


@transaction.atomic
def record_guidance(*, visit: GuidanceVisit, held_on: date, result: str, by: User, at: datetime) -> GuidanceVisit:
    """Enter what came of a visit.

    Refuses: NotPermitted, VisitHeld, FieldRequired, DayInFuture.
    Effects: the visit's day and result; audit; the to-do settled.
    """
    rows = GuidanceVisit.objects.select_for_update(of=("self",), no_key=True).select_related("organisation__region")
    visit, on = rows.get(pk=visit.pk), local_date(at)
    require(by, Permission.RECORD_GUIDANCE, on, region=visit.organisation.region)
    if visit.held_on is not None:
        raise VisitHeld(held_on=visit.held_on)
    if not result.strip():
        raise FieldRequired(name="result")
    refuse_disorder(on, held_on=held_on)
    visit.held_on, visit.result, visit.held_by = held_on, result.strip(), by
    visit.save(update_fields=["held_on", "result", "held_by"])
    settle(step="record_guidance", subject=("visit", visit.number), at=at)
    _note(visit, by, at, verb="organisations.guidance_recorded")
    return visit


def _note(visit: GuidanceVisit, by: User, at: datetime, *, verb: str) -> None:
    organisation = visit.organisation
    record(by=by, at=at, verb=verb, subject=("organisation", organisation.number), name=organisation.name, data={"visit": visit.number})
