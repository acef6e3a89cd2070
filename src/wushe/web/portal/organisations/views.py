from datetime import date
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
from wushe.policies.errors import NoPolicy
from wushe.policies.queries import Policy, policy_for
from wushe.regions.models import Region
from wushe.web.common import organisation_words, words
from wushe.web.common.access import public
from wushe.web.common.filing_form import category_words, field_words, group_words, kind_words
from wushe.web.common.filters import Choice
from wushe.web.common.listing import Listing
from wushe.web.common.organisation_words import PURPOSES
from wushe.web.portal.places import places_meant
from wushe.web.portal.projects.export import Column, export

SORTS = {"name": ("name", "id"), "place": ("region__code", "name"), "founded": ("-founded_on", "id")}
SHOWN = (State.FILED, State.REGISTERED)


@public
def organisations(request: Any) -> HttpResponseBase:
    """Every filed or registered organisation: search, place by its name, filters, files."""
    query = request.GET
    places = places_meant(query)
    region = places[0] if len(places) == 1 else None
    policy = _policy(region, request.on)
    chosen = _filter(query, region)
    listing = Listing(request, register_of(Q(), chosen, request.on), SORTS)
    file = export(request, "organisations", listing, _columns())
    if file is not None:
        return file
    context = {
        "listing": listing,
        "chosen": chosen,
        "where": query.get("where", ""),
        "places": places if len(places) > 1 else [],
        "choices": [
            Choice("state", _("State"), [(code, words.state(code)) for code in SHOWN], chosen.state),
            Choice("purpose", _("Purpose class"), PURPOSES.items(), chosen.purpose_class),
            *_choices(policy, chosen),
        ],
        "json_address": listing.address(format="json"),
    }
    return render(request, "portal/organisations/list.html", context)


def _filter(query: Any, region: Region | None) -> OrganisationFilter:
    """The filter in an address; what is mistyped counts as empty."""
    state, purpose = query.get("state", ""), query.get("purpose", "")
    return OrganisationFilter(
        text=query.get("q", ""),
        state=state if state in SHOWN else "",
        purpose_class=purpose if purpose in PURPOSES else "",
        region=region,
        standing=True,
        **{name: query.get(name, "") for name in ("kind", "field", "group", "scheme_category")},
    )


def _policy(region: Region | None, on: date) -> Policy | None:
    """The policy of the place, whose words the filters use; none before a place is chosen."""
    try:
        return policy_for(region, on) if region is not None else None
    except NoPolicy:
        return None


def _choices(policy: Policy | None, chosen: OrganisationFilter) -> list[Choice]:
    if policy is None:
        return []
    return [
        Choice("kind", _("Kind"), kind_words(policy).items(), chosen.kind),
        Choice("field", _("Field of activity"), field_words(policy).items(), chosen.field),
        Choice("group", _("Whom it serves"), group_words(policy).items(), chosen.group),
    ]


@public
def organisation(request: Any, number: str) -> HttpResponseBase:
    """What everybody may know of an organisation; no person is named."""
    row = organisation_by_number(number)
    state = state_of(row, request.on)
    if state in {State.GROUP, State.PREPARING} or row.founded_on > request.on:
        raise NotFound(kind="organisation", number=number)
    policy = policy_for(row.region, request.on)
    context = {
        "organisation": row,
        "state": state,
        "kind": kind_words(policy).get(row.kind, row.kind),
        "categories": category_words(policy),
        "groups": group_words(policy),
        "sanctions": row.sanctions.in_force(request.on).order_by("since"),
        "fields": field_words(policy),
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
        Column("state", _("State"), lambda row: row.state, words.state),
        Column("purpose", _("Purpose class"), lambda row: row.purpose_class, organisation_words.purpose),
        Column("uscc", _("Credit code"), lambda row: row.uscc),
        Column("members", _("Members"), lambda row: row.members),
    ]
