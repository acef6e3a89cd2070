"""Help on the way to the registration authority: the papers, the day on which they were handed in, and what came of it."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, settle
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired, StepNotAllowed
from wushe.kernel.steps import allowed
from wushe.kernel.workdays import end_of_day
from wushe.organisations.actions.days import refuse_disorder
from wushe.organisations.actions.life import locked_organisation
from wushe.organisations.errors import PapersNotReady
from wushe.organisations.models import Organisation, RegistrationHelp
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import decided_by, registration_papers
from wushe.organisations.rules import state_of
from wushe.organisations.states import BEFORE_REGISTRATION, HELP, HELPING, HelpState, Step
from wushe.policies.queries import policy_for


@transaction.atomic
def help_to_register(*, organisation: Organisation, by: User, at: datetime) -> RegistrationHelp:
    """Begin to help an organisation to become a legal person.

    Refuses: NotPermitted, StepNotAllowed.
    Effects: a RegistrationHelp; audit; a to-do to hand the papers in for who helps.
    Policy: `registration.preparing_period`.
    """
    organisation, on = locked_organisation(organisation), local_date(at)
    require(by, Permission.HELP_TO_REGISTER, on, region=organisation.region)
    state = state_of(organisation, on)
    if state not in BEFORE_REGISTRATION:
        raise StepNotAllowed(step="help_to_register", state=state)
    running = organisation.registration_helps.filter(state__in=sorted(HELPING)).first()
    if running is not None:
        raise StepNotAllowed(step="help_to_register", state=running.state)
    number = numbers.draw("help", place=organisation.region.county_code, on=on)
    row = RegistrationHelp.objects.create(number=number, organisation=organisation, opened_by=by, opened_on=on)
    _note(row, by, at, verb="organisations.registration_help_begun")
    due_at = policy_for(organisation.region, on).deadline("registration.preparing_period", on)
    ask(step=Step.HAND_IN_REGISTRATION, subject=_subject(organisation), user=by, at=at, due_at=due_at)
    return row


@transaction.atomic
def tick_registration_papers(*, row: RegistrationHelp, ready: Collection[str], by: User, at: datetime) -> RegistrationHelp:
    """Say which papers are ready.

    Refuses: NotPermitted, StepNotAllowed.
    Effects: the RegistrationHelp; audit.
    Policy: the checklist `registration_papers`.
    """
    row, on = _step(row, Step.TICK_REGISTRATION_PAPERS, by, at)
    known = [paper.code for paper in registration_papers(policy_for(row.organisation.region, on))]
    row.ready = [code for code in known if code in ready]
    row.save(update_fields=["ready"])
    _note(row, by, at, verb="organisations.registration_papers_ticked", ready=len(row.ready), of=len(known))
    return row


@transaction.atomic
def hand_in_registration(*, row: RegistrationHelp, handed_in_on: date, by: User, at: datetime) -> RegistrationHelp:
    """The papers are with the registration authority, whose clock runs from that day.

    Refuses: NotPermitted, StepNotAllowed, PapersNotReady, DatesOutOfOrder, DayInFuture.
    Effects: the RegistrationHelp with the day until which an answer is due; audit; a to-do with a clock for the county to record it.
    Policy: the checklist `registration_papers`, `registration.period`.
    """
    row, on = _step(row, Step.HAND_IN_REGISTRATION, by, at)
    organisation = row.organisation
    policy = policy_for(organisation.region, on)
    lacking = tuple(paper for paper in registration_papers(policy) if paper.code not in row.ready)
    if lacking:
        raise PapersNotReady(papers=lacking)
    refuse_disorder(on, help_opened_on=row.opened_on, handed_in_on=handed_in_on)
    row.state, row.handed_in_on, row.due_on = HelpState.HANDED_IN, handed_in_on, decided_by(policy, handed_in_on)
    row.save(update_fields=["state", "handed_in_on", "due_on"])
    subject = _subject(organisation)
    settle(step=Step.HAND_IN_REGISTRATION, subject=subject[:2], at=at)
    county, due_at = organisation.region.county or organisation.region, end_of_day(row.due_on)
    ask(step=Step.RECORD_REGISTRATION, subject=subject, permission=Permission.RECORD_REGISTRATION, region=county, at=at, due_at=due_at)
    _note(row, by, at, verb="organisations.registration_handed_in", day=handed_in_on.isoformat(), due=row.due_on.isoformat())
    return row


@transaction.atomic
def record_registration_refusal(*, row: RegistrationHelp, ended_on: date, reason: str, by: User, at: datetime) -> RegistrationHelp:
    """Record that the registration authority did not register the organisation, and why.

    Refuses: NotPermitted, StepNotAllowed, FieldRequired, DatesOutOfOrder, DayInFuture.
    Effects: the RegistrationHelp is over; audit; the to-do settled.
    """
    return _end(row, Step.RECORD_REGISTRATION_REFUSAL, ended_on, reason, by=by, at=at, verb="organisations.registration_refusal_recorded")


@transaction.atomic
def end_registration_help(*, row: RegistrationHelp, ended_on: date, reason: str, by: User, at: datetime) -> RegistrationHelp:
    """The organisation does not go on to be registered, for now.

    Refuses: NotPermitted, StepNotAllowed, FieldRequired, DatesOutOfOrder, DayInFuture.
    Effects: the RegistrationHelp is over; audit; the to-do settled.
    """
    return _end(row, Step.END_REGISTRATION_HELP, ended_on, reason, by=by, at=at, verb="organisations.registration_help_ended")


def _end(row: RegistrationHelp, step: Step, ended_on: date, reason: str, *, by: User, at: datetime, verb: str) -> RegistrationHelp:
    row, on = _step(row, step, by, at)
    if not reason.strip():
        raise FieldRequired(name="reason")
    refuse_disorder(on, help_opened_on=row.opened_on, handed_in_on=row.handed_in_on, help_ended_on=ended_on)
    row.state, row.ended_on, row.reason = HelpState(HELP[step].target), ended_on, reason.strip()
    row.save(update_fields=["state", "ended_on", "reason"])
    for waiting in (Step.HAND_IN_REGISTRATION, Step.RECORD_REGISTRATION):
        settle(step=waiting, subject=_subject(row.organisation)[:2], at=at)
    _note(row, by, at, verb=verb, reason=row.reason)
    return row


def _step(row: RegistrationHelp, step: Step, by: User, at: datetime) -> tuple[RegistrationHelp, date]:
    rows = RegistrationHelp.objects.select_for_update(of=("self",), no_key=True)
    row, on = rows.select_related("organisation__region__county").get(pk=row.pk), local_date(at)
    require(by, HELP[step].permission, on, region=row.organisation.region)
    allowed(HELP, step, state=row.state)
    return row, on


def _subject(organisation: Organisation) -> tuple[str, str, str]:
    return ("organisation", organisation.number, organisation.name)


def _note(row: RegistrationHelp, by: User, at: datetime, *, verb: str, **data: str | int) -> None:
    subject = _subject(row.organisation)
    record(by=by, at=at, verb=verb, subject=subject[:2], name=subject[2], data={"help": row.number, **data})
