"""Money that the law or a plan promises: what the book says of it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from decimal import Decimal

from wushe.indicators.queries.facts import Facts
from wushe.indicators.queries.figures import Figure, Figures, Measure, Row
from wushe.kernel.money import shown
from wushe.ledger.models import Entry
from wushe.regions.models import Region
from wushe.stations.models import StationLevel

SOURCES, FISCAL, LOTTERY = "funding_sources", "fiscal", "lottery"


def station_money(level: StationLevel) -> Measure:
    """What the county gave the place's station of a level in the year up to the day out of the public budget; money of other sources stands in
    the rows and does not count. A county that books none of this is no data.
    """

    def measure(places: Sequence[Region], facts: Facts) -> Figures:
        counties = {place.county_id for place in places}
        given: dict[int | None, list[Entry]] = defaultdict(list)
        booking = set()
        for entry in facts.given:
            if entry.source.region_id in counties:
                booking.add(entry.source.region_id)
                given[entry.agency_id].append(entry)
        stations = facts.stations_of(level)
        known = [place for place in places if place.county_id in booking]
        figures = {}
        for place in known:
            entries = given[stations[place.pk].body_id] if place.pk in stations else []
            figures[place.pk] = _sum(entries, facts.marked(place.pk, SOURCES, FISCAL))
        return figures

    return measure


def lottery_money(places: Sequence[Region], facts: Facts) -> Figures:
    """What a level's own sources of lottery money amount to in the year of the day; a place without any source line of that year is no data."""
    figures = {}
    for place in places:
        if place.pk not in facts.sources:
            continue
        lottery = facts.marked(place.pk, SOURCES, LOTTERY)
        found = [source for source in facts.sources[place.pk] if source.kind in lottery]
        rows = tuple(Row("source", source.number, source.name) for source in found)
        figures[place.pk] = Figure(sum((source.amount for source in found), Decimal(0)), None, rows)
    return figures


def _sum(entries: Sequence[Entry], fiscal: Collection[str]) -> Figure:
    rows = tuple(
        Row("entry", entry.number, f"{entry.source.name} {shown(entry.amount)}", counted=entry.source.kind in fiscal) for entry in entries
    )
    return Figure(sum((entry.amount for entry in entries if entry.source.kind in fiscal), Decimal(0)), None, rows)
