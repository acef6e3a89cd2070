from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from wushe.kernel.clock import local_date
from wushe.projects.models import Indicator, IndicatorKind, Project
from wushe.projects.states import ProjectState
from wushe.services.models import Activity, ActivityKind, Attendance, Contribution, Involvement, Society


@dataclass(frozen=True, slots=True)
class Progress:
    """One agreed indicator: what was reached, and where it will end if the pace holds. `forecast` is None before the first day."""

    indicator: Indicator
    done: Decimal
    forecast: Decimal | None

    @property
    def is_met(self) -> bool:
        """Whether the agreed number is reached."""
        return self.done >= self.indicator.target

    @property
    def percent(self) -> int:
        """How much of the agreed number is reached, cut off at 100 for drawing."""
        return min(100, int(self.done * 100 / self.indicator.target))


@dataclass(frozen=True, slots=True)
class Part:
    """What one society put in over a project: how many times, persons, hours, yuan."""

    society: str
    times: int
    persons: int
    hours: Decimal
    value: Decimal


def activities_of(project: Project) -> QuerySet[Activity]:
    """The project's records, newest first, struck-out ones included, with person-times."""
    return project.activities.select_related("region", "recorded_by").annotate(identified=Count("attendances")).order_by("-held_on", "-id")


def counts_of(project: Project) -> dict[str, Decimal]:
    """Every number that an indicator can count, by IndicatorKind, from the records that are not struck out."""
    living = Activity.objects.filter(project=project, voided_at__isnull=True)
    totals = living.aggregate(
        activities=Count("pk", filter=~Q(kind=ActivityKind.VISIT)),
        visits=Count("pk", filter=Q(kind=ActivityKind.VISIT)),
        households=Count("household", filter=Q(kind=ActivityKind.VISIT), distinct=True),
        counted=Sum("counted", default=0),
    )
    attendances = Attendance.objects.filter(activity__in=living).aggregate(times=Count("pk"), persons=Count("person", distinct=True))
    given = Contribution.objects.filter(activity__in=living).aggregate(
        hours=Sum("hours", filter=Q(society=Society.VOLUNTEER), default=Decimal(0)),
        value=Sum("value", filter=Q(society=Society.RESOURCE), default=Decimal(0)),
    )
    return {
        IndicatorKind.ACTIVITIES: Decimal(totals["activities"]),
        IndicatorKind.VISITS: Decimal(totals["visits"]),
        IndicatorKind.HOUSEHOLDS: Decimal(totals["households"]),
        IndicatorKind.PERSON_TIMES: Decimal(totals["counted"] + attendances["times"]),
        IndicatorKind.PERSONS: Decimal(attendances["persons"]),
        IndicatorKind.VOLUNTEER_HOURS: given["hours"],
        IndicatorKind.RESOURCE_VALUE: given["value"],
    }


def progress_of(project: Project, on: date) -> list[Progress]:
    """Progress against every agreed indicator, with a straight-line forecast to the agreement's last day."""
    counts = counts_of(project)
    agreement = getattr(project, "agreement", None)
    elapsed = (min(on, agreement.ends_on) - agreement.starts_on).days if agreement else 0
    whole = (agreement.ends_on - agreement.starts_on).days if agreement else 0
    rows = []
    for indicator in project.indicators.order_by("position"):
        done = counts[indicator.kind]
        forecast = (done * whole / elapsed).quantize(Decimal(1)) if elapsed > 0 else None
        rows.append(Progress(indicator, done, forecast))
    return rows


def star_of(project: Project) -> list[Part]:
    """What each of the five societies put in, in a fixed order; a society that did not take part shows noughts.

    The community counts by the communities in which records were made, the social workers by the records themselves.
    """
    living = Activity.objects.filter(project=project, voided_at__isnull=True)
    rows: dict[str, dict[str, Any]] = {
        row["society"]: dict(row)
        for row in Contribution.objects.filter(activity__in=living)
        .values("society")
        .annotate(times=Count("pk"), people=Sum("persons"), time=Sum("hours"), worth=Sum("value"))
    }
    own = living.aggregate(records=Count("pk"), communities=Count("region", distinct=True), workers=Count("recorded_by", distinct=True))
    parts = []
    for society in Society.values:
        row = rows.get(society, {"times": 0, "people": 0, "time": Decimal(0), "worth": Decimal(0)})
        times, people = row["times"], row["people"]
        if society == Society.COMMUNITY:
            times += own["communities"]
        if society == Society.SOCIAL_WORKER:
            times, people = times + own["records"], people + own["workers"]
        parts.append(Part(society, times, people, row["time"], row["worth"]))
    return parts


@dataclass(frozen=True, slots=True)
class Party:
    """Who has which role in a project, and from when until when; `involvement` where the agency entered it."""

    role: str
    name: str
    detail: str
    since: date | None
    until: date | None
    involvement: Involvement | None = None


def parties_of(project: Project) -> list[Party]:
    """The roles apart from each other, each with its days: owner and undertaker out of project and agreement, team and partners as entered."""
    over = local_date(project.state_changed_at) if project.state in {ProjectState.CLOSED, ProjectState.TERMINATED} else None
    parties = [Party("owner", project.region.name, "", local_date(project.created_at), over)]
    agreement = getattr(project, "agreement", None)
    if agreement is not None and agreement.is_signed:
        signed = local_date(max(agreement.purchaser_signed_at, agreement.agency_signed_at))
        parties.append(Party("purchaser", agreement.purchaser.name, agreement.number, signed, over))
        parties.append(Party("undertaker", agreement.agency.name, agreement.number, signed, over))
    rows = project.involvements.select_related("organisation").order_by("-capacity", "since", "pk")
    return [*parties, *(Party(row.capacity, row.name, row.duty, row.since, row.until or over, row) for row in rows)]
