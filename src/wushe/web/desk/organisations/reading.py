from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wushe.accounts.queries import Scope, scope_of
from wushe.audit.queries import NEWEST_FIRST
from wushe.imports.queries import history_of
from wushe.kernel.errors import NotFound
from wushe.organisations.models import OTHER_KINDS, Filing, Kind, Organisation
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import (
    OrganisationFilter,
    books_of,
    grows,
    help_of,
    is_easy,
    is_paid,
    joined_federations,
    life_line,
    masked_roster,
    organisation_by_number,
    register_of,
    registration_findings,
    sharing_premises,
)
from wushe.organisations.rules import missing, state_of
from wushe.organisations.states import TRANSITIONS, FilingState, State, Step
from wushe.policies.errors import NoPolicy
from wushe.policies.queries import Policy, policy_for
from wushe.regions.queries import region_by_code
from wushe.web.common import words
from wushe.web.common.access import permission, require_here
from wushe.web.common.filing_form import category_words, field_words, group_words, kind_words
from wushe.web.common.filters import Choice
from wushe.web.common.listing import EXPORT_CHUNK, Listing, json_response, table_response
from wushe.web.common.organisation_words import PURPOSES
from wushe.web.common.organisation_words import purpose as purpose_word
from wushe.web.desk.organisations.classes import class_of, codes_of, text_of

SORTS = {
    "name": ("name", "id"),
    "number": ("number",),
    "place": ("region__code", "name"),
    "founded": ("-founded_on", "id"),
    "until": ("filed_until", "id"),
    "members": ("-members", "id"),
}
COLUMNS = {
    "number": "number",
    "name": "name",
    "kind": "kind",
    "state": "state",
    "place": "region__code",
    "place_name": "region__name",
    "purpose": "purpose_class",
    "uscc": "uscc",
    "members": "members",
    "founded_on": "founded_on",
    "filed_on": "filed_on",
    "filed_until": "filed_until",
    "registered_on": "registered_on",
}
NOTICE_DAYS = 30
GROWTH = (
    (State.GROUP, "founded_on"),
    (State.PREPARING, "preparing_on"),
    (State.FILED, "filed_on"),
    (State.REGISTERED, "registered_on"),
)
ENDING = "ending"


def policy_of(request: Any, scope: Scope) -> Policy | None:
    """The policy that the person's places share; none high above the places that have one."""
    try:
        return policy_for(scope.common_place, request.on) if scope.regions else None
    except NoPolicy:
        return None


def filter_of(query: Mapping[str, str], request: Any, policy: Policy | None, kinds: Mapping[str, str]) -> OrganisationFilter:
    """The filter in an address; what is mistyped counts as empty."""
    state, kind, purpose, place = (query.get(name, "") for name in ("state", "kind", "purpose", "place"))
    days = int(policy.require("filing.renewal_notice").value) if policy is not None else NOTICE_DAYS
    return OrganisationFilter(
        text=query.get("q", ""),
        region=region_by_code(place) if place.isdecimal() else None,
        state=state if state in State.values else "",
        kind=kind if kind in kinds else "",
        purpose_class=purpose if purpose in PURPOSES else "",
        **{name: query.get(name, "") for name in ("scheme_category", "field", "group")},
        standing=query.get("standing") == "1",
        ends_by=request.on + timedelta(days=days) if state == ENDING else None,
    )


@permission(Permission.VIEW_ORGANISATIONS)
def organisations(request: Any) -> HttpResponse:
    """The register of my places: search, filters, files."""
    scope = scope_of(request.user, Permission.VIEW_ORGANISATIONS, request.on)
    policy = policy_of(request, scope)
    kinds = kind_words(policy) if policy is not None else {}
    chosen = filter_of(request.GET, request, policy, kinds)
    listing = Listing(request, register_of(scope.within(), chosen, request.on), SORTS)
    if request.GET.get("format") == "json":
        return json_response(listing, COLUMNS)
    if listing.wants_table:
        return _export(listing, kinds)
    context = {
        "listing": listing,
        "chosen": chosen,
        "kinds": kinds,
        "choices": [
            Choice(
                "state",
                _("State"),
                [*((state.value, words.state(state)) for state in State), (ENDING, _("Filing ends soon"))],
                request.GET.get("state", ""),
            ),
            Choice("kind", _("Kind"), kinds.items(), chosen.kind),
            Choice("purpose", _("Purpose class"), PURPOSES.items(), chosen.purpose_class),
            *_narrower(policy, chosen),
        ],
    }
    return render(request, "desk/organisations/list.html", context)


def _narrower(policy: Policy | None, chosen: OrganisationFilter) -> list[Choice]:
    """What the policy has words for: local category, field, whom it serves."""
    if policy is None:
        return []
    return [
        Choice("scheme_category", _("Local category"), category_words(policy).items(), chosen.scheme_category),
        Choice("field", _("Field of activity"), field_words(policy).items(), chosen.field),
        Choice("group", _("Whom it serves"), group_words(policy).items(), chosen.group),
    ]


