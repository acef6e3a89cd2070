from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wushe.accounts.queries import posts_of
from wushe.audit.queries import NEWEST_FIRST, entries_of
from wushe.kernel.errors import NotFound
from wushe.policies.errors import NoPolicy
from wushe.policies.queries import policy_for
from wushe.regions.models import Level, Region, Settlement, SettlementPeriod, Tenure
from wushe.regions.queries import PlacesOn, ancestors_on, counted_communities, search_places, shown_children_on
from wushe.web.common.access import signed_in
from wushe.web.common.listing import rows_response, wants_table
from wushe.web.common.templatetags.wushe import label

MOST = 50
MARKS = "place_marks"
LEVELS = {
    Level.NATION: _("Nation"),
    Level.PROVINCE: _("Province"),
    Level.CITY: _("City"),
    Level.COUNTY: _("County"),
    Level.TOWN: _("Town or street"),
    Level.COMMUNITY: _("Community or village"),
    Level.GRID: _("Grid"),
}
SETTLEMENTS = {Settlement.URBAN: _("city"), Settlement.RURAL: _("country"), Settlement.NONE: _("neither city nor country")}


@signed_in
def places(request: Any) -> HttpResponse:
    """A place by a part of its name, or the places of one's own posts; the only one of these at once."""
    text = request.GET.get("q", "").strip()
    mine = {post.place.pk: post.place for post in posts_of(request.user, request.on)}
    if not text and len(mine) == 1 and not wants_table(request):
        return redirect("desk:places:detail", next(iter(mine)))
    found = search_places(text, limit=MOST) if text else list(mine.values())
    if wants_table(request):
        return _export(request, "places", found, str)
    context = {"text": text, "rows": [(region, LEVELS[Level(region.level)]) for region in found], "is_cut": len(found) == MOST}
    return render(request, "desk/places/list.html", context)


def _export(request: Any, name: str, found: Sequence[Region], named: Callable[[Region], str]) -> HttpResponse:
    header = [_("Place"), _("Level"), _("Division code"), _("Counts as"), _("For all communities")]

    def line(region: Region) -> list[Any]:
        counts = gettext("yes") if region.counts_for_coverage else gettext("no")
        return [named(region), str(LEVELS[Level(region.level)]), region.code, str(SETTLEMENTS[Settlement(region.settlement)]), counts]

    return rows_response(request, name, [str(each) for each in header], found, line)


@signed_in
def place(request: Any, pk: int) -> HttpResponse:
    """One place as it stood on a day: what it belongs to, what belongs to it, how it counts, and how all that came about."""
    region = region_of(pk)
    on = day_in(request.GET.get("on", ""), request.on)
    belonging = PlacesOn(on).stood(shown_children_on(region, on))
    if wants_table(request):
        return _export(request, f"places-{region.code}", belonging, lambda child: child.name)
    periods = SettlementPeriod.objects.filter(region=region).order_by("-period")
    tenures = list(Tenure.objects.filter(region=region).select_related("parent").order_by("-period"))
    predecessors = list(region.predecessors.order_by("-valid_until", "code"))
    children = [(child, SETTLEMENTS[Settlement(child.settlement)]) for child in belonging]
    context = {
        "place": region,
        "on": on,
        "is_today": on == request.on,
        "level": LEVELS[Level(region.level)],
        "above": [above for above in ancestors_on(region, on) if not above.is_artificial and above.level > Level.NATION],
        "children": children,
        "children_level": LEVELS[Level(children[0][0].level)] if children else "",
        "settlement": SETTLEMENTS[Settlement(region.settlement)],
        "periods": [(period, SETTLEMENTS[Settlement(period.settlement)]) for period in periods],
        "tenures": tenures,
        "predecessors": predecessors,
        "has_history": bool(periods or predecessors or len(tenures) > 1),
        "counted": counted_communities(region).count() if Level.COUNTY <= region.level < Level.COMMUNITY else None,
        "populations": region.populations.filter(year__lte=on.year).order_by("-year")[:3],
        "marks": marks_at(region, request.on),
        "pilots": region.pilots.exclude(until=F("since")).order_by("-since"),
        "timeline": entries_of("region", region.code).order_by(*NEWEST_FIRST),
        "has_settlement": region.level in {Level.COUNTY, Level.TOWN, Level.COMMUNITY},
        "is_living": region.valid_until is None,
    }
    return render(request, "desk/places/detail.html", context)


def region_of(pk: int) -> Region:
    """The place, living or not. Raises NotFound."""
    region = Region.objects.select_related("parent", "successor").filter(pk=pk).first()
    if region is None:
        raise NotFound(kind="region", number=str(pk))
    return region


def marks_at(region: Region, on: date) -> dict[str, str]:
    """The marks that the policy of a place has for places, with their words."""
    try:
        policy = policy_for(region, on)
    except NoPolicy:
        return {}
    codes = policy.codes(MARKS) if MARKS in policy.code_lists() else ()
    return {code.code: label(code) for code in codes if not code.retired}


def day_in(text: str, today: date) -> date:
    """The day in an address; today when it is none or has not come yet."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    return min(day or today, today)
