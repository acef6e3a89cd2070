from datetime import time
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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

# parts of the day, each with the hour at which the next one begins
PARTS = {1: gettext_lazy("Morning"), 2: gettext_lazy("Afternoon"), 3: gettext_lazy("Evening")}
NEXT_PART = ((1, time(12)), (2, time(18)))


class HoursForm(Form):
    """From when until when in each part of each day of the week; a day left empty is closed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in WEEKDAYS.items():
            for span, part in PARTS.items():
                labels = {"day": name, "part": part}
                opens, closes = _("%(day)s %(part)s, from") % labels, _("%(day)s %(part)s, until") % labels
                self.fields[f"opens_{number}_{span}"] = forms.TimeField(label=opens, widget=TimeInput(), required=False)
                self.fields[f"closes_{number}_{span}"] = forms.TimeField(label=closes, widget=TimeInput(), required=False)

    def parts(self) -> list[Any]:
        """The names of the columns."""
        return list(PARTS.values())

    def rows(self) -> list[dict[str, Any]]:
        """Days as rows, parts of the day as columns."""
        return [
            {
                "day": name,
                "spans": [(part, self[f"opens_{number}_{span}"], self[f"closes_{number}_{span}"]) for span, part in PARTS.items()],
            }
            for number, name in WEEKDAYS.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Both hours of a time, or none."""
        given: dict[str, Any] = super().clean() or {}
        for number in WEEKDAYS:
            for span in PARTS:
                if (given.get(f"opens_{number}_{span}") is None) != (given.get(f"closes_{number}_{span}") is None):
                    self.add_error(f"closes_{number}_{span}", _("Enter both hours, or none when it is closed."))
        return given

    def to_hours(self) -> tuple[Hours, ...]:
        """The times that were entered."""
        data = self.cleaned_data
        found = ((number, data[f"opens_{number}_{span}"], data[f"closes_{number}_{span}"]) for number in WEEKDAYS for span in PARTS)
        return tuple(Hours(number, opens, closes) for number, opens, closes in found if opens is not None)


def beginning(times: list[OpeningTime]) -> dict[str, time]:
    """Hours as the form begins with them, each in the part of the day in which it opens."""
    found: dict[str, time] = {}
    for number, grouped in groupby(times, key=lambda each: each.weekday):
        spans = list(grouped)
        for span, each in zip(_parts_of(spans), spans, strict=True):
            found |= {f"opens_{number}_{span}": each.opens, f"closes_{number}_{span}": each.closes}
    return found


def _parts_of(spans: list[OpeningTime]) -> list[int]:
    """The part of the day of each span; of two in the same part, one moves to where there is room, and none passes another."""
    parts: list[int] = []
    for each in spans:
        own = next((part for part, end in NEXT_PART if each.opens < end), max(PARTS))
        parts.append(max(own, parts[-1] + 1) if parts else own)
    latest = range(max(PARTS) - len(spans) + 1, max(PARTS) + 1)
    return [min(pair) for pair in zip(parts, latest, strict=True)]


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
