"""What stations receive to run on, beside how many people they serve with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, ExpressionWrapper, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, NullIf

from wushe.ledger.queries import allotments
from wushe.services.models import Activity, Attendance
from wushe.stations.models import Booking, Station

MONEY = DecimalField(max_digits=16, decimal_places=2)


@dataclass(frozen=True, slots=True)
class LevelCost:
    """The stations of a level together: yuan (None: none was booked), person-times, and persons counted once across the level."""

    level: str
    stations: int
    given: Decimal | None
    times: int
    persons: int

    @property
    def per_time(self) -> Decimal | None:
        """Yuan a person-time; None without either."""
        return self.given / self.times if self.given is not None and self.times else None


def with_costs(stations: QuerySet[Station], first: date, last: date) -> QuerySet[Station, Any]:
    """Stations with what they were `given` in the days [first, last] (yuan, none: nothing booked), the person-times `at_projects` of the agencies
    that entered them and `in_rooms`, both as `times`, the identified `persons`, and yuan `per_time`.
    """
    held = _held(first, last).filter(project__station_entry__station=OuterRef("pk")).order_by().values("project__station_entry__station")
    people = _attended(first, last).filter(activity__project__station_entry__station=OuterRef("pk")).order_by()
    named = people.values("activity__project__station_entry__station")
    used = Booking.objects.standing().filter(room__station=OuterRef("pk"), noted_at__isnull=False).order_by().values("room__station")
    used = used.filter(starts_at__date__gte=first, starts_at__date__lte=last)
    given = allotments(first, last + timedelta(days=1)).filter(agency=OuterRef("body")).order_by().values("agency")
    rows = stations.annotate(
        given=Subquery(given.annotate(sum=Sum("amount")).values("sum"), output_field=MONEY),
        counted=_number(held.annotate(sum=Sum("counted")).values("sum")),
        named=_number(named.annotate(sum=Count("pk")).values("sum")),
        persons=_number(named.annotate(sum=Count("person", distinct=True)).values("sum")),
        in_rooms=_number(used.annotate(sum=Sum("persons")).values("sum")),
    ).annotate(at_projects=F("counted") + F("named"))
    rows = rows.annotate(times=F("at_projects") + F("in_rooms"))
    return rows.annotate(per_time=ExpressionWrapper(F("given") / NullIf(F("times"), 0), output_field=MONEY))


def level_costs(stations: QuerySet[Station, Any], first: date, last: date) -> list[LevelCost]:
    """The rows of `with_costs` by level, those of the county first."""
    ids = stations.order_by().values("pk")
    people = _attended(first, last).filter(activity__project__station_entry__station__in=ids).order_by()
    counted = people.values("activity__project__station_entry__station__level").annotate(n=Count("person", distinct=True))
    persons: Mapping[str, int] = dict(counted.values_list("activity__project__station_entry__station__level", "n"))
    rows = stations.order_by().values("level").annotate(stations=Count("pk"), money=Sum("given"), all=Sum("times"))
    found = {row["level"]: LevelCost(row["level"], row["stations"], row["money"], row["all"], persons.get(row["level"], 0)) for row in rows}
    return [found[level] for level in ("county", "town", "community") if level in found]


def projects_at(station: Station, first: date, last: date) -> QuerySet[Activity, Any]:
    """The projects whose agency entered a station, each with the person-times of the days: `project__number`, `project__title`, `records`, `times`."""
    rows = _held(first, last).filter(project__station_entry__station=station).order_by("project__number")
    named = _attended(first, last).filter(activity__project=OuterRef("project")).order_by().values("activity__project")
    attended = _number(named.annotate(sum=Count("pk")).values("sum"))
    grouped = rows.values("project__number", "project__title").annotate(records=Count("pk"), counted=Sum("counted"), named=attended)
    return grouped.annotate(times=F("counted") + F("named"))


def _held(first: date, last: date) -> QuerySet[Activity]:
    return Activity.objects.filter(voided_at__isnull=True, held_on__gte=first, held_on__lte=last)


def _attended(first: date, last: date) -> QuerySet[Attendance]:
    days = Q(activity__held_on__gte=first, activity__held_on__lte=last)
    return Attendance.objects.filter(days, activity__voided_at__isnull=True)


def _number(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows, output_field=IntegerField()), 0)
