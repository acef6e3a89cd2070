from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from wushe.indicators.queries.facts import Facts
from wushe.regions.models import Region


@dataclass(frozen=True, slots=True)
class Row:
    """One fact behind a number: what it is (kind and public number), its name, and whether the numerator counts it. `proven`: whether evidence
    shows it, None where none is asked.
    """

    kind: str
    number: str
    name: str
    counted: bool = True
    proven: bool | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a place with the rows it comes from. A share keeps numerator and denominator; other numbers have no denominator.

    `done`: a share of nobody is whole, because nobody is left of whom it could be asked.
    """

    numerator: Decimal
    denominator: Decimal | None
    rows: tuple[Row, ...]
    done: bool = False

    @property
    def proven(self) -> tuple[int, int] | None:
        """How many of the counted rows have evidence and how many have none; None where evidence is no matter."""
        counted = [row.proven for row in self.rows if row.counted and row.proven is not None]
        return (counted.count(True), counted.count(False)) if counted else None

    @property
    def value(self) -> Decimal | None:
        """What is compared with the target; None when a share has nothing to count."""
        if self.denominator is None:
            return self.numerator
        if not self.denominator:
            return Decimal(1) if self.done else None
        return self.numerator / self.denominator


Figures = Mapping[int, Figure]
Measure = Callable[[Sequence[Region], Facts], Figures]
