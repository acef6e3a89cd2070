from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wushe.accounts.queries import scope_of
from wushe.audit.queries import NEWEST_FIRST, entries_of
from wushe.organisations.models import Incubation
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import base_by_number, bases_in, candidatures_of, entry_findings, measures_of, stay_of, stays_in
from wushe.policies.queries import policy_for
from wushe.web.common import words
from wushe.web.common.access import permission
from wushe.web.common.growth_words import leaving
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.common.templatetags.wushe import yuan

SORTS = {
    "place": ("region__code", "name"),
    "name": ("name", "id"),
    "area": ("-area_m2", "id"),
    "inside": ("-inside", "id"),
}
STAY_SORTS = {"entered": ("-entered_on", "id"), "name": ("organisation__name", "id"), "hours": ("-hours", "id"), "value": ("-value", "id")}


@permission(Permission.VIEW_ORGANISATIONS)
def bases(request: Any) -> HttpResponse:
    """The incubation bases of my places."""
    rows = bases_in(scope_of(request.user, Permission.VIEW_ORGANISATIONS, request.on), request.on)
    listing = Listing(request, rows, SORTS)
    if listing.wants_table:
        header = [
            *(_("Number"), _("Name"), _("Place"), _("Floor space"), _("Room for"), _("Comprehensive base"), _("Opened on"), _("Closed on")),
            *(_("In the base"), _("Graduated"), _("Left before the end"), _("Hours of help")),
        ]
        return table_response(listing, "bases", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), _line)
    return render(request, "desk/incubation/list.html", {"listing": listing})


def _line(row: Any) -> list[Any]:
    whole = _("yes") if row.comprehensive else _("no")
    told = [row.number, row.name, str(row.region), row.area_m2, row.places, whole, row.opened_on, row.closed_on]
    return [*told, row.inside, row.graduated, row.exited, row.hours]


@permission(Permission.VIEW_ORGANISATIONS)
def base(request: Any, number: str) -> HttpResponse:
    """One base: who is in, since when, with what help, and who has left how."""
    row = base_by_number(number, user=request.user, at=request.at)
    listing = Listing(request, stays_in(row), STAY_SORTS)
    if listing.wants_table:
        header = [
            *(_("Number"), _("Which organisation"), _("Cohort"), _("Contract"), _("In the base since"), _("Agreed until")),
            *(_("Moved out on"), _("How"), _("Reason"), _("Hours of help"), _("Worth")),
        ]
        return table_response(listing, row.number, header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), _stay_line)
    context = {
        "base": row,
        "listing": listing,
        "cohorts": row.cohorts.order_by("-starts_on"),
        "candidatures": candidatures_of(row),
        "free": row.places - row.inside if row.places is not None else None,  # type: ignore[attr-defined]  # annotated
        "entries": entries_of("base", row.number).order_by(*NEWEST_FIRST),
    }
    return render(request, "desk/incubation/base.html", context)


def _stay_line(row: Any) -> list[Any]:
    told = [row.organisation.number, row.organisation.name, row.cohort.name if row.cohort else "", row.contract, row.entered_on, row.until]
    return [*told, row.left_on, leaving(row.leaving), row.reason, row.hours, row.value]


@permission(Permission.VIEW_ORGANISATIONS)
def stay(request: Any, number: str, stay: int) -> HttpResponse:
    """One stay with its slips."""
    row = base_by_number(number, user=request.user, at=request.at)
    found = stay_of(row, stay)
    policy = policy_for(found.organisation.region, request.on)
    context = {
        "base": row,
        "stay": found,
        "slips": found.services.select_related("entered_by").order_by("-served_on", "-pk"),
        "services": {code.code: code for code in policy.codes("incubation_services")},
        "findings": entry_findings(policy, found.organisation, found.entered_on),
        "growth": _growth(found, request.on),
        "is_over": found.left_on is None and found.until < request.on,
    }
    return render(request, "desk/incubation/stay.html", context)


def _growth(found: Incubation, on: date) -> list[tuple[str, str, str]]:
    """What the register said on coming in, and what it said on leaving or says today."""
    before, after = found.at_entry, found.at_leaving or measures_of(found.organisation, on)
    names = {"state": _("State"), "members": _("Members"), "staff": _("Staff"), "funds": _("Funds")}
    return [(text, _measure(name, before.get(name)), _measure(name, after.get(name))) for name, text in names.items()]


def _measure(name: str, value: Any) -> str:
    if value is None:
        return "—"
    return words.state(value) if name == "state" else yuan(Decimal(value)) if name == "funds" else str(value)
