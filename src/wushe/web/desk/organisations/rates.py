"""Who meets the conditions to register and is registered; who does not and is filed: per place, down to the rows."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wushe.kernel.errors import NotFound
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import Rate, judged_in, lacks_to_register, rated, rates_of
from wushe.regions.models import Level
from wushe.web.common import words
from wushe.web.common.access import permission
from wushe.web.common.filters import Choice
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.desk.organisations.places import counting_of, place_of

SORTS = {"place": ("region__code", "name", "id"), "name": ("name", "id"), "members": ("-members", "id")}
COUNTED = {"yes": True, "no": False}


@permission(Permission.VIEW_ORGANISATIONS)
def rates(request: Any) -> HttpResponse:
    """Both rates of the place and of every place right below it."""
    place = place_of(request, request.GET.get("place", ""))
    whole, *parts = rates_of(place, request.on)
    opens, counting = place.level < Level.TOWN, counting_of(place, request.on)
    context = {"place": place, "whole": whole, "parts": parts, "opens": opens, "counting": counting}
    return render(request, "desk/organisations/rates.html", context)


@permission(Permission.VIEW_ORGANISATIONS)
def rate(request: Any, rate: str) -> HttpResponse:
    """The organisations behind one rate, those that count and those that do not yet; or those of whom too little is on record."""
    if rate not in list(Rate):
        raise NotFound(kind="rate", number=rate)
    place = place_of(request, request.GET.get("place", ""))
    rows = rated(judged_in([place], request.on), Rate(rate)).select_related("region", "region__town")
    chosen = request.GET.get("counted", "")
    if chosen in COUNTED:
        rows = rows.filter(Q(counted=COUNTED[chosen]))
    listing = Listing(request, rows, SORTS)
    if listing.wants_table:
        return _export(request, listing, rate)
    lacks = lacks_to_register(request.on)
    context = {
        "place": place,
        "rate": rate,
        "title": title_of(rate),
        "listing": listing,
        "lacks": {row.pk: lacks(row) for row in listing},
        "choices": [Choice("counted", _("Counted"), [("yes", _("counted")), ("no", _("not counted yet"))], chosen)],
    }
    return render(request, "desk/organisations/rate.html", context)


def title_of(rate: str) -> str:
    """What a rate says."""
    return {
        Rate.REGISTERED: _("Registered, of those that meet the conditions to register"),
        Rate.FILED: _("Filed, of those that do not meet the conditions to register"),
        Rate.UNKNOWN: _("Not known whether they meet the conditions to register"),
    }[Rate(rate)]


def _export(request: Any, listing: Listing, rate: str) -> HttpResponse:
    header = [
        *(_("Number"), _("Name"), _("Town"), _("Community or village"), _("State"), _("Members")),
        *(_("Counted"), _("Not on record") if rate == Rate.UNKNOWN else _("Missing to register")),
    ]

    lacks = lacks_to_register(request.on)

    def line(row: Any) -> list[Any]:
        town = row.region.town.name if row.region.town else ""
        missing = _("; ").join(condition.label(get_language() or "") for condition in lacks(row))
        return [
            row.number,
            row.name,
            town,
            row.region.name,
            words.state(row.state),
            row.members,
            _("yes") if row.counted else _("no"),
            missing,
        ]

    return table_response(listing, f"organisations-{rate}", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), line)
