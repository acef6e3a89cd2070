"""The places as they stood on a day: how the tree, city and country, and what counts differed from today's.

Only a handful of places ever change, so a day is told by what differs, in the same few queries for a county and for the country.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Q

from wushe.regions.models import CoveragePeriod, Level, Region, SettlementPeriod, Tenure

LEVELS = (Level.PROVINCE, Level.CITY, Level.COUNTY, Level.TOWN, Level.COMMUNITY)
ANCESTORS = tuple(level.name.lower() for level in LEVELS)
COLUMNS = tuple(f"{name}_id" for name in ANCESTORS)

Lies = tuple[int | None, ...]


class PlacesOn:
    """The places of a day."""

    def __init__(self, on: date) -> None:
        self.on = on

    def lies(self, region: Region) -> Lies:
        """The ids of the places in which a region lay on the day, from the province down."""
        return self.elsewhere.get(region.pk) or _lies(region)

    def under(self, region: Region, relation: str = "") -> Q:
        """What lay in a region on the day, as a filter; `relation` leads to the place, and is empty for places themselves."""
        if region.level == Level.NATION:
            return ~Q(pk__in=[])
        name = f"{relation}__" if relation else ""
        today = Q(**{f"{name}{region.ancestor_column}": region.pk})
        return self._corrected(today, Level(region.level), [region.pk], name) if region.level in LEVELS else today

    def under_any(self, regions: Iterable[Region], relation: str = "") -> Q:
        """The same for several places of any levels; of none nothing."""
        return reduce(or_, (self.under(region, relation) for region in regions), Q(pk__in=[]))

    def in_counties(self, counties: Collection[int], relation: str) -> Q:
        """The same for many counties, by their ids."""
        return self._corrected(Q(**{f"{relation}__county__in": list(counties)}), Level.COUNTY, counties, f"{relation}__")

    def counted(self) -> Q:
        """The places that targets counted on the day, as a filter: as `RegionQuerySet.counted` says of today."""
        ins, outs = ([pk for pk, counts in self.coverage.items() if counts == wanted] for wanted in (True, False))
        return Q(is_artificial=False) & ((Q(counts_for_coverage=True) & ~Q(pk__in=outs)) | Q(pk__in=ins))

    def settled(self, settlement: str) -> Q:
        """The places that were urban, or rural, on the day, as a filter."""
        ins, outs = ([pk for pk, was in self.settlements.items() if (was == settlement) == wanted] for wanted in (True, False))
        return (Q(settlement=settlement) & ~Q(pk__in=outs)) | Q(pk__in=ins)

    def settlement(self, region: Region) -> str:
        """Whether it was urban or rural on the day."""
        return self.settlements.get(region.pk, region.settlement)

    def stood(self, regions: Iterable[Region]) -> list[Region]:
        """The places with the ancestors and marks that they had on the day. They are there to be read, never to be saved."""
        found = list(regions)
        known = {region.pk: region for region in found}
        for region in found:
            region.settlement = self.settlement(region)
            region.counts_for_coverage = self.coverage.get(region.pk, region.counts_for_coverage)
            for name, pk in zip(ANCESTORS, self.lies(region), strict=True):
                if pk in known:
                    setattr(region, name, known[pk])
                else:
                    setattr(region, f"{name}_id", pk)
        return found

    @cached_property
    def settlements(self) -> Mapping[int, str]:
        """As what those regions counted that count as something else since."""
        return dict(SettlementPeriod.objects.filter(**self._past).values_list("region", "settlement"))

    @cached_property
    def coverage(self) -> Mapping[int, bool]:
        """Whether those regions counted that were taken out or in since."""
        return dict(CoveragePeriod.objects.filter(**self._past).values_list("region", "counts"))

    @cached_property
    def elsewhere(self) -> Mapping[int, Lies]:
        """Where those regions lay that moved since, and everything below them."""
        parents = {tenure.region_id: tenure.parent_id for tenure in Tenure.objects.filter(**self._past)}
        if not parents:
            return {}
        moved = Q(pk__in=list(parents))
        for column in COLUMNS:
            moved |= Q(**{f"{column}__in": list(parents)})
        below = {region.pk: region for region in Region.objects.filter(moved)}
        around = Region.objects.in_bulk(({*parents.values()} | {region.parent_id for region in below.values()}) - set(below) - {None})
        found: dict[int, Lies] = {}

        def lies(pk: int) -> Lies:
            if pk in around:
                return _lies(around[pk])
            if pk not in found:
                region = below[pk]
                parent = parents.get(pk, region.parent_id)
                found[pk] = self._below(lies(parent) if parent is not None else _lies(region), region)
            return found[pk]

        return {pk: lies(pk) for pk in below}

    def _corrected(self, today: Q, level: Level, pks: Collection[int], name: str) -> Q:
        """What lies in places of a level today, without what lay elsewhere on the day, with what lies elsewhere since."""
        if not self.elsewhere:
            return today
        height = LEVELS.index(level)
        inside = [pk for pk, lies in self.elsewhere.items() if lies[height] in pks]
        outside = [pk for pk, lies in self.elsewhere.items() if lies[height] not in pks]
        return (today & ~Q(**{f"{name}pk__in": outside})) | Q(**{f"{name}pk__in": inside})

    def _below(self, above: Lies, region: Region) -> Lies:
        """A region that was merged away by the day stood below its successor and was no place of its own any more."""
        if region.level not in LEVELS or (region.valid_until is not None and region.valid_until <= self.on):
            return above
        height = LEVELS.index(Level(region.level))
        return (*above[:height], region.pk, *above[height + 1 :])

    @property
    def _past(self) -> dict[str, Any]:
        return {"period__contains": self.on, "period__upper_inf": False}


def _lies(region: Region) -> Lies:
    return tuple(getattr(region, column) for column in COLUMNS)
