from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from math import ceil, floor

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
    """One place against one target. `gap` is what is missing, of a share how many more would have to be counted; `over` is what is too much."""

    place: Region
    figure: Figure | None
    status: Status
    gap: Decimal | None
    over: Decimal | None = None


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
    meant = [place for place in facts.places if target.applies_to(place, facts.marks.get(place.pk, ()) if target.marked else ())]
    measure = MEASURES.get(target.measure)
    figures = measure(meant, facts) if measure and meant else {}
    return Standing(target, tuple(result_of(target, place, figures.get(place.pk)) for place in meant))


def result_of(target: Target, place: Region, figure: Figure | None) -> Result:
    """How a place with a figure stands against a target."""
    value = figure.value if figure else None
    if value is None:
        return Result(place, figure, Status.NO_DATA, None)
    if target.met_by(value):
        return Result(place, figure, Status.MET, None)
    assert figure is not None  # noqa: S101 -- it has a value
    wanted = _wanted(target, figure)
    if target.operator in {"<", "<="} or figure.numerator > wanted:
        return Result(place, figure, Status.SHORT, None, figure.numerator - wanted)
    return Result(place, figure, Status.SHORT, wanted - figure.numerator)


def _wanted(target: Target, figure: Figure) -> Decimal:
    """What the numerator would have to be; what is counted is whole, money and floor space are not."""
    wanted = target.value * (1 if figure.denominator is None else figure.denominator)
    if target.operator == ">" and target.unit != "yuan":
        return Decimal(floor(wanted) + 1)
    if target.operator == "<" and target.unit != "yuan":
        return Decimal(ceil(wanted) - 1)
    return wanted if figure.denominator is None else Decimal(ceil(wanted))
