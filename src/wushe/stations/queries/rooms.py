"""How rooms are used: who has them when, how long they really were used, and which stand idle."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, ExpressionWrapper, F, FloatField, Max, Q, QuerySet, Sum

from wushe.accounts.queries import Scope
from wushe.kernel.clock import local_date
from wushe.kernel.errors import NotFound
from wushe.kernel.workdays import end_of_day
from wushe.policies.queries import policy_where
from wushe.regions.models import Region
from wushe.stations.models import Booking, Room, Station

IDLE_DAYS = "rooms.idle_days"
MINUTES = 60.0


@dataclass(frozen=True, slots=True)
class UseFilter:
    """Which rooms, and over how many days back; `idle_since`: only those without use from that day on."""

    text: str = ""
    days: int = 90
    idle_since: date | None = None


def idle_since(place: Region, on: date) -> date:
    """A room that was not used from this day on stands idle, by the policy of the place."""
    return on - timedelta(days=int(policy_where([place], on).require(IDLE_DAYS).value))


def rooms_by_use(scope: Scope, chosen: UseFilter, on: date) -> QuerySet[Room]:
    """The open rooms of the scope, each with `bookings`, `used_minutes`, `people`, `last_use` and `hours_per_m2` (None: size or use not known)."""
    rooms: QuerySet[Room] = Room.objects.used(on).filter(scope.where("station__region", "station__body"), is_open=True)
    rooms = rooms.filter(station__closed_on__isnull=True)
    if chosen.text:
        rooms = rooms.filter(Q(name__contains=chosen.text) | Q(station__name__contains=chosen.text))
    start = end_of_day(on - timedelta(days=chosen.days))
    recent = Q(bookings__cancelled_at__isnull=True, bookings__starts_at__gt=start, bookings__starts_at__lte=end_of_day(on))
    used = Q(bookings__minutes__gt=0)
    rooms = rooms.annotate(
        booked=Count("bookings", filter=recent),
        used_minutes=Sum("bookings__minutes", filter=recent & used),
        people=Sum("bookings__persons", filter=recent & used),
        last_use=Max("bookings__starts_at", filter=used & Q(bookings__starts_at__lte=end_of_day(on))),
    ).annotate(
        hours_per_m2=ExpressionWrapper(F("used_minutes") / MINUTES / F("area_m2"), output_field=FloatField()),
    )
    if chosen.idle_since is not None:
        unused = Q(last_use__isnull=True) | Q(last_use__lt=end_of_day(chosen.idle_since - timedelta(days=1)))
        rooms = rooms.filter(unused, used_from__lt=chosen.idle_since)
    return rooms.select_related("station__region")


def stands_idle(room: Any, since: date) -> bool:
    """Whether a room of `rooms_by_use` was in use neither on that day nor later, although it was there before."""
    return room.used_from < since and (room.last_use is None or local_date(room.last_use) < since)


def hours_of_use(stations: list[int], first: date, on: date) -> dict[int, Decimal]:
    """Hours of real use of all rooms in the days, by station; stations without noted use are missing."""
    rows = Booking.objects.standing().between(end_of_day(first - timedelta(days=1)), end_of_day(on))
    rows = rows.filter(room__station__in=stations, minutes__isnull=False)
    sums = rows.order_by().values_list("room__station").annotate(total=Sum("minutes"))
    return {station: Decimal(total) / 60 for station, total in sums}


def bookings_at(station: Station) -> QuerySet[Booking]:
    """Every booking of a station's rooms; cancelled ones are left out."""
    return Booking.objects.standing().filter(room__station=station).select_related("room")


def bookings_of(station: Station, since: datetime) -> QuerySet[Booking]:
    """The bookings of a station's rooms that end after a moment, the next first; cancelled ones are left out."""
    return bookings_at(station).filter(ends_at__gt=since).select_related("room", "booked_by").order_by("starts_at", "room")


def unnoted(station: Station, at: datetime) -> QuerySet[Booking]:
    """The bookings that are over and of which nobody said what became of them."""
    return bookings_at(station).filter(ends_at__lte=at, noted_at__isnull=True).order_by("starts_at")


def booking_by_number(number: str) -> Booking:
    """A booking with its room and station. Raises NotFound."""
    found = Booking.objects.select_related("room__station__region").filter(number=number).first()
    if found is None:
        raise NotFound(kind="booking", number=number)
    return found
