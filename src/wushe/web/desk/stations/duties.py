from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushe.accounts.queries import scope_of
from wushe.kernel.errors import NotFound
from wushe.policies.queries import Duty, Origin, policy_for
from wushe.stations import actions
from wushe.stations.actions import DutyDraft
from wushe.stations.errors import NotADuty
from wushe.stations.models import Station, StationLevel
from wushe.stations.permissions import Permission
from wushe.stations.queries import (
    DutyTally,
    Slot,
    StationFilter,
    duties_of,
    duty_section,
    free_slot,
    slots_in,
    slots_of,
    stations_in,
    tally_of,
)
from wushe.web.common.access import permission, require_open
from wushe.web.common.asked import year_asked
from wushe.web.common.filters import Choice
from wushe.web.common.forms import attempt, typed
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.common.templatetags.wushe import label
from wushe.web.desk.stations.forms import evidence
from wushe.web.desk.stations.keeping import shown
from wushe.web.desk.stations.reading import LEVELS, SORTS, filter_of, visible_station
from wushe.web.desk.stations.working_forms import ReasonForm, RecordDutyForm

YEARS_BACK = 3


# a station, each duty with how it stands there (None: not its duty), and all of them together
MatrixRow = tuple[Station, list[tuple[Duty, DutyTally | None]], DutyTally]


@dataclass(frozen=True, slots=True)
class DutyYear:
    """A duty through the months in which something is due: one cell a month, empty where this one is not."""

    duty: Duty
    months: tuple[Slot | None, ...]


@permission(Permission.VIEW_STATIONS)
def duties(request: Any) -> HttpResponse:
    """The duties of all stations of a level in a year: one row a station, one column a duty."""
    scope = scope_of(request.user, Permission.VIEW_STATIONS, request.on)
    chosen, year = filter_of(request), _year(request)
    chosen = StationFilter(chosen.text, chosen.region, "", chosen.level or StationLevel.TOWN)
    listing = Listing(request, stations_in(scope, chosen, request.on), {name: SORTS[name] for name in ("place", "name")})
    if listing.wants_table:
        return _export(listing, request, year)
    rows, columns = _matrix(list(listing), year, request.on)
    context = {
        "listing": listing,
        "rows": rows,
        "columns": columns,
        "year": year,
        "level": LEVELS[StationLevel(chosen.level)],
        "chosen": chosen,
        "choices": [
            Choice("level", _("Level"), LEVELS.items(), str(chosen.level)),
            Choice("year", _("Year"), [(each, each) for each in _years(request.on)], str(year)),
        ],
    }
    return render(request, "desk/stations/duties.html", context)


def _matrix(stations: list[Station], year: int, on: date) -> tuple[list[MatrixRow], list[Duty]]:
    found = slots_of(stations, *_days(year), on)
    columns: dict[str, Duty] = {slot.duty.code: slot.duty for station in stations for slot in found[station.pk]}
    rows = []
    for station in stations:
        by_duty = {code: [slot for slot in found[station.pk] if slot.duty.code == code] for code in columns}
        cells = [(columns[code], tally_of(slots) if slots else None) for code, slots in by_duty.items()]
        rows.append((station, cells, tally_of(found[station.pk])))
    return rows, list(columns.values())


def _export(listing: Listing, request: Any, year: int) -> HttpResponse:
    rows, columns = _matrix(list(listing.rows.iterator(chunk_size=EXPORT_CHUNK)), year, request.on)
    header = [_("Number"), _("Name"), _("Place"), *(label(duty) for duty in columns), _("Due so far"), _("Done"), _("Not done")]

    def line(row: MatrixRow) -> list[Any]:
        station, cells, total = row
        marks = [f"{cell.done}/{cell.due}" if cell else "" for _duty, cell in cells]
        return [station.number, station.name, station.region, *marks, total.due, total.done, total.missing]

    return table_response(listing, "duties", header, rows, line)


@permission(Permission.VIEW_STATIONS)
def duty_year(request: Any, number: str) -> HttpResponse:
    """One station's year: when each duty is due, and what shows that it was done."""
    station, year = visible_station(request, number), _year(request)
    slots = slots_in(station, *_days(year), request.on)
    context = {
        "station": station,
        "year": year,
        "years": _years(request.on),
        "months": sorted({slot.due_on for slot in slots}),
        "rows": _by_duty(slots),
        "records": [slot for slot in slots if slot.done],
        "tally": tally_of(slots),
        "origin": _origin(station, request.on),
    }
    return render(request, "desk/stations/duty_year.html", context)


def _by_duty(slots: Sequence[Slot]) -> list[DutyYear]:
    ends = sorted({slot.due_on for slot in slots})
    found: dict[str, list[Slot]] = {}
    for slot in slots:
        found.setdefault(slot.duty.code, []).append(slot)
    rows = []
    for own in found.values():
        by_end = {slot.due_on: slot for slot in own}
        rows.append(DutyYear(own[0].duty, tuple(by_end.get(end) for end in ends)))
    return rows


@permission(Permission.RECORD_DUTY)
def record_duty(request: Any, number: str, duty: str, year: int, month: int) -> HttpResponse:
    """Say that a duty was done, and what shows it."""
    station = visible_station(request, number)
    found = next((each for each in duties_of(station, policy_for(station.region, request.on)) if each.code == duty), None)
    if found is None:
        raise NotADuty(duty=duty)
    require_open(request, free_slot, station, duty, year, month, request.on)
    form = RecordDutyForm(typed(request), request.FILES or None, initial={"done_on": request.on})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> Any:
            draft = DutyDraft(duty, year, month, given["done_on"], given["words"], given["link"], evidence(given["file"]))
            return actions.record_duty(station=station, draft=draft, by=request.user, at=request.at)

        if attempt(form, act) is not None:
            messages.success(request, _("The duty is on record."))
            return _to_year(number, year)
    title = _("%(duty)s: %(month)d/%(year)d") % {"duty": label(found), "month": month, "year": year}
    return shown(request, form, station, title, _("Record the duty"), with_files=True)


@permission(Permission.WITHDRAW_DUTY)
def withdraw_duty(request: Any, number: str, record_id: int) -> HttpResponse:
    """Take a record back; the duty is open again."""
    station = visible_station(request, number)
    record = station.duty_records.filter(pk=record_id).first()
    if record is None:
        raise NotFound(kind="duty", number=str(record_id))
    form = ReasonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(
            form, lambda: actions.withdraw_duty(station=station, record_id=record_id, reason=reason, by=request.user, at=request.at)
        )
        if done is not None:
            return _to_year(number, record.year)
    return shown(request, form, station, _("Withdraw the record"), _("Withdraw the record"), final=True)


def _to_year(number: str, year: int) -> HttpResponse:
    address = redirect("desk:stations:duty_year", number)
    address["Location"] += f"?year={year}"
    return address


def _origin(station: Station, on: date) -> Origin | None:
    policy, name = policy_for(station.region, on), duty_section(station)
    return policy.origin("duties", name) if name in policy.names("duties") else None


def _years(on: date) -> list[int]:
    return [on.year - back for back in range(YEARS_BACK)]


def _year(request: Any) -> int:
    asked = year_asked(request.GET.get("year", ""))
    return asked if asked in _years(request.on) else int(request.on.year)


def _days(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)
