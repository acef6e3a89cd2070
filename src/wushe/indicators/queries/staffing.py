"""Who works at stations on a day. A station at which nobody was ever posted has no data, which is not nought."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from wushe.indicators.queries.figures import Figure, Figures, Row
from wushe.regions.models import Region
from wushe.stations.facts import living_stations
from wushe.stations.models import StationLevel
from wushe.workforce.facts import bodies_known, postings_held


def station_staff(level: StationLevel, *, licensed: bool = False) -> Callable[[Sequence[Region], date], Figures]:
    """People full time at the place's own station of a level, or the licensed among them; no station is nobody."""

    def measure(places: Sequence[Region], on: date) -> Figures:
        ids = [place.pk for place in places]
        stations = {row.region_id: row for row in living_stations(on).filter(level=level, region__in=ids)}
        bodies = [row.body_id for row in stations.values()]
        known = set(bodies_known(on).filter(body__in=bodies).values_list("body", flat=True))
        held: dict[int | None, list[Any]] = defaultdict(list)
        for row in postings_held(on).filter(body__in=bodies, full_time=True).order_by("worker__number"):
            held[row.body_id].append(row)
        figures = {}
        for pk in ids:
            station = stations.get(pk)
            if station is None:
                figures[pk] = Figure(Decimal(0), None, ())
            elif station.body_id in known:
                shown = tuple(
                    Row("worker", row.worker.number, row.worker.number, counted=row.licensed or not licensed)
                    for row in held[station.body_id]
                )
                figures[pk] = Figure(Decimal(sum(row.counted for row in shown)), None, shown)
        return figures

    return measure
