from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.accounts.queries import Scope, scope_of
from wushe.kernel.clock import local_date
from wushe.kernel.errors import NotFound
from wushe.regions.models import Region
from wushe.stations import actions
from wushe.stations.models import Booking, OpeningTime, Room
from wushe.stations.permissions import Permission
from wushe.stations.queries import (
    StationFilter,
    UseFilter,
    booking_by_number,
    bookings_at,
    bookings_of,
    hours_of,
    idle_since,
    rooms_by_use,
    stands_idle,
    stations_in,
    unnoted,
)
from wushe.web.common.access import asked_for, permission
from wushe.web.common.filters import Choice
from wushe.web.common.forms import attempt, typed
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.desk.stations.keeping import shown
from wushe.web.desk.stations.reading import visible_station
from wushe.web.desk.stations.working_forms import BookRoomForm, NoteUseForm, ReasonForm

PERIODS = {"30": gettext_lazy("30 days"), "90": gettext_lazy("90 days"), "365": gettext_lazy("12 months")}
USUAL = "90"
IDLE = "idle"
RECENT = timedelta(days=30)
SORTS = {
    "place": ("station__region__code", "name"),
    "use": ("hours_per_m2", "pk"),
    "hours": ("used_minutes", "pk"),
    "last": ("last_use", "pk"),
}
BOOKING_SORTS = {"time": ("-starts_at", "pk")}


@permission(Permission.VIEW_STATIONS)
def rooms(request: Any) -> HttpResponse:
    """The open rooms of my places: how much each is used for its size, and which stand idle."""
    scope = scope_of(request.user, Permission.VIEW_STATIONS, request.on)
    period = request.GET.get("days", USUAL)
    days = int(period if period in PERIODS else USUAL)
    since, only_idle = _idle_since(scope, request.on), request.GET.get("state") == IDLE
    text = request.GET.get("q", "").strip()
    chosen = UseFilter(text=text, days=days, idle_since=since if only_idle else None)
    listing = Listing(request, rooms_by_use(scope, chosen, request.on), SORTS)
    if listing.wants_table:
        return _export(listing, since)
    context = {
        "listing": listing,
        "rows": [(room, _hours(room), stands_idle(room, since)) for room in listing],
        "text": text,
        "since": since,
        "period": PERIODS[str(days)],
        "idle": rooms_by_use(scope, UseFilter(idle_since=since), request.on).count(),
        "choices": [
            Choice("days", _("Time span"), PERIODS.items(), str(days)),
            Choice("state", _("State"), [(IDLE, _("Idle"))], IDLE if only_idle else ""),
        ],
    }
    return render(request, "desk/stations/rooms.html", context)


def _export(listing: Listing, since: date) -> HttpResponse:
    header = [
        _("Station"), _("Place"), _("Room"), _("Size"), _("Bookings"), _("Hours of use"), _("Person-times"), _("Hours per m²"),
        _("Last use"), _("Idle"),
    ]  # fmt: skip

    def line(room: Any) -> list[Any]:
        per_m2 = None if room.hours_per_m2 is None else round(room.hours_per_m2, 2)
        last = local_date(room.last_use).isoformat() if room.last_use else ""
        idle = _("yes") if stands_idle(room, since) else _("no")
        station = room.station
        return [station.name, station.region, room.name, room.area_m2, room.booked, _hours(room), room.people, per_m2, last, idle]

    return table_response(listing, "rooms", header, listing.rows, line)


def _hours(room: Any) -> float | None:
    return None if room.used_minutes is None else round(room.used_minutes / 60, 2)


def _idle_since(scope: Scope, on: date) -> date:
    """By the policy that the reader's places share."""
    if scope.regions:
        return idle_since(scope.common_place, on)
    own = stations_in(scope, StationFilter(), on).first()
    return idle_since(own.region if own else Region.objects.order_by("level", "pk")[0], on)


@permission(Permission.VIEW_STATIONS)
def bookings(request: Any, number: str) -> HttpResponse:
    """Who has which room when, and what of the past is still to be noted."""
    station = visible_station(request, number)
    listing = Listing(request, bookings_at(station), BOOKING_SORTS)
    if listing.wants_table:
        return _export_bookings(listing, number)
    context = {
        "station": station,
        "listing": listing,
        "rooms": Room.objects.used(request.on)
        .filter(station=station, is_open=True)
        .order_by("name")
        .prefetch_related(Prefetch("opening_times", OpeningTime.objects.order_by("weekday", "opens"))),
        "hours": hours_of(station),
        "coming": bookings_of(station, request.at),
        "unnoted": unnoted(station, request.at),
        "noted": bookings_at(station).filter(noted_at__isnull=False, starts_at__gte=request.at - RECENT).order_by("-starts_at"),
    }
    return render(request, "desk/stations/bookings.html", context)


def _export_bookings(listing: Listing, number: str) -> HttpResponse:
    """All of the station, of any day: the page shows what is to be done."""
    header = [_("Number"), _("Room"), _("From"), _("Until"), _("Who uses it"), _("What for"), _("Minutes of use"), _("How many people")]

    def line(row: Booking) -> list[Any]:
        return [row.number, row.room.name, row.starts_at, row.ends_at, row.holder, row.purpose, row.minutes, row.persons]

    return table_response(listing, f"bookings-{number}", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), line)


@permission(Permission.VIEW_STATIONS)
def booking(request: Any, booking: str) -> HttpResponse:
    """Where the audit leads: the bookings of its station."""
    return redirect("desk:stations:bookings", _visible(request, booking).room.station.number)


@permission(Permission.BOOK_ROOM)
def book_room(request: Any, number: str, room_id: int) -> HttpResponse:
    """Keep a room for somebody."""
    station = visible_station(request, number)
    room = station.rooms.filter(pk=room_id).first()
    if room is None:
        raise NotFound(kind="room", number=str(room_id))
    form = BookRoomForm(typed(request), initial={"day": request.on})
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: actions.book_room(station=station, room_id=room_id, draft=form.to_draft(), by=request.user, at=request.at),
        )
        if done is not None:
            messages.success(request, _("The room is booked."))
            return redirect("desk:stations:bookings", number)
    return shown(request, form, station, _("Book the room “%(name)s”") % {"name": room.name}, _("Book the room"))


@permission(Permission.CANCEL_BOOKING)
def cancel_booking(request: Any, booking: str) -> HttpResponse:
    """Give a booked time free."""
    found = _visible(request, booking)
    form = ReasonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(form, lambda: actions.cancel_booking(number=booking, reason=reason, by=request.user, at=request.at))
        if done is not None:
            return redirect("desk:stations:bookings", found.room.station.number)
    return shown(request, form, found.room.station, _("Cancel the booking"), _("Cancel the booking"), final=True)


@permission(Permission.NOTE_USE)
def note_use(request: Any, booking: str) -> HttpResponse:
    """Note what became of a booking."""
    found = _visible(request, booking)
    form = NoteUseForm(typed(request), booking=found)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(form, lambda: actions.note_use(number=booking, by=request.user, at=request.at, **given))
        if done is not None:
            return redirect("desk:stations:bookings", found.room.station.number)
    title = _("Use of “%(name)s” by %(holder)s") % {"name": found.room.name, "holder": found.holder}
    return shown(request, form, found.room.station, title, _("Note the use"))


def _visible(request: Any, number: str) -> Booking:
    found = booking_by_number(number)
    with asked_for("booking", number):
        found.room.station = visible_station(request, found.room.station.number)
    return found
