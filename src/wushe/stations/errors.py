from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wushe.kernel.errors import DomainError


@dataclass(eq=False)
class NoStationHere(DomainError):
    """Stations stand at counties, towns and communities, at no other level."""

    field: ClassVar[str] = "region"
    region: str


@dataclass(eq=False)
class StationExists(DomainError):
    """The region has a station on some of these days already."""

    field: ClassVar[str] = "region"
    region: str


@dataclass(eq=False)
class AreaNotPositive(DomainError):
    """A floor area is more than nothing."""

    field: ClassVar[str] = "area_m2"


@dataclass(eq=False)
class OpeningInFuture(DomainError):
    """A station is entered once it has opened."""

    field: ClassVar[str] = "opened_on"
    opened_on: date


@dataclass(eq=False)
class ClosingOutOfOrder(DomainError):
    """A station closes after it has opened and not on a day to come."""

    field: ClassVar[str] = "closed_on"
    opened_on: date
    closed_on: date


@dataclass(eq=False)
class StationClosed(DomainError):
    """The station was closed; nothing about it changes any more."""

    closed_on: date


@dataclass(eq=False)
class StationStaffed(DomainError):
    """People hold posts at the station beyond the day on which it is to close."""

    posts: int


@dataclass(eq=False)
class RoomNameTaken(DomainError):
    """Another room of the station bears this name."""

    field: ClassVar[str] = "name"
    name: str


@dataclass(eq=False)
class RoomKindAssumed(DomainError):
    """The name of a room says nothing about what it serves, so it was taken as another room."""

    name: str


@dataclass(eq=False)
class RoomNotInUse(DomainError):
    """The room was given up already, or is to be given up before its first day."""

    field: ClassVar[str] = "on"
    name: str


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
    """An item counts as met only with something that shows it."""

    item: str

    @property
    def field(self) -> str:  # type: ignore[override]
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
