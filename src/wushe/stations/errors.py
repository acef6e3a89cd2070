from dataclasses import dataclass
from datetime import date, datetime, time
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


@dataclass(eq=False)
class NotADuty(DomainError):
    """The policy gives the station no such duty for the month."""

    field: ClassVar[str] = "done_on"
    duty: str


@dataclass(eq=False)
class DutyRecorded(DomainError):
    """The duty is recorded for the month already."""

    field: ClassVar[str] = "done_on"
    done_on: date


@dataclass(eq=False)
class DutyOutOfTime(DomainError):
    """A duty is done while the station is open, in the year or after it, and not on a day to come."""

    field: ClassVar[str] = "done_on"
    earliest: date
    done_on: date


@dataclass(eq=False)
class DutyNotShown(DomainError):
    """A duty counts as done only with something that shows it."""

    field: ClassVar[str] = "words"


@dataclass(eq=False)
class DutyWithdrawn(DomainError):
    """The record was withdrawn already."""

    duty: str


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
class AssetOutOfTime(DomainError):
    """Things are received on a day that has come, and go after that."""

    field: ClassVar[str] = "on"
    on: date


@dataclass(eq=False)
class AssetGone(DomainError):
    """The things were written off."""

    number: str


@dataclass(eq=False)
class CommitmentOutOfTime(DomainError):
    """A commitment is made by today, due and delivered no earlier than that, and delivered by today. `name`: which day it is."""

    name: str
    day: date

    @property
    def field(self) -> str:  # type: ignore[override]  # each day has its own field
        """The day's own."""
        return self.name


@dataclass(eq=False)
class CommitmentEnded(DomainError):
    """The commitment was delivered or withdrawn."""

    number: str


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


@dataclass(eq=False)
class OfficeTaken(DomainError):
    """An organisation has the office on these days."""

    name: str


@dataclass(eq=False)
class OfficeFree(DomainError):
    """Nobody has the office."""

    name: str


@dataclass(eq=False)
class OfficeWithdrawn(DomainError):
    """The office is offered no more."""

    withdrawn_on: date


@dataclass(eq=False)
class OfficeOutOfTime(DomainError):
    """Offices are offered, let and vacated one after the other, and on no day to come. `name`: which day it is."""

    name: str
    day: date

    @property
    def field(self) -> str:  # type: ignore[override]  # each day has its own field
        """The day's own."""
        return self.name


@dataclass(eq=False)
class OfficeAgreedTooShort(DomainError):
    """The agreement would be over before the organisation has the office."""

    field: ClassVar[str] = "agreed_until"
    since: date


@dataclass(eq=False)
class OfficeNotLonger(DomainError):
    """An agreement is extended to a later day than the one agreed so far."""

    field: ClassVar[str] = "agreed_until"
    agreed_until: date


@dataclass(eq=False)
class NoTenant(DomainError):
    """Free offices are for registered organisations that work here: agencies, federations, hubs and community organisations."""

    field: ClassVar[str] = "organisation"
    name: str


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
