from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from wushe.indicators.queries.facts import Facts
from wushe.indicators.queries.figures import Figure
from wushe.indicators.queries.measures import MEASURES
from wushe.kernel.errors import NotFound
from wushe.policies.queries import Target
from wushe.regions.models import Region


class Status(StrEnum):
    """How a place stands against a target."""

    MET = "met"
    SHORT = "short"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class Result:
    """One place against one target. `gap` is what is missing; a share has none."""

    place: Region
    figure: Figure | None
    status: Status
    gap: Decimal | None


@dataclass(frozen=True)
class Standing:
    """A target with all places that it means."""

    target: Target
    results: tuple[Result, ...]

    @cached_property
    def counts(self) -> Mapping[Status, int]:
        """How many places stand how."""
        return Counter(result.status for result in self.results)

    @property
    def met(self) -> int:
        """Places that reach it."""
        return self.counts[Status.MET]

    @property
    def short(self) -> int:
        """Places that do not."""
        return self.counts[Status.SHORT]

    @property
    def no_data(self) -> int:
        """Places of which nothing is known."""
        return self.counts[Status.NO_DATA]

    @property
    def has_facts(self) -> bool:
        """Whether any fact feeds the target at all."""
        return self.target.measure in MEASURES


def standings(region: Region, on: date) -> list[Standing]:
    """Every target of the region's policy against every place it means, on a day. Pseudo-units do not count."""
    facts = Facts(region, on)
    return [_standing(target, facts) for target in facts.policies[region.pk].targets()]


def standing_of(region: Region, on: date, target_id: str) -> Standing:
    """One target of the region's policy. Raises NotFound."""
    facts = Facts(region, on)
    for target in facts.policies[region.pk].targets():
        if target.id == target_id:
            return _standing(target, facts)
    raise NotFound(kind="target", number=target_id)


def _standing(target: Target, facts: Facts) -> Standing:
    meant = [place for place in facts.places if target.applies_to(place)]
    measure = MEASURES.get(target.measure)
    figures = measure(meant, facts) if measure and meant else {}
    return Standing(target, tuple(_result(target, place, figures.get(place.pk)) for place in meant))


def _result(target: Target, place: Region, figure: Figure | None) -> Result:
    value = figure.value if figure else None
    if value is None:
        return Result(place, figure, Status.NO_DATA, None)
    if target.met_by(value):
        return Result(place, figure, Status.MET, None)
    gap = target.value - value if figure and figure.denominator is None and target.operator == ">=" else None
    return Result(place, figure, Status.SHORT, gap)
