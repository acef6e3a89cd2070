from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wushe.accounts.queries import scope_of
from wushe.audit.queries import NEWEST_FIRST, entries_of
from wushe.kernel.clock import POLICY_ZONE
from wushe.organisations import actions
from wushe.organisations.models import Filing
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import (
    FilingFilter,
    Person,
    filing_by_number,
    filing_findings,
    filings_in,
    line_of,
    made_by,
    masked_roster,
    papers_of,
)
from wushe.organisations.states import FilingState
from wushe.policies.queries import policy_for
from wushe.regions.queries import region_by_code
from wushe.web.common import words
from wushe.web.common.access import permission, sent_from
from wushe.web.common.filing_form import category_words, field_words, group_words
from wushe.web.common.filing_steps import steps_of
from wushe.web.common.filters import Choice
from wushe.web.common.forms import attempt
from wushe.web.common.listing import EXPORT_CHUNK, Listing, json_response, table_response
from wushe.web.desk.filings.forms import RosterReasonForm

SORTS = {
    "due": ("due_at", "id"),
    "age": ("state_changed_at", "id"),
    "number": ("-number",),
    "name": ("name", "id"),
    "place": ("region__code", "-created_at"),
}
COLUMNS = {
    "number": "number",
    "certificate": "certificate",
    "name": "name",
    "place": "region__code",
    "state": "state",
    "members": "members",
    "created_at": "created_at",
    "state_changed_at": "state_changed_at",
    "due_at": "due_at",
    "granted_on": "granted_on",
    "valid_until": "valid_until",
}
OPEN, OVERDUE = "open", "overdue"


def filter_of(query: Mapping[str, str]) -> FilingFilter:
    """The filter in an address: what is not decided yet unless it says otherwise; what is mistyped counts as empty."""
    state, place = query.get("state", OPEN), query.get("place", "")
    return FilingFilter(
        text=query.get("q", ""),
        region=region_by_code(place) if place.isdecimal() else None,
        state=state if state in FilingState.values else "",
        open=state == OPEN,
        overdue=state == OVERDUE,
    )


@permission(Permission.VIEW_FILING)
def filings(request: Any) -> HttpResponse:
    """The applications of my places, what is due first on top."""
    scope = scope_of(request.user, Permission.VIEW_FILING, request.on)
    chosen = filter_of(request.GET)
    listing = Listing(request, filings_in(scope, chosen, request.at), SORTS)
    if request.GET.get("format") == "json":
        return json_response(listing, COLUMNS)
    if listing.wants_table:
        return _export(listing)
    states = [(OPEN, _("Not decided")), (OVERDUE, _("Overdue")), *((state.value, words.state(state)) for state in FilingState)]
    context = {
        "listing": listing,
        "chosen": chosen,
        "choices": [Choice("state", _("State"), states, request.GET.get("state", OPEN))],
    }
    return render(request, "desk/filings/list.html", context)


def _export(listing: Listing) -> HttpResponse:
    header = [
        *(_("Number"), _("Filing number"), _("Name"), _("Town"), _("Community or village"), _("State"), _("Members")),
        *(_("Handed in"), _("Due"), _("Filed on"), _("Valid until")),
    ]

    def line(row: Filing) -> list[Any]:
        town = row.region.town.name if row.region.town else ""
        days = [moment.astimezone(POLICY_ZONE).date() if moment else "" for moment in (row.created_at, row.due_at)]
        told = (row.number, row.certificate, row.name, town, row.region.name, words.state(row.state), row.members)
        return [*told, *days, row.granted_on, row.valid_until]

    return table_response(listing, "filings", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), line)


@permission(Permission.VIEW_FILING)
def filing(request: Any, number: str) -> HttpResponse:
    """One application: where it is, who has it since when, what it says, its people masked."""
    return show(request, filing_by_number(number, user=request.user, at=request.at))


@permission(Permission.REVEAL_ROSTER)
@sent_from("desk:filings:detail")
def reveal_roster(request: Any, number: str) -> HttpResponse:
    """Show the roster in clear for a reason that stays on record."""
    row = filing_by_number(number, user=request.user, at=request.at)
    form = RosterReasonForm(request.POST)
    people = None
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        people = attempt(form, lambda: actions.reveal_roster(filing_id=row.pk, reason=reason, by=request.user, at=request.at))
    return show(request, row, people=people, reason=form)


def show(request: Any, row: Filing, *, people: tuple[Person, ...] | None = None, reason: RosterReasonForm | None = None) -> HttpResponse:
    """The page of an application; with `people` the roster in clear, for this one answer."""
    context = context_of(request, row) | {
        "roster": people or masked_roster(row),
        "is_clear": people is not None,
        "may_reveal": scope_of(request.user, Permission.REVEAL_ROSTER, request.on).covers(row.region),
        "reason": reason or RosterReasonForm(),
        "line": line_of(row),
        "is_maker": made_by(row, request.user),
        "entries": entries_of("filing", row.number).order_by(*NEWEST_FIRST),
    }
    return render(request, "desk/filings/detail.html", context, status=422 if reason is not None and reason.errors else 200)


def context_of(request: Any, row: Filing) -> dict[str, Any]:
    """What the page of an application and its steps show alike."""
    policy = policy_for(row.region, request.on)
    acts = list(row.acts.select_related("by").order_by("at", "id"))
    return steps_of(policy, row, acts) | {
        "filing": row,
        "place": row.region,
        "fields": field_words(policy),
        "categories": category_words(policy),
        "groups": group_words(policy),
        "findings": filing_findings(policy, row),
        "papers": papers_of(row),
        "acts": acts,
    }
