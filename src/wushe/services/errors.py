from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wushe.kernel.errors import DomainError


@dataclass(eq=False)
class StationElsewhere(DomainError):
    """The station does not serve the project's town."""

    field: ClassVar[str] = "station"
    station: str


@dataclass(eq=False)
class WorkerMismatch(DomainError):
    """The chosen person of the register is not the one who was named; `reason` is elsewhere, name or certificate."""

    field: ClassVar[str] = "worker"
    worker: str
    reason: str


@dataclass(eq=False)
class EntryInFuture(DomainError):
    """An entry is recorded when it has taken place."""

    field: ClassVar[str] = "entered_on"
    day: date


@dataclass(eq=False)
class RoomEndsTooEarly(DomainError):
    """A room is free from the entry on, at least for a day."""

    field: ClassVar[str] = "room_until"
    entered_on: date


@dataclass(eq=False)
class RoomNotFree(DomainError):
    """Only what is given free of charge ends on a day; a rented room goes by its own contract."""


@dataclass(eq=False)
class NotInDelivery(DomainError):
    """Activities are recorded between the entry and the end of delivery."""

    state: str


@dataclass(eq=False)
class ActivityOutsidePeriod(DomainError):
    """The day lies outside the agreement's period or in the future."""

    field: ClassVar[str] = "held_on"
    day: date
    starts_on: date
    ends_on: date


@dataclass(eq=False)
class NobodyTookPart(DomainError):
    """An activity without a single person is none."""

    field: ClassVar[str] = "counted"


@dataclass(eq=False)
class ContributionEmpty(DomainError):
    """A society that put in neither people, hours nor value put in nothing; less than nothing is not possible."""

    field: ClassVar[str] = "contributions"
    name: str


@dataclass(eq=False)
class PersonTwice(DomainError):
    """The same person stands twice on the list of one activity."""

    field: ClassVar[str] = "persons"
    name: str


@dataclass(eq=False)
class PlaceElsewhere(DomainError):
    """The place lies outside the project's town."""

    field: ClassVar[str] = "region"
    place: str


@dataclass(eq=False)
class AlreadyVoid(DomainError):
    """The record was struck out before."""

    activity: str


@dataclass(eq=False)
class InvolvedAlready(DomainError):
    """One entry for the same person or organisation at a time."""

    field: ClassVar[str] = "name"
    name: str


@dataclass(eq=False)
class LeftAlready(DomainError):
    """The entry has its end."""

    until: date


@dataclass(eq=False)
class LeftBeforeJoining(DomainError):
    """Nobody leaves before they have joined."""

    field: ClassVar[str] = "until"
    since: date


@dataclass(eq=False)
class DayInFuture(DomainError):
    """Nobody joins or leaves on a day that has not come."""

    field: ClassVar[str] = "since"
    day: date
