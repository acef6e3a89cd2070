"""Where organisations are missing, and which groups would close the gap."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wushe.kernel.errors import NotFound
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import communities_with_gap, on_the_way
from wushe.regions.models import Level, Region
from wushe.web.common.access import permission
from wushe.web.common.filters import Choice
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.desk.organisations.places import counting_of, place_of

SORTS = {
    "gap": ("-gap", "code"),
    "place": ("code",),
    "have": ("-have", "code"),
    "need": ("-need", "code"),
    "near": ("-on_the_way", "code"),
}
EVERY = "all"


@permission(Permission.VIEW_ORGANISATIONS)
def gaps(request: Any) -> HttpResponse:
    """The communities of a county or town that have fewer organisations than the policy asks for."""
    place = place_of(request, request.GET.get("place", ""))
    if place.level < Level.COUNTY:
        counties = Region.objects.under(place).existing(request.on).counted().filter(level=Level.COUNTY).order_by("code")
        return render(request, "desk/organisations/gap_counties.html", {"place": place, "counties": counties})
    rows = communities_with_gap(place, request.on)
    chosen = request.GET.get("show", "")
    if chosen != EVERY:
        rows = rows.filter(Q(gap__gt=0))
    listing = Listing(request, rows, SORTS)
    if listing.wants_table:
        header = [_("Division code"), _("Town"), _("Community or village"), _("Have"), _("Asked for"), _("Missing"), _("Growing")]
        return table_response(listing, "gaps", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), _line)
    choices = [Choice("show", _("Short ones"), [(EVERY, _("All communities"))], chosen)]
    context = {"place": place, "listing": listing, "choices": choices, "counting": counting_of(place, request.on)}
    return render(request, "desk/organisations/gaps.html", context)


@permission(Permission.VIEW_ORGANISATIONS)
def gap(request: Any, code: str) -> HttpResponse:
    """One community: what it has, what it needs, and what each group lacks to be filed."""
    place = place_of(request, code)
    if place.level != Level.COMMUNITY:
        raise NotFound(kind="region", number=code)
    near = on_the_way(place, request.on)
    row = communities_with_gap(place, request.on).first()
    closing = {one.organisation.pk for one in near[: row.gap]} if row is not None else set()  # type: ignore[attr-defined]  # annotated
    rest = row.gap - len(closing) if row is not None else 0  # type: ignore[attr-defined]  # annotated
    return render(request, "desk/organisations/gap.html", {"place": place, "row": row, "near": near, "closing": closing, "rest": rest})


def _line(row: Any) -> list[Any]:
    return [row.code, row.town.name if row.town else "", row.name, row.have, row.need, row.gap, row.on_the_way]