def _export(listing: Listing, kinds: Mapping[str, str]) -> HttpResponse:
    header = [
        *(_("Number"), _("Name"), _("Kind"), _("State"), _("Town"), _("Community or village"), _("Purpose class"), _("Credit code")),
        *(_("Members"), _("Founded on"), _("Filed on"), _("Valid until"), _("Registered on")),
    ]

    def line(row: Organisation) -> list[Any]:
        town = row.region.town.name if row.region.town else ""
        return [
            *(row.number, row.name, kinds.get(row.kind, row.kind), words.state(row.state), town, row.region.name),  # type: ignore[attr-defined]  # annotated
            *(purpose_word(row.purpose_class), row.uscc, row.members, row.founded_on, row.filed_on, row.filed_until, row.registered_on),
        ]

    return table_response(listing, "organisations", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), line)


def visible_organisation(request: Any, number: str) -> Organisation:
    """An organisation of my places, with which I may take the step of the page. Raises NotFound, NotPermitted."""
    row = organisation_by_number(number)
    if not scope_of(request.user, Permission.VIEW_ORGANISATIONS, request.on).covers(row.region):
        raise NotFound(kind="organisation", number=number)
    require_here(request, region=row.region)
    return row


@permission(Permission.VIEW_ORGANISATIONS)
def organisation(request: Any, number: str) -> HttpResponse:
    """One organisation: its life, what it lacks to register, its filings, its people masked."""
    row = visible_organisation(request, number)
    state, policy = state_of(row, request.on), policy_for(row.region, request.on)
    ends_soon = _ends_soon(row, policy, request.on)
    findings = registration_findings(policy, row, request.on)
    filings = list(Filing.objects.filter(organisation=row).order_by("-created_at"))
    granted = next((filing for filing in filings if filing.state == FilingState.GRANTED), None)
    growing = row.kind == Kind.COMMUNITY_ORGANISATION or grows(row, request.on)
    sees_people = scope_of(request.user, Permission.VIEW_FILING, request.on).covers(row.region)
    context = {
        "organisation": row,
        "state": state,
        "kinds": kind_words(policy),
        "fields": field_words(policy),
        "life": life_line(row, request.on),
        "categories": category_words(policy),
        "is_society": row.kind not in OTHER_KINDS,
        "grows": growing,
        "growth": _growth(row, state) if growing else (),
        "findings": findings,
        "lacking": missing(findings),
        "filings": filings,
        "roster": masked_roster(granted) if granted is not None and sees_people else (),
        "granted": granted,
        "sharing": list(sharing_premises(row, request.on)),
        "steps": _steps(request, row, state, ends_soon=ends_soon),
        "ends_soon": ends_soon,
        "helped": help_of(row),
        "books": list(books_of(row)),
        "supports": _supports(row),
        "is_easy": is_easy(policy, row.service_fields),
        "support_kinds": {code.code: text_of(code) for code in codes_of(policy, "support_kinds")},
        "undertakings": list(row.undertakings.select_related("recorded_by").order_by("-since", "-pk")),
        "undertaking_kinds": {code.code: text_of(code) for code in codes_of(policy, "undertaking_kinds")},
        "sanctions": list(row.sanctions.order_by("-since", "-pk")),
        "joined": joined_federations(row),
        "class": class_of(row, policy),
        "visits": row.guidance.order_by("-planned_on", "-pk"),
        "entries": history_of("organisation", row.number).order_by(*NEWEST_FIRST),
    }
    return render(request, "desk/organisations/detail.html", context)


def _growth(row: Organisation, state: State) -> list[dict[str, Any]]:
    """The four states of growth with their days; those that were passed over stay empty."""
    reached = State.FILED if state == State.LAPSED else state
    return [{"state": each, "on": getattr(row, column), "now": each == reached} for each, column in GROWTH]


def _ends_soon(row: Organisation, policy: Policy, on: Any) -> bool:
    days = timedelta(days=int(policy.require("filing.renewal_notice").value))
    return row.filed_until is not None and row.registered_on is None and on >= row.filed_until - days


def _fits(row: Organisation, step: str) -> bool:
    """Units of the area and self-governing bodies are not filed: they are on record until they are struck off."""
    return row.kind not in OTHER_KINDS or step == Step.DEREGISTER_ORGANISATION


def _steps(request: Any, row: Organisation, state: State, *, ends_soon: bool) -> list[str]:
    """The steps that this person may take now, for the buttons."""
    may = [
        step.step
        for step in TRANSITIONS.values()
        if state in step.sources and _fits(row, step.step) and scope_of(request.user, step.permission, request.on).covers(row.region)
    ]
    if not ends_soon and "renew_filing" in may:
        may.remove("renew_filing")
    changes = (Permission.AMEND_ORGANISATION, Permission.UPDATE_ORGANISATION) if state != State.DEREGISTERED else ()
    return [str(each).rsplit(".", 1)[-1] for each in changes if scope_of(request.user, each, request.on).covers(row.region)] + may


def _supports(row: Organisation) -> list[Any]:
    found: list[Any] = list(row.supports.select_related("entry__source__region", "entry__reversal").order_by("-granted_on", "-pk"))
    for support in found:
        support.paid = is_paid(support)
    return found
