"""Who works at stations on a day. A station at which nobody was ever posted has no data, which is not nought."""

from collections.abc import Sequence
from decimal import Decimal

from wushe.indicators.queries.facts import Facts
from wushe.indicators.queries.figures import Figure, Figures, Measure, Row
from wushe.regions.models import Region
from wushe.stations.models import StationLevel


def station_staff(level: StationLevel, *, licensed: bool = False) -> Measure:
    """People full time at the place's own station of a level, or the licensed among them; no station is nobody."""

    def measure(places: Sequence[Region], facts: Facts) -> Figures:
        stations = facts.stations_of(level)
        figures = {}
        for place in places:
            station = stations.get(place.pk)
            if station is None:
                figures[place.pk] = Figure(Decimal(0), None, ())
            elif station.body_id in facts.staffed:
                held = facts.staff.get(station.body_id, [])
                shown = tuple(Row("worker", worker, worker, counted=has or not licensed) for worker, has in held)
                figures[place.pk] = Figure(Decimal(sum(row.counted for row in shown)), None, shown)
        return figures

    return measure
