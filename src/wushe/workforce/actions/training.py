from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from secrets import randbelow

from django.db import IntegrityError, transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.policies.queries import policy_for
from wushe.regions.models import Region
from wushe.workforce.actions.locking import said
from wushe.workforce.errors import CostNegative, MinutesOutOfRange, SessionAttended, SessionOutsideYear
from wushe.workforce.models import Course, Plan, Session
from wushe.workforce.models.training import LONGEST_SESSION
from wushe.workforce.permissions import Permission
from wushe.workforce.rules import refuse_cancelled

PINS = 1_000_000
DRAWS = 5


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """What a place means to teach in a year."""

    region: Region
    year: int
    aim: str
    class_hours: int
    seats: int
    cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CourseDraft:
    """A course of a kind of `training_kinds`. `organiser`: who teaches, if it is not the place itself."""

    region: Region
    year: int
    kind: str
    title: str
    organiser: str = ""


@dataclass(frozen=True, slots=True)
class SessionDraft:
    """One meeting of a course."""

    held_on: date
    place: str
    minutes: int
    starts_at: time | None = None
    trainer: str = ""


@transaction.atomic
def plan_training(*, draft: PlanDraft, by: User, at: datetime) -> Plan:
    """Write what a place means to teach in a year. Written again, it replaces the plan before; the audit keeps both.

    Refuses: NotPermitted, FieldRequired.
    Effects: the Plan; an audit entry with its numbers.
    """
    require(by, Permission.PLAN_TRAINING, local_date(at), region=draft.region)
    values = {"aim": _given("aim", draft.aim), "class_hours": draft.class_hours, "seats": draft.seats, "cost": draft.cost}
    plan, _created = Plan.objects.update_or_create(region=draft.region, year=draft.year, defaults=values)
    data = values | {"year": draft.year, "cost": str(draft.cost) if draft.cost is not None else None}
    record(by=by, at=at, verb=Permission.PLAN_TRAINING, subject=("region", draft.region.code), data=data)
    return plan


@transaction.atomic
def open_course(*, draft: CourseDraft, by: User, at: datetime) -> Course:
    """Open a course, whose sessions follow.

    Refuses: NotPermitted, FieldRequired, UnknownCode.
    Effects: a Course; an audit entry.
    Policy: the code list `training_kinds`.
    """
    on = local_date(at)
    require(by, Permission.OPEN_COURSE, on, region=draft.region)
    policy = policy_for(draft.region, on)
    course = Course.objects.create(
        number=numbers.draw("course", place=draft.region.county_code, on=on),
        region=draft.region,
        year=draft.year,
        kind=policy.code("training_kinds", draft.kind).code,
        title=_given("title", draft.title),
        organiser=draft.organiser.strip(),
        pack_version=policy.pack_version,
    )
    record(by=by, at=at, verb=Permission.OPEN_COURSE, subject=("course", course.number), name=course.title, data={"kind": course.kind})
    return course


@transaction.atomic
def record_course_cost(*, course: Course, cost: Decimal, by: User, at: datetime) -> Course:
    """Say what a course has cost so far, all its sessions together; it stands against the plan of the year.

    Refuses: NotPermitted, CostNegative.
    Effects: the Course's cost; an audit entry with the sum before.
    """
    course = Course.objects.select_for_update(of=("self",), no_key=True).select_related("region").get(pk=course.pk)
    require(by, Permission.RECORD_COURSE_COST, local_date(at), region=course.region)
    if cost < 0:
        raise CostNegative
    before, course.cost = course.cost, cost
    course.save(update_fields=["cost"])
    data = {"before": str(before) if before is not None else None, "cost": str(cost)}
    record(by=by, at=at, verb=Permission.RECORD_COURSE_COST, subject=("course", course.number), name=course.title, data=data)
    return course


@transaction.atomic
def schedule_session(*, course: Course, draft: SessionDraft, by: User, at: datetime) -> Session:
    """Say when and where a course meets. The PIN of the meeting is drawn by chance.

    Refuses: NotPermitted, FieldRequired, MinutesOutOfRange, SessionOutsideYear.
    Effects: a Session; an audit entry without the PIN.
    """
    on = local_date(at)
    require(by, Permission.SCHEDULE_SESSION, on, region=course.region)
    if not 0 < draft.minutes <= LONGEST_SESSION:
        raise MinutesOutOfRange(most=LONGEST_SESSION)
    if draft.held_on.year != course.year:
        raise SessionOutsideYear(year=course.year)
    session = Session(
        number=numbers.draw("session", place=course.region.county_code, on=on),
        course=course,
        held_on=draft.held_on,
        starts_at=draft.starts_at,
        place=_given("place", draft.place),
        trainer=draft.trainer.strip(),
        minutes=draft.minutes,
    )
    _save_with_pin(session)
    data = {"session": session.number, "held_on": session.held_on.isoformat(), "minutes": session.minutes}
    record(by=by, at=at, verb=Permission.SCHEDULE_SESSION, subject=("course", course.number), name=course.title, data=data)
    return session


@transaction.atomic
def cancel_session(*, session: Session, reason: str, by: User, at: datetime) -> Session:
    """Cancel a session to which nobody came.

    Refuses: NotPermitted, SessionCancelled, SessionAttended, FieldRequired.
    Effects: the Session; an audit entry with the reason.
    """
    session = locked_session(Permission.CANCEL_SESSION, session, by, at)
    persons = session.attendances.filter(withdrawn_reason="").count()
    if persons:
        raise SessionAttended(persons=persons)
    session.cancelled_reason = said(reason)
    session.save(update_fields=["cancelled_reason"])
    record_of_session(Permission.CANCEL_SESSION, session, by, at, reason=session.cancelled_reason)
    return session


def locked_session(permission: Permission, session: Session, by: User, at: datetime) -> Session:
    """The session, locked, which takes place, for a change that this user may make where the course is organised."""
    locked = Session.objects.select_for_update(of=("self",), no_key=True).select_related("course__region__county").get(pk=session.pk)
    require(by, permission, local_date(at), region=locked.course.region)
    refuse_cancelled(locked)
    return locked


def record_of_session(verb: str, session: Session, by: User, at: datetime, **data: object) -> None:
    """An audit entry under the course that says which session."""
    course = session.course
    record(by=by, at=at, verb=verb, subject=("course", course.number), name=course.title, data={"session": session.number, **data})


def _given(name: str, text: str) -> str:
    if not text.strip():
        raise FieldRequired(name=name)
    return text.strip()


def _save_with_pin(session: Session) -> None:
    """No two sessions of a day share a PIN; another is drawn when it happens."""
    for draw in range(DRAWS):
        session.pin = f"{randbelow(PINS):06d}"
        try:
            with transaction.atomic():
                session.save(force_insert=True)
        except IntegrityError as error:
            if "workforce_pin_names_one_session" not in str(error) or draw == DRAWS - 1:
                raise
        else:
            return
