from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.accounts.queries import scope_of
from wushe.audit.queries import NEWEST_FIRST
from wushe.imports.queries import history_of
from wushe.kernel.errors import NotFound
from wushe.kernel.workdays import end_of_day
from wushe.policies.queries import policy_for
from wushe.projects.permissions import Permission as Projects
from wushe.regions.queries import region_by_code
from wushe.services.queries import agencies_at
from wushe.stations.models import Room, Station, StationKind, StationLevel
from wushe.stations.permissions import Permission
from wushe.stations.queries import (
    Standing,
    StationFilter,
    area_origin,
    floor_space,
    places_without,
    staff_posts,
    standing_of,
    standings_of,
    stations_in,
    with_hours,
    with_hours_as_data,
)
from wushe.web.common.access import permission, require_here
from wushe.web.common.filters import Choice
from wushe.web.common.listing import EXPORT_CHUNK, Listing, json_response, table_response
from wushe.web.common.station_words import hours_in_words
from wushe.web.common.targets.board import chosen_day
from wushe.web.common.templatetags.wushe import label
from wushe.web.desk.stations.forms import KINDS
from wushe.web.desk.stations.parts import parts_of
from wushe.web.desk.workers.reading import keeps
from wushe.workforce.permissions import Permission as Workforce
from wushe.workforce.queries import people_at, shown

LEVELS = {
    StationLevel.COUNTY: gettext_lazy("County station"),
    StationLevel.TOWN: gettext_lazy("Town station"),
    StationLevel.COMMUNITY: gettext_lazy("Community room"),
}
CENTRES = {
    StationLevel.COUNTY: gettext_lazy("County service centre"),
    StationLevel.TOWN: gettext_lazy("Town service centre"),
    StationLevel.COMMUNITY: gettext_lazy("Community service facility"),
}
CLOSED = "closed"
SORTS = {
    "place": ("region__code",),
    "name": ("name", "number"),
    "level": ("region__level", "region__code"),
    "area": ("area_m2", "number"),
    "opened": ("-opened_on", "number"),
}
COLUMNS = {
    "number": "number",
    "name": "name",
    "kind": "kind",
    "level": "level",
    "place": "region__code",
    "place_name": "region__name",
    "area_m2": "area_m2",
    "address": "address",
    "opening_hours": "opening_hours",
    "hours": "hours",
    "opened_on": "opened_on",
    "closed_on": "closed_on",
}


@permission(Permission.VIEW_STATIONS)
def stations(request: Any) -> HttpResponse:
    """The stations of my places, each with how it stands against its standard."""
    scope = scope_of(request.user, Permission.VIEW_STATIONS, request.on)
    chosen = filter_of(request)
    stations = stations_in(scope, chosen, request.on)
    listing = Listing(request, stations, SORTS)
    if request.GET.get("format") == "json":
        return json_response(Listing(request, with_hours_as_data(stations), SORTS), COLUMNS)
    if listing.wants_table:
        return _export(listing, request)
    standings = standings_of(list(listing), request.on)
    context = {
        "listing": listing,
        "rows": [(station, sort_of(station), tally(standings[station.pk])) for station in listing],
        "chosen": chosen,
        "choices": [
            Choice("kind", _("What it is"), KINDS.items(), chosen.kind),
            Choice("level", _("Level"), LEVELS.items(), chosen.level),
            Choice("state", _("State"), [(CLOSED, _("Closed"))], CLOSED if chosen.closed else ""),
        ],
        "floor_space": floor_space(listing.rows, request.on),
        "missing": [(level, LEVELS[level], places_without(scope, level, request.on).count()) for level in StationLevel],
    }
    return render(request, "desk/stations/list.html", context)


def filter_of(request: Any) -> StationFilter:
    """The filter in an address; what is mistyped counts as empty."""
    kind, level, place = (request.GET.get(name, "") for name in ("kind", "level", "place"))
    return StationFilter(
        text=request.GET.get("q", "").strip(),
        region=region_by_code(place) if place.isdecimal() else None,
        kind=kind if kind in StationKind.values else "",
        level=level if level in StationLevel.values else "",
        closed=request.GET.get("state") == CLOSED,
    )


def sort_of(station: Station) -> Any:
    """What a station is called by its kind and level."""
    return (CENTRES if station.kind == StationKind.SERVICE_CENTRE else LEVELS)[StationLevel(station.level)]


def tally(standings: list[Standing]) -> dict[str, int]:
    """How many items of the standard are met, missed and unknown."""
    marks = [standing.met for standing in standings]
    return {"met": marks.count(True), "missed": marks.count(False), "unknown": marks.count(None), "of": len(marks)}


