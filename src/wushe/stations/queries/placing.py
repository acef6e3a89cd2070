"""The tree of stations, and the floor space under one roof."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from wushe.regions.models import Level
from wushe.stations.models import Station, StationLevel, Tie
from wushe.stations.queries.register import HEIGHTS


def guides_of(stations: Sequence[Station], on: date) -> Mapping[int, Station]:
    """Which station guides each on the day: the one it is tied to, else the nearest open one of its kind above by place. The topmost are missing."""
    ids = [station.pk for station in stations]
    held = Tie.objects.filter(Q(until__isnull=True) | Q(until__gt=on), station__in=ids, since__lte=on)
    tied = {tie.station_id: tie.above for tie in held.select_related("above__region")}
    places = {pk for station in stations for pk in _above(station)}
    near = {(row.kind, row.region_id): row for row in Station.objects.living(on).filter(region__in=places).select_related("region")}
    found = {}
    for station in stations:
        by_place = (near[station.kind, pk] for pk in _above(station) if (station.kind, pk) in near)
        guide = tied.get(station.pk) or next(by_place, None)
        if guide is not None:
            found[station.pk] = guide
    return found


def may_guide(station: Station, on: date) -> QuerySet[Station]:
    """The open stations of the county that are of a higher level and the same kind."""
    higher = [level for level, height in HEIGHTS.items() if height < HEIGHTS[StationLevel(station.level)]]
    rows = Station.objects.living(on).filter(kind=station.kind, level__in=higher, region__county=station.region.county_id)
    return rows.select_related("region").order_by("region__level", "region__code")


def may_house(station: Station, on: date) -> QuerySet[Station]:
    """The open stations of the county in whose floor space this one may stand."""
    rows = Station.objects.living(on).filter(region__county=station.region.county_id, housed_in__isnull=True).exclude(pk=station.pk)
    return rows.select_related("region").order_by("region__code", "kind")


def floor_space(stations: QuerySet[Station], on: date) -> Decimal | None:
    """The floor space of stations together; one that is housed in another of them that is open counts inside that one. None: nothing is known."""
    hosts = stations.filter(area_m2__isnull=False).living(on).order_by().values("pk")  # type: ignore[attr-defined]  # a method of our own querysets
    total = stations.exclude(housed_in__in=hosts).order_by().aggregate(total=Sum("area_m2"))["total"]
    return total if total is None else Decimal(total)


def _above(station: Station) -> Iterable[int]:
    region = station.region
    ids = [region.town_id if region.level > Level.TOWN else None, region.county_id if region.level > Level.COUNTY else None]
    return [pk for pk in ids if pk]
