from datetime import time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wushe.kernel.errors import NotFound
from wushe.stations import actions
from wushe.stations.actions import Hours
from wushe.stations.models import OpeningTime
from wushe.stations.permissions import Permission
from wushe.stations.queries import hours_of
from wushe.web.common.access import permission
from wushe.web.common.forms import Form, attempt
from wushe.web.common.weekdays import WEEKDAYS
from wushe.web.desk.stations.keeping import shown
from wushe.web.desk.stations.reading import visible_station
from wushe.web.desk.stations.working_forms import TimeInput


class HoursForm(Form):
    """From when until when on each day of the week; a day left empty is closed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in WEEKDAYS.items():
            self.fields[f"opens_{number}"] = forms.TimeField(label=_("%(day)s from") % {"day": name}, widget=TimeInput(), required=False)
            self.fields[f"closes_{number}"] = forms.TimeField(label=_("until"), widget=TimeInput(), required=False)

    def clean(self) -> dict[str, Any]:
        """Both hours of a day, or none."""
        given: dict[str, Any] = super().clean() or {}
        for number in WEEKDAYS:
            if (given.get(f"opens_{number}") is None) != (given.get(f"closes_{number}") is None):
                self.add_error(f"closes_{number}", _("Enter both hours, or none when it is closed."))
        return given

    def to_hours(self) -> tuple[Hours, ...]:
        """The days with hours."""
        found = ((number, self.cleaned_data[f"opens_{number}"], self.cleaned_data[f"closes_{number}"]) for number in WEEKDAYS)
        return tuple(Hours(number, opens, closes) for number, opens, closes in found if opens is not None)


def typed(times: list[OpeningTime]) -> dict[str, time]:
    """Hours as the form begins with them."""
    return {f"opens_{each.weekday}": each.opens for each in times} | {f"closes_{each.weekday}": each.closes for each in times}


@permission(Permission.SET_HOURS)
def set_hours(request: Any, number: str, room_id: int | None = None) -> HttpResponse:
    """Say when the station, or one of its rooms, is open."""
    station = visible_station(request, number)
    room = station.rooms.filter(pk=room_id).first() if room_id is not None else None
    if room_id is not None and room is None:
        raise NotFound(kind="room", number=str(room_id))
    times = list(room.opening_times.all()) if room is not None else hours_of(station)
    form = HoursForm(request.POST or None, initial=typed(times))
    if request.method == "POST" and form.is_valid():
        hours = form.to_hours()
        done = attempt(form, lambda: actions.set_hours(station=station, room_id=room_id, hours=hours, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The hours are set. Rooms can be booked within them only."))
            return redirect("desk:stations:bookings", number)
    title = _("Opening hours of “%(name)s”") % {"name": room.name if room is not None else station.name}
    return shown(request, form, station, title, _("Set the hours"))
