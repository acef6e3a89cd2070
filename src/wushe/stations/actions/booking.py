"""Rooms are booked for residents and groups, and what became of it is noted."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.kernel import numbers
from wushe.kernel.clock import POLICY_ZONE, local_date
from wushe.kernel.errors import FieldRequired, NotFound
from wushe.stations.actions.life import lock_open_station
from wushe.stations.errors import (
    BookingCancelled,
    BookingOutOfOrder,
    OutsideHours,
    RoomNotOpen,
    RoomNotThere,
    RoomTaken,
    UseBeforeStart,
    UseIncomplete,
    UseNoted,
)
from wushe.stations.models import Booking, Room, Station
from wushe.stations.permissions import Permission
from wushe.stations.queries import closed_at, hours_of_room

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class BookingDraft:
    """Who has the room for what, from when to when, and in how many weeks running."""

    holder: str
    purpose: str
    starts_at: datetime
    ends_at: datetime
    weeks: int = 1


@transaction.atomic
def book_room(*, station: Station, room_id: int, draft: BookingDraft, by: User, at: datetime) -> list[Booking]:
    """Keep a room for somebody, at the same hour of one or of several weeks: all of them, or none.

    Refuses: NotPermitted, StationClosed, NotFound, RoomNotOpen, FieldRequired, BookingOutOfOrder, RoomNotThere,
    OutsideHours, RoomTaken.
    Effects: a Booking a week; audit. Use without a booking is entered afterwards in the same way.
    """
    station = lock_open_station(Permission.BOOK_ROOM, station, by, at)
    room = _open_room(station, room_id)
    for name in ("holder", "purpose"):
        if not getattr(draft, name).strip():
            raise FieldRequired(name=name)
    if draft.ends_at <= draft.starts_at or draft.weeks < 1:
        raise BookingOutOfOrder
    drawn = numbers.draw_many("booking", place=station.region.county_code, on=local_date(at), count=draft.weeks)
    bookings = [
        Booking(
            number=number,
            room=room,
            starts_at=draft.starts_at + week * WEEK,
            ends_at=draft.ends_at + week * WEEK,
            holder=draft.holder.strip(),
            purpose=draft.purpose.strip(),
            booked_by=by,
            booked_at=at,
        )
        for week, number in enumerate(drawn)
    ]
    hours = hours_of_room(room)
    for booking in bookings:
        _refuse_days(room, booking)
        outside, own = closed_at(hours, booking.starts_at, booking.ends_at)
        if outside:
            weekday = booking.starts_at.astimezone(POLICY_ZONE).isoweekday()
            raise OutsideHours(name=room.name, weekday=weekday, spans=tuple((each.opens, each.closes) for each in own))
    _keep(room, bookings)
    for booking in bookings:
        _record(Permission.BOOK_ROOM, booking, station, by, at, starts_at=booking.starts_at.isoformat())
    return bookings


@transaction.atomic
def cancel_booking(*, number: str, reason: str, by: User, at: datetime) -> Booking:
    """Give a booked time free.

    Refuses: NotPermitted, StationClosed, NotFound, BookingCancelled, UseNoted, FieldRequired.
    Effects: the Booking's end; audit.
    """
    booking, station = _lock(Permission.CANCEL_BOOKING, number, by, at)
    if booking.noted_at is not None:
        raise UseNoted(number=number)
    if not reason.strip():
        raise FieldRequired(name="reason")
    booking.cancelled_at, booking.reason = at, reason.strip()
    booking.save(update_fields=["cancelled_at", "reason"])
    _record(Permission.CANCEL_BOOKING, booking, station, by, at)
    return booking


@transaction.atomic
def note_use(*, number: str, minutes: int, persons: int, by: User, at: datetime) -> Booking:
    """Note how long a booked room was really used and by how many; nought of both when nobody came. Noted again, it is corrected.

    Refuses: NotPermitted, StationClosed, NotFound, BookingCancelled, UseBeforeStart, UseIncomplete.
    Effects: the Booking's use; audit.
    """
    booking, station = _lock(Permission.NOTE_USE, number, by, at)
    if at < booking.starts_at:
        raise UseBeforeStart(starts_at=booking.starts_at)
    if (minutes == 0) != (persons == 0):
        raise UseIncomplete
    booking.minutes, booking.persons, booking.noted_at = minutes, persons, at
    booking.save(update_fields=["minutes", "persons", "noted_at"])
    _record(Permission.NOTE_USE, booking, station, by, at, minutes=minutes, persons=persons)
    return booking


def _open_room(station: Station, room_id: int) -> Room:
    room = station.rooms.filter(pk=room_id).first()
    if room is None:
        raise NotFound(kind="room", number=str(room_id))
    if not room.is_open:
        raise RoomNotOpen(name=room.name)
    return room


def _refuse_days(room: Room, booking: Booking) -> None:
    first, last = local_date(booking.starts_at), local_date(booking.ends_at)
    if first < room.used_from or (room.used_until is not None and last >= room.used_until):
        raise RoomNotThere(name=room.name, used_from=room.used_from, used_until=room.used_until)


def _keep(room: Room, bookings: list[Booking]) -> None:
    try:
        with transaction.atomic():
            Booking.objects.bulk_create(bookings)
    except IntegrityError as error:
        if "stations_room_for_one_at_a_time" not in str(error):
            raise
        standing = Booking.objects.standing().filter(room=room).order_by("starts_at")
        for booking in bookings:
            taken = standing.filter(starts_at__lt=booking.ends_at, ends_at__gt=booking.starts_at).first()
            if taken is not None:
                raise RoomTaken(holder=taken.holder, starts_at=taken.starts_at, ends_at=taken.ends_at) from error
        # longer than a week, a series meets itself
        raise BookingOutOfOrder from error


def _lock(step: Permission, number: str, by: User, at: datetime) -> tuple[Booking, Station]:
    booking = Booking.objects.select_related("room__station__region").filter(number=number).first()
    if booking is None:
        raise NotFound(kind="booking", number=number)
    station = booking.room.station
    require(by, step, local_date(at), region=station.region, body_id=station.body_id)
    station = lock_open_station(step, station, by, at)
    booking.refresh_from_db(fields=["cancelled_at", "noted_at"])
    if booking.cancelled_at is not None:
        raise BookingCancelled(number=number)
    return booking, station


def _record(verb: Permission, booking: Booking, station: Station, by: User, at: datetime, **more: object) -> None:
    data = {"station": station.number, "room": booking.room.name, **more}
    record(by=by, at=at, verb=verb, subject=("booking", booking.number), name=station.name, data=data)
