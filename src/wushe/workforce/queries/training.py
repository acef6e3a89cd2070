"""Courses, sessions, and the hours that come of them. A class hour is as long as the policy says; hours are never stored."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from wushe.accounts.models import BodyKind
from wushe.accounts.queries import Scope
from wushe.kernel.errors import NotFound
from wushe.organisations.models import Kind, Organisation
from wushe.policies.queries import Policy
from wushe.regions.models import Region
from wushe.workforce.models import Attendance, Course, Plan, Session, Worker

CLASS_HOUR = "training.class_hour_minutes"


def class_hours(minutes: int, policy: Policy) -> Decimal:
    """Class hours of so many minutes."""
    return Decimal(minutes) / Decimal(policy.require(CLASS_HOUR).value)


def offered(scope: Scope, region: str = "region") -> Q:
    """What places of the scope organise, and those above them: their people attend both."""
    above = {pk for own in scope.regions for pk in own.ancestor_ids}
    return scope.where(region) | Q(**{f"{region}__in": above})


def courses_in(scope: Scope, year: int) -> QuerySet[Course]:
    """The courses offered to the scope in a year, with how many `meetings` there are, and `persons` counted once."""
    there = Q(sessions__cancelled_reason="")
    return (
        Course.objects.filter(offered(scope), year=year)
        .select_related("region")
        .annotate(
            meetings=Count("sessions", there, distinct=True),
            persons=Count("sessions__attendances__worker", Q(sessions__attendances__withdrawn_reason=""), distinct=True),
        )
    )


def course_by_number(number: str, scope: Scope) -> Course:
    """A course offered to the scope. Raises NotFound."""
    course = Course.objects.select_related("region__county").filter(offered(scope), number=number).first()
    if course is None:
        raise NotFound(kind="course", number=number)
    return course


def sessions_of(course: Course) -> QuerySet[Session]:
    """The meetings of a course, with `persons`."""
    present = Count("attendances", Q(attendances__withdrawn_reason=""))
    return Session.objects.filter(course=course).annotate(persons=present).order_by("held_on", "pk")


def session_by_number(number: str, scope: Scope) -> Session:
    """A session offered to the scope. Raises NotFound."""
    session = Session.objects.select_related("course__region__county").filter(offered(scope, "course__region"), number=number).first()
    if session is None:
        raise NotFound(kind="session", number=number)
    return session


def present_at(session: Session, scope: Scope) -> QuerySet[Attendance]:
    """Who was there: everybody for who organises the course, for others the people of their places."""
    rows = session.attendances.filter(withdrawn_reason="").select_related("worker__region__town").order_by("worker__region__code", "pk")
    return rows if scope.covers(session.course.region) else rows.filter(scope.where("worker__region"))


def attended_by(worker: Worker, year: int) -> QuerySet[Attendance]:
    """The sessions of a year at which a person was."""
    there = worker.attendances.filter(withdrawn_reason="", session__cancelled_reason="", session__held_on__year=year)
    return there.select_related("session__course").order_by("-session__held_on", "-pk")


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """A plan beside what was done of it by the day: minutes of sessions held, seats taken, what the courses have cost as far as entered."""

    plan: Plan
    minutes: int
    seats: int
    cost: Decimal | None


def plans_in(scope: Scope, year: int, on: date) -> list[PlanStanding]:
    """The plans of a year that concern the scope, by place."""
    plans = list(Plan.objects.filter(offered(scope), year=year).select_related("region").order_by("region__code"))
    places = [plan.region_id for plan in plans]
    held = Session.objects.filter(course__region__in=places, course__year=year, held_on__lte=on, cancelled_reason="").order_by()
    minutes = dict(held.values_list("course__region").annotate(total=Sum("minutes")))
    taken = Attendance.objects.filter(session__in=held.values("pk"), withdrawn_reason="").order_by()
    seats = dict(taken.values_list("session__course__region").annotate(total=Count("pk")))
    spent = Course.objects.filter(region__in=places, year=year, cost__isnull=False).order_by()
    costs = dict(spent.values_list("region").annotate(total=Sum("cost")))
    return [PlanStanding(plan, minutes.get(plan.region_id, 0), seats.get(plan.region_id, 0), costs.get(plan.region_id)) for plan in plans]


@dataclass(frozen=True, slots=True)
class BodyHours:
    """Minutes taught to the people of an organisation in a year: each session once, however many of them were there; by kind of course."""

    organisation: Organisation
    minutes_by_kind: Mapping[str, int]
    sessions: int

    @property
    def minutes(self) -> int:
        """All kinds together."""
        return sum(self.minutes_by_kind.values())


def agency_kinds(policy: Policy) -> list[str]:
    """The kinds of course that the policy owes to agencies."""
    return [code.code for code in policy.codes("training_kinds") if code.extra.get("agencies")]


def hours_of_agencies(region: Region, kinds: Iterable[str], year: int, on: date) -> list[BodyHours]:
    """Every living agency below a region, with what it was taught by the day in courses of these kinds; those without a session too."""
    minutes: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    sessions: dict[int, int] = defaultdict(int)
    for row in attended_by_agencies(region, kinds, year, on):
        minutes[row["body"]][row["kind"]] += row["session__minutes"]
        sessions[row["body"]] += 1
    agencies = Organisation.objects.registered(on).filter(region__in=Region.objects.under(region), kind=Kind.AGENCY)
    agencies = agencies.select_related("region").order_by("name")
    return [BodyHours(agency, minutes[agency.body_id], sessions[agency.body_id]) for agency in agencies]


def attended_by_agencies(region: Region, kinds: Iterable[str], year: int, on: date) -> QuerySet[Attendance, Any]:
    """Pairs of a session held by the day in courses of the region itself, and an agency whose people were there."""
    return (
        Attendance.objects.filter(
            Q(worker__postings__until__isnull=True) | Q(worker__postings__until__gt=F("session__held_on")),
            worker__postings__since__lte=F("session__held_on"),
            worker__postings__body__kind=BodyKind.AGENCY,
            session__course__region=region,
            session__course__kind__in=list(kinds),
            session__held_on__year=year,
            session__held_on__lte=on,
            session__cancelled_reason="",
            withdrawn_reason="",
        )
        .order_by()
        .values("session", "session__minutes", body=F("worker__postings__body"), kind=F("session__course__kind"))
        .distinct()
    )


def hours_of_people(scope_filter: Q, year: int, on: date) -> QuerySet[Worker]:
    """The living people that pass the filter, with the `minutes` and `meetings` that they attended in a year up to the day."""
    there = Q(
        attendances__withdrawn_reason="",
        attendances__session__held_on__year=year,
        attendances__session__held_on__lte=on,
        attendances__session__cancelled_reason="",
    )
    return (
        Worker.objects.living(on)
        .filter(scope_filter)
        .annotate(minutes=Sum("attendances__session__minutes", filter=there, default=0), meetings=Count("attendances", there))
        .select_related("region__town")
    )


def minutes_between(worker: Worker, first: date, after: date) -> int:
    """Minutes of sessions that a person attended in the half-open days."""
    there = worker.attendances.filter(
        withdrawn_reason="", session__held_on__gte=first, session__held_on__lt=after, session__cancelled_reason=""
    )
    return int(there.aggregate(total=Sum("session__minutes", default=0))["total"])
