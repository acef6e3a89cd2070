from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushe.accounts.queries import scope_of
from wushe.kernel.errors import NotFound
from wushe.policies.queries import StandardItem, policy_for
from wushe.stations import actions
from wushe.stations.models import Check, CheckKind, Station, StationKind, StationLevel
from wushe.stations.permissions import Permission
from wushe.stations.queries import Standing, standard_of, standing_of, standings_of, stations_in
from wushe.web.common.access import permission, require_here
from wushe.web.common.filters import Choice
from wushe.web.common.forms import attempt, typed
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.common.templatetags.wushe import label
from wushe.web.desk.stations.forms import KINDS, CheckForm
from wushe.web.desk.stations.reading import LEVELS, SORTS, filter_of, tally, visible_station

Looking = Callable[..., Check]


@permission(Permission.CHECK_STATION)
def check_station(request: Any, number: str) -> HttpResponse:
    """The station looks at itself."""
    return _looked(request, number, actions.check_station, is_inspection=False)


@permission(Permission.INSPECT_STATION)
def inspect_station(request: Any, number: str) -> HttpResponse:
    """The level above looks at the station."""
    return _looked(request, number, actions.inspect_station, is_inspection=True)


def _looked(request: Any, number: str, action: Looking, *, is_inspection: bool) -> HttpResponse:
    station = visible_station(request, number)
    if is_inspection:
        # nobody inspects what their own level runs
        require_here(request, region=station.region.parent)
    standings = standing_of(station, request.on)
    form = CheckForm(typed(request), request.FILES or None, standings=standings, on=request.on)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: action(station=station, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The look is on record."))
            return redirect("desk:stations:detail", number)
    context = {"form": form, "station": station, "is_inspection": is_inspection}
    return render(request, "desk/stations/check.html", context, status=422 if form.errors else 200)


@permission(Permission.VIEW_STATIONS)
def look(request: Any, number: str, look: str) -> HttpResponse:
    """What one look found, item by item."""
    station = visible_station(request, number)
    found = station.checks.select_related("checked_by").filter(number=look).first()
    if found is None:
        raise NotFound(kind="check", number=look)
    names = {item.code: item for item in standard_of(station, policy_for(station.region, found.checked_on))}
    rows = [(finding, names.get(finding.item)) for finding in found.findings.select_related("file").order_by("pk")]
    context = {"station": station, "look": found, "rows": rows, "is_inspection": found.kind == CheckKind.INSPECTION}
    return render(request, "desk/stations/look.html", context)


@permission(Permission.VIEW_STATIONS)
def standards(request: Any) -> HttpResponse:
    """The standard of one kind and level across stations: one row a station, one column an item."""
    scope = scope_of(request.user, Permission.VIEW_STATIONS, request.on)
    chosen = filter_of(request)
    chosen = replace(chosen, kind=chosen.kind or StationKind.SOCIAL_WORK, level=chosen.level or StationLevel.TOWN, closed=False)
    listing = Listing(request, stations_in(scope, chosen, request.on), {name: SORTS[name] for name in ("place", "name")})
    if listing.wants_table:
        return _export(listing, request)
    rows, columns = _matrix(list(listing), request.on)
    context = {
        "listing": listing,
        "rows": rows,
        "columns": columns,
        "chosen": chosen,
        "choices": [
            Choice("kind", _("What it is"), KINDS.items(), str(chosen.kind)),
            Choice("level", _("Level"), LEVELS.items(), str(chosen.level)),
        ],
    }
    return render(request, "desk/stations/standards.html", context)


# a station, each item with how it stands there (None: not in its standard), and the tally
MatrixRow = tuple[Station, list[tuple[StandardItem, Standing | None]], dict[str, int]]


def _matrix(stations: list[Station], on: date) -> tuple[list[MatrixRow], list[StandardItem]]:
    found = standings_of(stations, on)
    columns = {standing.item.code: standing.item for station in stations for standing in found[station.pk]}
    rows: list[MatrixRow] = []
    for station in stations:
        own = {standing.item.code: standing for standing in found[station.pk]}
        rows.append((station, [(item, own.get(code)) for code, item in columns.items()], tally(found[station.pk])))
    return rows, list(columns.values())


def _export(listing: Listing, request: Any) -> HttpResponse:
    rows, columns = _matrix(list(listing.rows.iterator(chunk_size=EXPORT_CHUNK)), request.on)
    marks = {True: _("met"), False: _("not met"), None: _("unknown")}
    header = [_("Number"), _("Name"), _("Place"), *(label(item) for item in columns), _("Items met"), _("Items missed"), _("Items unknown")]

    def line(row: MatrixRow) -> list[Any]:
        station, cells, counts = row
        shown = [marks[standing.met] if standing else "" for _item, standing in cells]
        return [station.number, station.name, station.region, *shown, counts["met"], counts["missed"], counts["unknown"]]

    return table_response(listing, "standards", header, rows, line)
