"""How far places have stations and service centres."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from wushe.indicators.queries.figures import Figure, Figures, Row
from wushe.policies.queries import policy_for
from wushe.regions.models import Level, Region, Settlement
from wushe.stations.facts import living_centres, living_stations
from wushe.stations.models import Station, StationLevel

MODEL_AREA = "service_centre.model_area"
Living = Callable[[date], QuerySet[Station]]


def station_area(level: StationLevel) -> Callable[[Sequence[Region], date], Figures]:
    """Floor space of the place's own station of a level; no station is nought, a station without a known area is no data."""

    def measure(places: Sequence[Region], on: date) -> Figures:
        stations = {row.region_id: row for row in living_stations(on).filter(level=level, region__in=[place.pk for place in places])}
        figures = {}
        for place in places:
            station = stations.get(place.pk)
            if station is None:
                figures[place.pk] = Figure(Decimal(0), None, ())
            elif station.area_m2 is not None:
                figures[place.pk] = Figure(station.area_m2, None, (Row("station", station.number, station.name),))
        return figures

    return measure


def coverage(living: Living, level: Level, settlement: Settlement | None = None) -> Callable[[Sequence[Region], date], Figures]:
    """Of the places of a level below each place that count on the day: those with a station or centre of their own."""

    def measure(places: Sequence[Region], on: date) -> Figures:
        figures = {}
        for place in places:
            below = Region.objects.under(place).existing(on).counted().filter(level=level).order_by("code")
            if settlement is not None:
                below = below.filter(settlement=settlement)
            has = set(living(on).filter(region__in=below).values_list("region", flat=True))
            rows = tuple(Row("region", each.code, each.name, counted=each.pk in has) for each in below)
            figures[place.pk] = Figure(Decimal(len(has)), Decimal(len(rows)), rows)
        return figures

    return measure


def model_centres(places: Sequence[Region], on: date) -> Figures:
    """Centres of streets and towns below each place with at least the floor space that its policy asks of a model; without one, no data."""
    figures = {}
    for place in places:
        area = policy_for(place, on).value(MODEL_AREA)
        if area is None:
            continue
        found = living_centres(on).filter(level=StationLevel.TOWN, region__in=Region.objects.under(place), area_m2__gte=area.value)
        figures[place.pk] = _count(found.order_by("region__code"))
    return figures


def _count(stations: Iterable[Station]) -> Figure:
    rows = tuple(Row("station", station.number, f"{station.name} {station.area_m2}㎡") for station in stations)
    return Figure(Decimal(len(rows)), None, rows)
