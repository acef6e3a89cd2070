"""When stations and their rooms are open."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, QuerySet
from django.db.models.functions import JSONObject

from wushe.kernel.clock import POLICY_ZONE
from wushe.stations.models import OpeningTime, Room, Station


def with_hours(stations: QuerySet[Station]) -> QuerySet[Station]:
    """Each station with its own hours as `week`, Monday first, in one more query for all of them."""
    own = OpeningTime.objects.filter(room__isnull=True).order_by("weekday", "opens")
    return stations.prefetch_related(Prefetch("opening_times", queryset=own, to_attr="week"))


def with_hours_as_data(stations: QuerySet[Station]) -> QuerySet[Station, Any]:
    """Each station with its own hours as `hours`, for programs: weekday, opens and closes, Monday first."""
    own = OpeningTime.objects.filter(station=OuterRef("pk"), room__isnull=True).order_by("weekday", "opens")
    return stations.annotate(hours=ArraySubquery(own.values(span=JSONObject(weekday="weekday", opens="opens", closes="closes"))))


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
