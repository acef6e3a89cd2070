"""Refusals about stations: entering, changing, closing them, and where they stand among others."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
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
class AreaInspected(DomainError):
    """The floor space was measured at an inspection; what the station says of itself does not change it."""

    field: ClassVar[str] = "area_m2"
    area_m2: Decimal
    inspected_on: date


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
class StationBusy(DomainError):
    """Remedies and commitments of the station are open, or organisations have its offices. The numbers of the first two, the names of the last."""

    remedies: tuple[str, ...]
    commitments: tuple[str, ...]
    offices: tuple[str, ...]


@dataclass(eq=False)
class NoHost(DomainError):
    """A station is housed in another open one that is not housed itself, and houses none when it is."""

    field: ClassVar[str] = "housed_in"
    name: str


@dataclass(eq=False)
class NotAbove(DomainError):
    """A station is guided by an open one of a higher level and the same kind."""

    field: ClassVar[str] = "above"
    name: str


@dataclass(eq=False)
class TieOutOfTime(DomainError):
    """A new guide begins after the last one began, and not on a day to come."""

    field: ClassVar[str] = "since"
    since: date
