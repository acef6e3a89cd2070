"""Money that the law or a plan promises: what the book says of it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from wushe.indicators.queries.figures import Figure, Figures, Row
from wushe.ledger.models import Entry
from wushe.ledger.queries import allotments, opened_sources
from wushe.policies.queries import policy_for
from wushe.regions.models import Region
from wushe.stations.facts import living_stations
from wushe.stations.models import StationLevel


def station_money(level: StationLevel) -> Callable[[Sequence[Region], date], Figures]:
    """What the county gave the place's station of a level in the year up to the day; a county that books none of this is no data."""

    def measure(places: Sequence[Region], on: date) -> Figures:
        counties = {place.county_id for place in places}
        given: dict[int | None, list[Entry]] = defaultdict(list)
        booking = set()
        for entry in allotments(date(on.year, 1, 1), on + timedelta(days=1)).filter(source__region__in=counties):
            booking.add(entry.source.region_id)
            given[entry.agency_id].append(entry)
        known = [place for place in places if place.county_id in booking]
        stations = living_stations(on).filter(level=level, region__in=[place.pk for place in known])
        bodies = dict(stations.values_list("region", "body"))
        return {place.pk: _sum(given[bodies[place.pk]] if place.pk in bodies else []) for place in known}

    return measure


def lottery_money(places: Sequence[Region], on: date) -> Figures:
    """What a level's own sources of lottery money amount to in the year of the day; a place without any source line of that year is no data."""
    figures = {}
    sources = defaultdict(list)
    for source in opened_sources([place.pk for place in places], on.year):
        sources[source.region_id].append(source)
    for place in places:
        if place.pk not in sources:
            continue
        lottery = {code.code for code in policy_for(place, on).codes("funding_sources") if code.extra.get("lottery")}
        found = [source for source in sources[place.pk] if source.kind in lottery]
        rows = tuple(Row("source", source.number, source.name) for source in found)
        figures[place.pk] = Figure(sum((source.amount for source in found), Decimal(0)), None, rows)
    return figures


def _sum(entries: Sequence[Entry]) -> Figure:
    rows = tuple(Row("entry", entry.number, f"{entry.source.name} {entry.amount}") for entry in entries)
    return Figure(sum((entry.amount for entry in entries), Decimal(0)), None, rows)
