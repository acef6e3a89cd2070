"""Refusals about rooms, their bookings and hours."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import ClassVar

from wushe.kernel.errors import DomainError


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
class RoomNotOpen(DomainError):
    """Nothing that the room serves is for residents and groups."""

    name: str


@dataclass(eq=False)
class RoomTaken(DomainError):
    """Somebody else has the room at this time."""

    field: ClassVar[str] = "starts"
    holder: str
    starts_at: datetime
    ends_at: datetime


@dataclass(eq=False)
class BookingOutOfOrder(DomainError):
    """A booking ends after it has begun."""

    field: ClassVar[str] = "ends"


@dataclass(eq=False)
class BookingCancelled(DomainError):
    """The booking was cancelled."""

    number: str


@dataclass(eq=False)
class UseNoted(DomainError):
    """The use of the room is noted: the booking took place, or nobody came."""

    number: str


@dataclass(eq=False)
class UseBeforeStart(DomainError):
    """What became of a booking is known once it has begun."""

    starts_at: datetime


@dataclass(eq=False)
class UseIncomplete(DomainError):
    """Time and people belong together: both, or neither when nobody came."""

    field: ClassVar[str] = "persons"


@dataclass(eq=False)
class RoomBooked(DomainError):
    """Somebody has the room on the day from which on it is not there, or later."""

    field: ClassVar[str] = "on"
    name: str
    bookings: int
    last_on: date


@dataclass(eq=False)
class RoomNotThere(DomainError):
    """A room is booked for the days on which it is in use: half-open, without an end where none is set."""

    field: ClassVar[str] = "day"
    name: str
    used_from: date
    used_until: date | None


@dataclass(eq=False)
class HoursOutOfOrder(DomainError):
    """A station closes after it opens."""

    weekday: int


@dataclass(eq=False)
class HoursOverlap(DomainError):
    """The spans of a day lie apart."""

    weekday: int


@dataclass(eq=False)
class OutsideHours(DomainError):
    """The room is not open at this time; without hours it is closed on the day."""

    field: ClassVar[str] = "starts"
    name: str
    weekday: int
    spans: tuple[tuple[time, time], ...]
