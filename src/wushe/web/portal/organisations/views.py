from typing import Any

from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from wushe.kernel.errors import NotFound
from wushe.organisations.models import Filing
from wushe.organisations.queries import OrganisationFilter, life_line, organisation_by_number, register_of
from wushe.organisations.rules import state_of
from wushe.organisations.states import FilingState, State
from wushe.policies.queries import policy_for
from wushe.regions.queries import region_by_code
from wushe.web.common import words
from wushe.web.common.access import public
from wushe.web.common.filing_form import field_words
from wushe.web.common.filters import Choice
from wushe.web.common.listing import Listing
from wushe.web.common.organisation_words import PURPOSES
from wushe.web.portal.projects.export import Column, export

SORTS = {"name": ("name", "id"), "place": ("region__code", "name"), "founded": ("-founded_on", "id")}
SHOWN = (State.FILED, State.REGISTERED)


@public
def organisations(request: Any) -> HttpResponseBase:
    """Every filed or registered organisation: search, filters, files."""
    query = request.GET
    state, purpose, place = query.get("state", ""), query.get("purpose", ""), query.get("place", "")
    chosen = OrganisationFilter(
        text=query.get("q", "").replace("\0", ""),
        state=state if state in SHOWN else "",
        purpose_class=purpose if purpose in PURPOSES else "",
        region=region_by_code(place) if place.isdecimal() else None,
        standing=True,
    )
    rows = register_of(Q(), chosen, request.on)
    listing = Listing(request, rows, SORTS)
    file = export(request, "organisations", listing, _columns())
    if file is not None:
        return file
    context = {
        "listing": listing,
        "chosen": chosen,
        "choices": [
            Choice("state", _("State"), [(code, words.state(code)) for code in SHOWN], state),
            Choice("purpose", _("Purpose class"), PURPOSES.items(), purpose),
        ],
        "csv_address": listing.address(format="csv"),
        "json_address": listing.address(format="json"),
    }
    return render(request, "portal/organisations/list.html", context)


@public
def organisation(request: Any, number: str) -> HttpResponseBase:
    """What everybody may know of an organisation; no person is named."""
    row = organisation_by_number(number)
    state = state_of(row, request.on)
    if state in {State.GROUP, State.PREPARING} or row.founded_on > request.on:
        raise NotFound(kind="organisation", number=number)
    context = {
        "organisation": row,
        "state": state,
        "fields": field_words(policy_for(row.region, request.on)),
        "life": life_line(row, request.on),
        "filing": Filing.objects.filter(organisation=row, state=FilingState.GRANTED).order_by("-granted_on").first(),
    }
    return render(request, "portal/organisations/detail.html", context)


def _columns() -> list[Column]:
    return [
        Column("number", _("Number"), lambda row: row.number),
        Column("name", _("Name"), lambda row: row.name),
        Column("place_code", _("Division code"), lambda row: row.region.code),
        Column("place", _("Place"), lambda row: str(row.region)),
        Column("state", _("State"), lambda row: row.state),
        Column("purpose", _("Purpose class"), lambda row: row.purpose_class),
        Column("uscc", _("Credit code"), lambda row: row.uscc),
        Column("members", _("Members"), lambda row: row.members),
    ]
