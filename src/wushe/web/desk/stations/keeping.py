from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushe.accounts.queries import scope_of
from wushe.kernel.errors import NotFound
from wushe.policies.queries import policy_for
from wushe.stations import actions
from wushe.stations.models import CheckKind, Station
from wushe.stations.permissions import Permission
from wushe.stations.queries import area_origin
from wushe.web.common.access import permission
from wushe.web.common.forms import Form, attempt, typed
from wushe.web.desk.stations.forms import AddRoomForm, CloseStationForm, GiveUpRoomForm, OpenStationForm, ProfileForm
from wushe.web.desk.stations.reading import visible_station


@permission(Permission.OPEN_STATION)
def open_station(request: Any) -> HttpResponse:
    """Enter a station that has opened."""
    scope = scope_of(request.user, Permission.OPEN_STATION, request.on)
    form = OpenStationForm(typed(request), scope=scope, initial={"region": request.GET.get("place", "")})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.open_station(draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The station is in the register. Enter its rooms, and let it check itself against the standard."))
            return redirect("desk:stations:detail", done.number)
    return shown(request, form, None, _("Enter a station"), _("Put it on the register"))


@permission(Permission.UPDATE_STATION)
def update_station(request: Any, number: str) -> HttpResponse:
    """Correct what is known of a station."""
    station = visible_station(request, number)
    initial = {"name": station.name, "area_m2": station.area_m2, "address": station.address, "opening_hours": station.opening_hours}
    origin = area_origin(station, request.on)
    is_inspected = origin is not None and origin.look.kind == CheckKind.INSPECTION
    form = ProfileForm(typed(request), initial=initial, inspected_on=origin.look.checked_on if origin and is_inspected else None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.update_station(station=station, profile=form.to_profile(), by=request.user, at=request.at))
        if done is not None:
            return redirect("desk:stations:detail", number)
    return shown(request, form, station, _("Correct the station"), _("Save"))


@permission(Permission.CLOSE_STATION)
def close_station(request: Any, number: str) -> HttpResponse:
    """Let a station end."""
    station = visible_station(request, number)
    form = CloseStationForm(typed(request), initial={"closed_on": request.on})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(form, lambda: actions.close_station(station=station, by=request.user, at=request.at, **given))
        if done is not None:
            messages.success(request, _("The station is closed. What was done there stays."))
            return redirect("desk:stations:detail", number)
    return shown(request, form, station, _("Close the station"), _("Close the station"), final=True)


@permission(Permission.ADD_ROOM)
def add_room(request: Any, number: str) -> HttpResponse:
    """Enter a room."""
    station = visible_station(request, number)
    kinds = policy_for(station.region, request.on).codes("room_kinds")
    form = AddRoomForm(typed(request), kinds=kinds, on=request.on)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.add_room(station=station, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            return redirect("desk:stations:detail", number)
    return shown(request, form, station, _("Enter a room"), _("Enter the room"))


@permission(Permission.GIVE_UP_ROOM)
def give_up_room(request: Any, number: str, room_id: int) -> HttpResponse:
    """Let a room be used no more."""
    station = visible_station(request, number)
    room = station.rooms.filter(pk=room_id).first()
    if room is None:
        raise NotFound(kind="room", number=str(room_id))
    form = GiveUpRoomForm(typed(request), initial={"on": request.on})
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        done = attempt(form, lambda: actions.give_up_room(station=station, room_id=room_id, on=on, by=request.user, at=request.at))
        if done is not None:
            return redirect("desk:stations:detail", number)
    title = _("Give up the room “%(name)s”") % {"name": room.name}
    return shown(request, form, station, title, _("Give up the room"), final=True)


def shown(
    request: Any,
    form: Form,
    station: Station | None,
    title: str,
    submit: str,
    *,
    final: bool = False,
    with_files: bool = False,
    instead: tuple[str, str] | None = None,
    facts: Sequence[tuple[Any, Any]] = (),
) -> HttpResponse:
    """The one page of all plain forms of a station. `instead`: address and name of another step that the same to-do may mean. `facts`: how it stands now."""
    context = {
        "form": form,
        "station": station,
        "title": title,
        "submit": submit,
        "is_final": final,
        "with_files": with_files,
        "instead": instead,
        "facts": facts,
    }
    return render(request, "desk/stations/form.html", context, status=422 if form.errors else 200)
