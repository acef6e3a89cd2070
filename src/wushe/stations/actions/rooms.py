from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from wushe.accounts.models import User
from wushe.audit.actions import record
from wushe.kernel.errors import FieldRequired
from wushe.stations.actions.life import lock_open_station
from wushe.stations.errors import AreaNotPositive, RoomNameTaken
from wushe.stations.models import Room, Station
from wushe.stations.permissions import Permission


@dataclass(frozen=True, slots=True)
class NewRoom:
    """A room by its kind (a code of the pack's list `room_kinds`) and its name on the door."""

    kind: str
    name: str
    area_m2: Decimal | None = None


@transaction.atomic
def add_room(*, station: Station, draft: NewRoom, by: User, at: datetime) -> Room:
    """Enter a room of a station.

    Refuses: NotPermitted, StationClosed, FieldRequired, AreaNotPositive, RoomNameTaken.
    Effects: a Room; an audit entry.
    """
    station = lock_open_station(Permission.ADD_ROOM, station, by, at)
    for name in ("kind", "name"):
        if not getattr(draft, name).strip():
            raise FieldRequired(name=name)
    if draft.area_m2 is not None and draft.area_m2 <= 0:
        raise AreaNotPositive
    if station.rooms.filter(name=draft.name).exists():
        raise RoomNameTaken(name=draft.name)
    room = Room.objects.create(station=station, kind=draft.kind, name=draft.name, area_m2=draft.area_m2)
    record(
        by=by,
        at=at,
        verb=Permission.ADD_ROOM,
        subject=("station", station.number),
        name=station.name,
        data={"kind": draft.kind, "room": draft.name},
    )
    return room
