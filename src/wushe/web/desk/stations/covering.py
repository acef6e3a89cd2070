from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wushe.accounts.queries import Scope, scope_of
from wushe.indicators.queries import Light, communities_in, lights_of
from wushe.kernel.errors import NotFound
from wushe.policies.queries import Code, policy_for, policy_where
from wushe.regions.models import Level, Region
from wushe.stations.models import Station, StationLevel
from wushe.stations.permissions import Permission
from wushe.stations.queries import CoverageLine, coverage_below, coverage_line, places_without
from wushe.web.common.access import permission
from wushe.web.common.charts import Chart
from wushe.web.common.links import PAGES
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.common.templatetags.wushe import label
from wushe.web.desk.navigation import lead_back
from wushe.web.desk.stations.reading import LEVELS

LISTED = 20


@permission(Permission.VIEW_STATIONS)
def coverage(request: Any) -> HttpResponse:
    """How far a place is covered, against the steps of the policy; where it is not; where the pace leads."""
    scope = scope_of(request.user, Permission.VIEW_STATIONS, request.on)
    place = _place(request, scope)
    level = request.GET.get("level", "")
    level = StationLevel(level if level in StationLevel.values else StationLevel.TOWN)
    line = coverage_line(place, level, request.on)
    missing = places_without(Scope(regions=(place,)), level, request.on)
    context = {
        "place": place,
        "above": place.parent if place.parent and scope.covers(place.parent) else None,
        "level": level,
        "levels": [(each, LEVELS[each]) for each in StationLevel],
        "line": line,
        "chart": _chart(line) if len(line.moments) > 1 else None,
        "below": coverage_below(place, level, request.on),
        "missing": missing[:LISTED],
        "missing_count": missing.count(),
    }
    return render(request, "desk/stations/coverage.html", context)


def _chart(line: CoverageLine) -> Chart:
    labels = [f"{moment.on.year}-{moment.on.month:02d}" for moment in line.moments]
    series = {_("Covered"): [None if moment.share is None else round(moment.share * 100, 1) for moment in line.moments]}
    if line.steps:
        series[_("Step to reach")] = [None if moment.step is None else float(moment.step * 100) for moment in line.moments]
    return Chart("coverage", _("Places with a station, by quarter"), _("Until the end of"), labels, series, kind="line", unit="%")


@permission(Permission.VIEW_STATIONS)
def lights(request: Any) -> HttpResponse:
    """Every community of a place with the parts of its platform."""
    scope = scope_of(request.user, Permission.VIEW_STATIONS, request.on)
    place = _place(request, scope)
    rows = communities_in(place, request.on)
    text = request.GET.get("q", "").strip()
    if text:
        rows = rows.filter(name__contains=text)
    listing = Listing(request, rows, {"place": ("code",)})
    if listing.wants_table:
        return _export(listing, request)
    found = _lights(list(listing), request.on)
    policy = policy_where([place], request.on)
    parts = _parts(found)
    context = {
        "place": place,
        "listing": listing,
        "text": text,
        "rows": [(region, _cells(found[region.pk], parts)) for region in listing],
        "parts": parts.values(),
        "origin": policy.origin("codes", "platform_parts"),
    }
    return render(request, "desk/stations/lights.html", context)


def _lights(communities: list[Region], on: date) -> dict[int, tuple[Light, ...]]:
    """Under the policy of each county."""
    found: dict[int, tuple[Light, ...]] = {}
    for county in {region.county_id for region in communities}:
        found |= lights_of([region for region in communities if region.county_id == county], on)
    return found


def _parts(found: Mapping[int, Sequence[Light]]) -> dict[str, Code]:
    """The columns: places under different policies may have different parts."""
    return {light.part.code: light.part for lights in found.values() for light in lights}


def _cells(lights: Sequence[Light], parts: Iterable[str]) -> list[Light | None]:
    own = {light.part.code: light for light in lights}
    return [own.get(code) for code in parts]


def _export(listing: Listing, request: Any) -> HttpResponse:
    communities = list(listing.rows.iterator(chunk_size=EXPORT_CHUNK))
    found = _lights(communities, request.on)
    parts = _parts(found)
    marks = {True: _("lit"), False: _("not lit"), None: _("no data")}
    header = [_("Division code"), _("Community"), _("Town"), *(label(part) for part in parts.values())]
    return table_response(
        listing,
        "lights",
        header,
        communities,
        lambda region: [
            region.code,
            region.name,
            region.town.name if region.town else "",
            *(marks[light.on] if light else "" for light in _cells(found[region.pk], parts)),
        ],
    )


@permission(Permission.VIEW_STATIONS)
def light_card(request: Any, pk: int) -> HttpResponse:
    """One community's card: each part with what shows it."""
    scope = scope_of(request.user, Permission.VIEW_STATIONS, request.on)
    region = Region.objects.select_related("town", "county").filter(pk=pk, level=Level.COMMUNITY).first()
    if region is None or not (scope.covers(region) or _own(scope, region)):
        raise NotFound(kind="place", number=str(pk))
    lights = lights_of([region], request.on)[region.pk]
    origin = policy_for(region, request.on).origin("codes", "platform_parts")
    shown = [(light, [(row, PAGES.get(row.kind, "")) for row in light.rows]) for light in lights]
    context = {"region": region, "lights": lights, "shown": shown, "lit": sum(light.on is True for light in lights), "origin": origin}
    if region.town is not None:
        lead_back(request, f"{reverse('desk:stations:lights')}?place={region.town.code}", region.town.name)
    return render(request, "desk/stations/light_card.html", context)


def _place(request: Any, scope: Scope) -> Region:
    """The place asked for if the reader may see it; else their own, or that of their station."""
    asked = request.GET.get("place", "")
    found = Region.objects.select_related("parent").filter(code=asked, valid_until__isnull=True).first() if asked.isdecimal() else None
    if found is not None and scope.covers(found):
        return found
    if scope.regions:
        return Region.objects.select_related("parent").get(pk=scope.first_place.pk)
    own = Region.objects.select_related("parent").filter(stations__body__in=scope.body_ids).order_by("level", "pk").first()
    if own is None:
        raise NotFound(kind="place", number=asked)
    return own


def _own(scope: Scope, region: Region) -> bool:
    return Station.objects.filter(scope.where("", "body"), region=region).exists()
