"""Refusals about checks against the standard, and remedies."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wushe.kernel.errors import DomainError


@dataclass(eq=False)
class NoStandard(DomainError):
    """No policy in force says what a station of this level has to have."""

    region: str


@dataclass(eq=False)
class ItemsNotChecked(DomainError):
    """A check answers every item of the standard."""

    missing: tuple[str, ...]


@dataclass(eq=False)
class NothingShown(DomainError):
    """An item counts as met, and a floor space at all, only with something that shows it."""

    item: str

    @property
    def field(self) -> str:  # type: ignore[override]  # each item has its own field
        """The words beside the item."""
        return f"words_{self.item}"


@dataclass(eq=False)
class CheckOutOfTime(DomainError):
    """A check lies between the opening of the station and today, and not before the last one of its kind."""

    field: ClassVar[str] = "checked_on"
    earliest: date
    checked_on: date


@dataclass(eq=False)
class NotInStandard(DomainError):
    """The standard of the station has no such item."""

    field: ClassVar[str] = "item"
    item: str


@dataclass(eq=False)
class RemedyUnderWay(DomainError):
    """A remedy for the item is open already."""

    field: ClassVar[str] = "item"
    number: str


@dataclass(eq=False)
class RemedyEnded(DomainError):
    """The remedy was finished or dropped."""

    number: str


@dataclass(eq=False)
class RemedyDueInPast(DomainError):
    """A remedy is planned for a day to come."""

    field: ClassVar[str] = "due_on"
    due_on: date
