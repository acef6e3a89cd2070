"""How far places have stations and service centres."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from wushe.indicators.queries.facts import Facts
from wushe.indicators.queries.figures import Figure, Figures, Measure, Row
from wushe.regions.models import Level, Region, Settlement
from wushe.stations.models import Station, StationKind, StationLevel

MODEL_AREA, SIGNS = "service_centre.model_area", "station_functions"


def station_area(level: StationLevel) -> Measure:
    """Floor space of the place's own station of a level; no station is nought, a station without a known area is no data."""

    def measure(places: Sequence[Region], facts: Facts) -> Figures:
        stations = facts.stations_of(level)
        figures = {}
        for place in places:
            station = stations.get(place.pk)
            if station is None:
                figures[place.pk] = Figure(Decimal(0), None, ())
            elif station.area_m2 is not None:
                figures[place.pk] = Figure(station.area_m2, None, (Row("station", station.number, station.name),))
        return figures

    return measure


def coverage(kind: StationKind, level: Level, settlement: Settlement | None = None) -> Measure:
    """Of the places of a level below each place that count on the day: those with a station or centre of their own."""

    def measure(places: Sequence[Region], facts: Facts) -> Figures:
        has = {station.region_id for station in facts.stations if station.kind == kind}
        figures = {}
        for place in places:
            below = [each for each in facts.below(place, level) if settlement is None or each.settlement == settlement]
            rows = tuple(Row("region", each.code, each.name, counted=each.pk in has) for each in below)
            figures[place.pk] = Figure(Decimal(sum(row.counted for row in rows)), Decimal(len(rows)), rows)
        return figures

    return measure


def model_centres(places: Sequence[Region], facts: Facts) -> Figures:
    """Centres of streets and towns below each place that bear the sign of a model and have the floor space that its policy asks of one; without either rule, no data."""
    centres = [row for row in facts.stations if row.kind == StationKind.SERVICE_CENTRE and row.level == StationLevel.TOWN]
    figures = {}
    for place in places:
        area = facts.policies[place.pk].value(MODEL_AREA)
        signs = {code.code for code in facts.policies[place.pk].codes(SIGNS) if code.extra.get("model")}
        if area is None or not signs:
            continue
        below = [centre for centre in centres if place.level == Level.NATION or place.pk in facts.day.lies(centre.region)]
        models = [centre for centre in below if signs & set(centre.functions)]
        figures[place.pk] = _count(centre for centre in models if centre.area_m2 is not None and centre.area_m2 >= area.value)
    return figures


def _count(stations: Iterable[Station]) -> Figure:
    rows = tuple(Row("station", station.number, f"{station.name} {station.area_m2}㎡") for station in stations)
    return Figure(Decimal(len(rows)), None, rows)
