from datetime import time
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushe.kernel.errors import NotFound
from wushe.stations import actions
from wushe.stations.actions import Hours
from wushe.stations.models import OpeningTime
from wushe.stations.permissions import Permission
from wushe.stations.queries import hours_of
from wushe.web.common.access import permission
from wushe.web.common.forms import Form, attempt, typed
from wushe.web.common.weekdays import WEEKDAYS
from wushe.web.desk.stations.reading import visible_station
from wushe.web.desk.stations.working_forms import TimeInput

SPANS = (1, 2, 3)  # morning, afternoon, evening


class HoursForm(Form):
    """From when until when on each day of the week, before and after a break; a day left empty is closed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in WEEKDAYS.items():
            for span in SPANS:
                labels = {"day": name, "number": span}
                opens, closes = _("%(day)s from, time %(number)s") % labels, _("%(day)s until, time %(number)s") % labels
                self.fields[f"opens_{number}_{span}"] = forms.TimeField(label=opens, widget=TimeInput(), required=False)
                self.fields[f"closes_{number}_{span}"] = forms.TimeField(label=closes, widget=TimeInput(), required=False)

    def rows(self) -> list[dict[str, Any]]:
        """Days as rows, times as columns."""
        return [
            {"day": name, "spans": [(self[f"opens_{number}_{span}"], self[f"closes_{number}_{span}"]) for span in SPANS]}
            for number, name in WEEKDAYS.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Both hours of a time, or none."""
        given: dict[str, Any] = super().clean() or {}
        for number in WEEKDAYS:
            for span in SPANS:
                if (given.get(f"opens_{number}_{span}") is None) != (given.get(f"closes_{number}_{span}") is None):
                    self.add_error(f"closes_{number}_{span}", _("Enter both hours, or none when it is closed."))
        return given

    def to_hours(self) -> tuple[Hours, ...]:
        """The times that were entered."""
        data = self.cleaned_data
        found = ((number, data[f"opens_{number}_{span}"], data[f"closes_{number}_{span}"]) for number in WEEKDAYS for span in SPANS)
        return tuple(Hours(number, opens, closes) for number, opens, closes in found if opens is not None)


def beginning(times: list[OpeningTime]) -> dict[str, time]:
    """Hours as the form begins with them."""
    found: dict[str, time] = {}
    for number, spans in groupby(times, key=lambda each: each.weekday):
        for span, each in enumerate(spans, start=1):
            found |= {f"opens_{number}_{span}": each.opens, f"closes_{number}_{span}": each.closes}
    return found


@permission(Permission.SET_HOURS)
def set_hours(request: Any, number: str, room_id: int | None = None) -> HttpResponse:
    """Say when the station, or one of its rooms, is open."""
    station = visible_station(request, number)
    room = station.rooms.filter(pk=room_id).first() if room_id is not None else None
    if room_id is not None and room is None:
        raise NotFound(kind="room", number=str(room_id))
    times = list(room.opening_times.order_by("weekday", "opens")) if room is not None else hours_of(station)
    form = HoursForm(typed(request), initial=beginning(times))
    if request.method == "POST" and form.is_valid():
        hours = form.to_hours()
        done = attempt(form, lambda: actions.set_hours(station=station, room_id=room_id, hours=hours, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The hours are set. Rooms can be booked within them only."))
            return redirect("desk:stations:bookings", number)
    title = _("Opening hours of “%(name)s”") % {"name": room.name if room is not None else station.name}
    context = {"form": form, "station": station, "title": title}
    return render(request, "desk/stations/hours.html", context, status=422 if form.errors else 200)
