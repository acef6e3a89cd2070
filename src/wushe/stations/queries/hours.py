"""When stations and their rooms are open."""

from collections.abc import Sequence
from datetime import datetime

from wushe.kernel.clock import POLICY_ZONE
from wushe.stations.models import OpeningTime, Room, Station


def hours_of(station: Station) -> list[OpeningTime]:
    """The hours of the station itself, Monday first; empty while nobody entered them."""
    return list(station.opening_times.filter(room__isnull=True).order_by("weekday", "opens"))


def hours_of_room(room: Room) -> list[OpeningTime]:
    """The hours of the room, or those of its station where it has none of its own."""
    return list(room.opening_times.order_by("weekday", "opens")) or hours_of(room.station)


def closed_at(hours: Sequence[OpeningTime], starts_at: datetime, ends_at: datetime) -> tuple[bool, list[OpeningTime]]:
    """Whether a time lies outside the hours, and the hours of its day (none: closed). Without any hours nothing is known, and nothing outside."""
    start, end = starts_at.astimezone(POLICY_ZONE), ends_at.astimezone(POLICY_ZONE)
    own = [each for each in hours if each.weekday == start.isoweekday()]
    inside = start.date() == end.date() and any(each.opens <= start.time() and end.time() <= each.closes for each in own)
    return bool(hours) and not inside, own
