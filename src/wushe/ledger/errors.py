from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from wushe.kernel.errors import DomainError


@dataclass(eq=False)
class AmountNotPositive(DomainError):
    """Nothing, or less than nothing, cannot be booked."""

    field: ClassVar[str] = "amount"
    amount: Decimal


@dataclass(eq=False)
class SourceExhausted(DomainError):
    """The funding source has less left than is wanted."""

    field: ClassVar[str] = "amount"
    source: str
    available: Decimal
    wanted: Decimal


@dataclass(eq=False)
class SourceNotOpen(DomainError):
    """Money that had not come on that day cannot have gone on."""

    field: ClassVar[str] = "occurred_on"
    source: str
    opened_on: date


@dataclass(eq=False)
class BudgetExhausted(DomainError):
    """Less of the source's money is left in the project's budget than is wanted."""

    field: ClassVar[str] = "amount"
    source: str
    project: str
    available: Decimal
    wanted: Decimal


@dataclass(eq=False)
class AdvanceExhausted(DomainError):
    """The agency has received less of the source's money for the project than it wants to spend, or than is to be taken back."""

    field: ClassVar[str] = "amount"
    source: str
    project: str
    agency: str
    available: Decimal
    wanted: Decimal


@dataclass(eq=False)
class EntryAlreadyReversed(DomainError):
    """An entry is corrected once."""

    entry: str


@dataclass(eq=False)
class ReversalIsFinal(DomainError):
    """A correcting entry is not corrected itself: what was right after all is booked anew."""

    entry: str


@dataclass(eq=False)
class CorrectedElsewhere(DomainError):
    """A payment or an expense is a step of its project, and is corrected there."""

    kind: str


@dataclass(eq=False)
class BodyElsewhere(DomainError):
    """Money of a place keeps what lies in that place."""

    field: ClassVar[str] = "body"
    body: str
    place: str
