from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wushe.accounts.queries import scope_of
from wushe.indicators.queries import level_costs, projects_at, with_costs
from wushe.ledger.queries import allotments
from wushe.stations.models import StationKind, StationLevel
from wushe.stations.permissions import Permission
from wushe.stations.queries import stations_in
from wushe.web.common.access import permission
from wushe.web.common.asked import year_asked
from wushe.web.common.filters import Choice
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.desk.stations.reading import LEVELS, filter_of, sort_of, visible_station

YEARS = 3
FIRST_YEAR = 2000
SORTS = {
    "place": ("region__code",),
    "given": ("-given", "pk"),
    "times": ("-times", "pk"),
    "per_time": ("per_time", "pk"),
}


@permission(Permission.VIEW_STATIONS)
def costs(request: Any) -> HttpResponse:
    """What the stations of my places received to run on in a year, by person-time served, and by level."""
    first, last = year_of(request)
    chosen = replace(filter_of(request), kind=StationKind.SOCIAL_WORK, closed=False)
    scope = scope_of(request.user, Permission.VIEW_STATIONS, request.on)
    rows = with_costs(stations_in(scope, chosen, request.on), first, last)
    listing = Listing(request, rows, SORTS)
    if listing.wants_table:
        return _export(listing, first.year)
    context = {
        "listing": listing,
        "rows": [(station, sort_of(station)) for station in listing],
        "levels": [(each, LEVELS[StationLevel(each.level)]) for each in level_costs(rows, first, last)],
        "year": first.year,
        "chosen": chosen,
        "choices": [
            Choice("year", _("Year"), [(year, year) for year in _years(request.on)], str(first.year)),
            Choice("level", _("Level"), LEVELS.items(), chosen.level),
        ],
    }
    return render(request, "desk/stations/costs.html", context)


@permission(Permission.VIEW_STATIONS)
def cost(request: Any, number: str) -> HttpResponse:
    """The rows behind the figures of one station: what it was given, and the projects and rooms in which people were served."""
    first, last = year_of(request)
    station = visible_station(request, number)
    scope = scope_of(request.user, Permission.VIEW_STATIONS, request.on)
    (row,) = with_costs(stations_in(scope, filter_of(request), request.on).filter(pk=station.pk), first, last) or [None]
    context = {
        "station": station,
        "row": row,
        "year": first.year,
        "years": _years(request.on),
        "entries": allotments(first, date(first.year + 1, 1, 1)).filter(agency=station.body_id),
        "projects": projects_at(station, first, last),
    }
    return render(request, "desk/stations/cost.html", context)


def year_of(request: Any) -> tuple[date, date]:
    """The year of the address as days; this one up to today unless another is asked for."""
    asked = year_asked(request.GET.get("year", ""))
    year = asked if asked is not None and FIRST_YEAR <= asked <= request.on.year else request.on.year
    return date(year, 1, 1), min(date(year, 12, 31), request.on)


def _years(on: date) -> list[int]:
    return [on.year - back for back in range(YEARS)]


def _export(listing: Listing, year: int) -> HttpResponse:
    header = [
        _("Number"), _("Name"), _("Level"), _("Place"), _("Year"), _("Running money"), _("Person-times at projects"),
        _("Person-times in rooms"), _("Persons"), _("Yuan a person-time"),
    ]  # fmt: skip

    def line(row: Any) -> list[Any]:
        per_time = None if row.per_time is None else round(Decimal(row.per_time), 2)
        return [row.number, row.name, sort_of(row), row.region, year, row.given, row.at_projects, row.in_rooms, row.persons, per_time]

    return table_response(listing, "station-costs", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), line)
