"""Which places were chosen to go first."""

from collections.abc import Sequence
from decimal import Decimal

from wushe.indicators.queries.facts import Facts, lies_of
from wushe.indicators.queries.figures import Figure, Figures, Measure, Row
from wushe.regions.models import Level, Region, Settlement


def pilots_of(level: Level, settlement: Settlement | None = None) -> Measure:
    """The places of a level below each place that were pilots by the day, each once. In a city of which no pilot was ever entered, nothing is known."""

    def measure(places: Sequence[Region], facts: Facts) -> Figures:
        known = {pilot.region.city_id for pilot in facts.pilots}
        chosen = [
            (lies_of(pilot.region), pilot.region_id, Row("pilot", pilot.number, f"{pilot.region.name} {pilot.name}"))
            for pilot in facts.pilots
            if pilot.region.level == level and settlement in {None, pilot.region.settlement}
        ]
        figures = {}
        for place in places:
            if place.city_id in known:
                rows: dict[int, Row] = {}
                for lies, region, row in chosen:
                    if place.pk in lies:
                        rows.setdefault(region, row)
                figures[place.pk] = Figure(Decimal(len(rows)), None, tuple(rows.values()))
        return figures

    return measure