def _export(listing: Listing, request: Any) -> HttpResponse:
    header = [
        _("Number"), _("Name"), _("Level"), _("Place"), _("Floor space"), _("Address"), _("Opening hours"), _("Hours by weekday"),
        _("Opened on"), _("Closed on"), _("Items met"), _("Items missed"), _("Items unknown"),
    ]  # fmt: skip
    rows = list(with_hours(listing.rows).iterator(chunk_size=EXPORT_CHUNK))
    standings = standings_of(rows, request.on)

    def line(row: Any) -> list[Any]:
        counts = tally(standings[row.pk])
        days = [day.isoformat() if day else "" for day in (row.opened_on, row.closed_on)]
        # what was said of the hours can be brought again as it is; those by weekday are set on their own page
        hours = [row.opening_hours, hours_in_words(row.week)]
        marks = [counts[name] for name in ("met", "missed", "unknown")]
        return [row.number, row.name, sort_of(row), row.region, row.area_m2, row.address, *hours, *days, *marks]

    return table_response(listing, "stations", header, rows, line)


@permission(Permission.VIEW_STATIONS)
def without(request: Any) -> HttpResponse:
    """The places of one height that count and have no station."""
    level = request.GET.get("level", "")
    if level not in StationLevel.values:
        raise NotFound(kind="level", number=level)
    scope = scope_of(request.user, Permission.VIEW_STATIONS, request.on)
    listing = Listing(request, places_without(scope, StationLevel(level), request.on), {"place": ("code",)})
    if listing.wants_table:
        header = [_("Place"), _("Division code")]
        return table_response(listing, f"without-station-{level}", header, listing.rows, lambda row: [str(row), row.code])
    return render(request, "desk/stations/without.html", {"listing": listing, "level": LEVELS[StationLevel(level)]})


@permission(Permission.VIEW_STATIONS)
def station(request: Any, number: str) -> HttpResponse:
    """One station on a day: how it stands, its rooms and people, what is being mended, what became of it."""
    found, on = visible_station(request, number), min(chosen_day(request), request.on)
    policy = policy_for(found.region, on)
    kinds = {code.code: label(code) for code in policy.codes("room_kinds")}
    rooms = [(room, [kinds.get(kind, kind) for kind in room.kinds]) for room in Room.objects.used(on).filter(station=found)]
    standings = standing_of(found, on)
    area = sum(room.area_m2 for room, _kinds in rooms if room.area_m2 is not None)
    # the register knows one floor space, today's
    origin = area_origin(found, request.on)
    context = {
        "station": found,
        "area_origin": origin if origin is not None and origin.value == found.area_m2 else None,
        "on": on,
        "is_today": on == request.on,
        "level": sort_of(found),
        "standings": standings,
        "tally": tally(standings),
        "rooms": rooms,
        "rooms_area": area,
        "rooms_exceed": found.area_m2 is not None and area > found.area_m2,
        "staff": staff_posts([found], on).select_related("user").order_by("since"),
        "people": people_of(request, found, on),
        "positions": {code.code: label(code) for code in policy.codes("positions")},
        "agencies": agencies_at(found) if scope_of(request.user, Projects.VIEW_PROJECT, request.on).covers(found.region) else (),
        "checks": found.checks.select_related("checked_by").order_by("-checked_on", "-pk")[:10],
        "remedies": found.remedies.filter(planned_at__lte=end_of_day(on)).order_by("ended_at", "due_on"),
        "modes": {code.code: code for code in policy.codes("remedy_modes")},
        "items": {standing.item.code: standing.item for standing in standings},
        "inspects_from": found.region.parent,
        "timeline": history_of("station", number).order_by(*NEWEST_FIRST),
    }
    return render(request, "desk/stations/detail.html", context | parts_of(found, policy, on))


def people_of(request: Any, station: Station, on: date) -> list[tuple[Any, str]]:
    """Who works at the station by the register of workers, with the name that this reader may see; nobody for who may not read it."""
    if not scope_of(request.user, Workforce.VIEW_WORKERS, request.on).covers(station.region):
        return []
    return [(posting, shown(posting.worker, keeps=keeps(request, posting.worker)).name) for posting in people_at(station.body, on)]


def visible_station(request: Any, number: str) -> Station:
    """A station of my places, at which I may take the step of the page. Raises NotFound, NotPermitted."""
    scope = scope_of(request.user, Permission.VIEW_STATIONS, request.on)
    stations = Station.objects.filter(scope.where("region", "body"), number=number)
    found = stations.select_related("body", "region__parent", "region__town", "region__county").first()
    if found is None:
        raise NotFound(kind="station", number=number)
    require_here(request, region=found.region, body_id=found.body_id)
    return found
