from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from wushe.accounts.models import User
from wushe.audit.actions import record
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired, NotFound
from wushe.kernel.workdays import end_of_day
from wushe.policies.queries import policy_for
from wushe.stations.actions.life import lock_open_station
from wushe.stations.errors import AreaNotPositive, OpeningInFuture, RoomBooked, RoomNameTaken, RoomNotInUse
from wushe.stations.models import Booking, Room, Station
from wushe.stations.permissions import Permission


@dataclass(frozen=True, slots=True)
class NewRoom:
    """A room by what it serves (codes of the pack's list `room_kinds`) and its name on the door."""

    kinds: tuple[str, ...]
    name: str
    used_from: date
    area_m2: Decimal | None = None


@transaction.atomic
def add_room(*, station: Station, draft: NewRoom, by: User, at: datetime) -> Room:
    """Enter a room of a station.

    Refuses: NotPermitted, StationClosed, FieldRequired, UnknownCode, AreaNotPositive, OpeningInFuture, RoomNameTaken.
    Effects: a Room; an audit entry.
    Policy: the code list `room_kinds`, which says what is open to residents and groups.
    """
    station = lock_open_station(Permission.ADD_ROOM, station, by, at)
    on, name = local_date(at), draft.name.strip()
    if not name:
        raise FieldRequired(name="name")
    if not draft.kinds:
        raise FieldRequired(name="kinds")
    policy = policy_for(station.region, on)
    kinds = [policy.code("room_kinds", kind) for kind in dict.fromkeys(draft.kinds)]
    if draft.area_m2 is not None and draft.area_m2 <= 0:
        raise AreaNotPositive
    if draft.used_from > on:
        raise OpeningInFuture(opened_on=draft.used_from)
    if station.rooms.filter(name=name, used_until__isnull=True).exists():
        raise RoomNameTaken(name=name)
    room = Room.objects.create(
        station=station,
        kinds=[kind.code for kind in kinds],
        name=name,
        is_open=any(kind.extra.get("open") for kind in kinds),
        area_m2=draft.area_m2,
        used_from=draft.used_from,
    )
    _record(Permission.ADD_ROOM, station, room, by, at)
    return room


@transaction.atomic
def give_up_room(*, station: Station, room_id: int, on: date, by: User, at: datetime) -> Room:
    """Let a room be used no more; `on` is the first day without it.

    Refuses: NotPermitted, StationClosed, NotFound, RoomNotInUse, RoomBooked.
    Effects: the Room's last day; an audit entry.
    """
    station = lock_open_station(Permission.GIVE_UP_ROOM, station, by, at)
    room = station.rooms.filter(pk=room_id).first()
    if room is None:
        raise NotFound(kind="room", number=str(room_id))
    if room.used_until is not None or not room.used_from < on <= local_date(at):
        raise RoomNotInUse(name=room.name)
    _refuse_booked(room, on)
    room.used_until = on
    room.save(update_fields=["used_until"])
    _record(Permission.GIVE_UP_ROOM, station, room, by, at)
    return room


def _refuse_booked(room: Room, on: date) -> None:
    """Whoever has the room on the day or later is told by who answers for it, not at the door. To which nobody came does not count."""
    booked = Booking.objects.standing().filter(room=room, ends_at__gt=end_of_day(on - timedelta(days=1))).exclude(minutes=0)
    last = booked.order_by("ends_at").last()
    if last is not None:
        raise RoomBooked(name=room.name, bookings=booked.count(), last_on=local_date(last.starts_at))


def _record(verb: Permission, station: Station, room: Room, by: User, at: datetime) -> None:
    data = {"room": room.name, "kinds": room.kinds}
    record(by=by, at=at, verb=verb, subject=("station", station.number), name=station.name, data=data)
