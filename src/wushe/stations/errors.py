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
