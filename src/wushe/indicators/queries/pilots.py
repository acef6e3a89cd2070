"""Which places were chosen to go first."""

from collections.abc import Sequence
from decimal import Decimal

from wushe.indicators.queries.facts import CITY, Facts
from wushe.indicators.queries.figures import Figure, Figures, Measure, Row
from wushe.regions.models import Level, Region, Settlement


def pilots_of(level: Level, settlement: Settlement | None = None) -> Measure:
    """The places of a level below each place that were pilots by the day, each once. In a city of which no pilot was ever entered, nothing is known."""

    def measure(places: Sequence[Region], facts: Facts) -> Figures:
        known = {facts.day.lies(pilot.region)[CITY] for pilot in facts.pilots}
        chosen = [
            (facts.day.lies(pilot.region), pilot.region_id, Row("pilot", pilot.number, f"{pilot.region.name} {pilot.name}"))
            for pilot in facts.pilots
            if pilot.region.level == level and settlement in {None, facts.day.settlement(pilot.region)}
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
