"""When a station or one of its rooms is open in the week."""

from dataclasses import dataclass
from datetime import datetime, time
from itertools import groupby, pairwise

from django.db import transaction

from wushe.accounts.models import User
from wushe.audit.actions import record
from wushe.kernel.errors import NotFound
from wushe.stations.actions.life import lock_open_station
from wushe.stations.errors import HoursOutOfOrder, HoursOverlap
from wushe.stations.models import OpeningTime, Station
from wushe.stations.permissions import Permission


@dataclass(frozen=True, slots=True)
class Hours:
    """Open on a day of the week (1 is Monday) from an hour to an hour; a day with a break at noon has two of them."""

    weekday: int
    opens: time
    closes: time


@transaction.atomic
def set_hours(*, station: Station, room_id: int | None, hours: tuple[Hours, ...], by: User, at: datetime) -> list[OpeningTime]:
    """Say when a station is open, or one of its rooms; days that are not named are closed. A room without hours keeps those of the station.

    Refuses: NotPermitted, StationClosed, NotFound, HoursOutOfOrder, HoursOverlap.
    Effects: the OpeningTimes of the station or of the room, all of them anew; audit. Bookings that stand stay.
    """
    station = lock_open_station(Permission.SET_HOURS, station, by, at)
    room = station.rooms.filter(pk=room_id).first() if room_id is not None else None
    if room_id is not None and room is None:
        raise NotFound(kind="room", number=str(room_id))
    week = sorted(hours, key=lambda each: (each.weekday, each.opens))
    for each in week:
        if each.closes <= each.opens:
            raise HoursOutOfOrder(weekday=each.weekday)
    for one, other in pairwise(week):
        # two that touch are one: a booking over both would lie in neither
        if one.weekday == other.weekday and other.opens <= one.closes:
            raise HoursOverlap(weekday=one.weekday)
    OpeningTime.objects.filter(station=station, room=room).delete()
    times = [OpeningTime(station=station, room=room, weekday=each.weekday, opens=each.opens, closes=each.closes) for each in week]
    OpeningTime.objects.bulk_create(times)
    days = groupby(week, key=lambda each: each.weekday)
    shown = {str(day): ", ".join(f"{each.opens:%H:%M}-{each.closes:%H:%M}" for each in spans) for day, spans in days}
    data = {"room": room.name if room else "", "hours": shown}
    record(by=by, at=at, verb=Permission.SET_HOURS, subject=("station", station.number), name=station.name, data=data)
    return times
