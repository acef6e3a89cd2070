from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wushe.accounts.queries import Scope, scope_of
from wushe.audit.queries import NEWEST_FIRST, entries_of
from wushe.organisations.models import FederationDuty, Membership, Organisation
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import (
    STANDING_REVIEWS,
    Coverage,
    coverage,
    federation_by_number,
    federations_in,
    life_line,
    membership_of,
    named_kinds,
    towns_in,
)
from wushe.organisations.rules import state_of
from wushe.policies.errors import NoPolicy
from wushe.policies.queries import Code, policy_for
from wushe.stations.queries import offices_of, station_of
from wushe.web.common import words
from wushe.web.common.access import permission
from wushe.web.common.listing import Listing, rows_response, table_response, wants_table
from wushe.web.desk.navigation import lead_back

SORTS = {"place": ("region__code", "name"), "name": ("name", "id"), "members": ("-member_count", "name")}


@permission(Permission.VIEW_FEDERATION)
def federations(request: Any) -> HttpResponse:
    """The federations of my places, and which of the members that the paper names each of them has."""
    scope = scope_of(request.user, Permission.VIEW_FEDERATION, request.on)
    listing = Listing(request, federations_in(scope, request.on), SORTS)
    towns, kinds = towns_in(scope, request.on), _kinds(scope, request)
    covered = coverage(list(towns), kinds, request.on) if kinds else []
    if listing.wants_table:
        return _export(Listing(request, towns, {"place": ("code",)}), covered, kinds)
    context = {"listing": listing, "kinds": kinds, "covered": covered}
    return render(request, "desk/federations/list.html", context)


def _kinds(scope: Scope, request: Any) -> tuple[Code, ...]:
    try:
        return named_kinds(policy_for(scope.common_place, request.on)) if scope.regions else ()
    except NoPolicy:
        return ()


def _export(listing: Listing, covered: Sequence[Coverage], kinds: Sequence[Code]) -> HttpResponse:
    language = get_language() or ""
    header = [_("Division code"), _("Town"), _("Federation"), *(kind.label(language) for kind in kinds)]

    def line(row: Coverage) -> list[Any]:
        members = (_("; ").join(row.members.get(kind.code, ())) for kind in kinds)
        return [row.town.code, row.town.name, row.federation.name if row.federation else "", *members]

    return table_response(listing, "federations", header, covered, line)


@permission(Permission.VIEW_FEDERATION)
def federation(request: Any, number: str) -> HttpResponse:
    """One federation: who belongs to it, who leads it, what they promised."""
    row = federation_by_number(number, user=request.user, at=request.at)
    policy = policy_for(row.region, request.on)
    kinds = policy.codes("federation_member_kinds")
    members = list(
        row.memberships.select_related("organisation")
        .prefetch_related("pledges", "comments", STANDING_REVIEWS)
        .order_by(F("left_on").desc(nulls_first=True), "kind", "name")
    )
    if wants_table(request):
        return _members(request, row.number, members, {kind.code: kind for kind in kinds})
    inside = {member.kind for member in members if member.left_on is None}
    context = {
        "federation": row,
        "kinds": {kind.code: kind for kind in kinds},
        "named": [(kind, kind.code in inside) for kind in named_kinds(policy)],
        "members": members,
        "duties": _duties(row, policy.codes("federation_duties")),
        "sits": offices_of(row, request.on),
        "station": station_of(row.region, request.on),
        "board": row.board.select_related("membership").order_by(F("vacated_on").desc(nulls_first=True), "seated_on", "pk"),
        "entries": entries_of("federation", row.number).order_by(*NEWEST_FIRST),
    }
    return render(request, "desk/federations/detail.html", context)


def _duties(row: Organisation, codes: Sequence[Code]) -> list[tuple[Code, list[FederationDuty]]]:
    """Every duty with what was done for it, the latest first; what was taken back stays to be read."""
    done: dict[str, list[FederationDuty]] = defaultdict(list)
    for each in row.duties_done.select_related("by").order_by("-done_on", "-pk"):
        done[each.duty].append(each)
    return [(code, done[code.code]) for code in codes if not code.retired or done[code.code]]


def _members(request: Any, number: str, members: Sequence[Membership], kinds: Mapping[str, Code]) -> HttpResponse:
    language = get_language() or ""
    header = [
        _("Name"),
        _("Number"),
        _("Kind"),
        _("Member since"),
        _("Left the federation on"),
        _("Reason"),
        _("Pledges"),
        _("Peer reviews"),
        _("Comments"),
    ]

    def line(row: Membership) -> list[Any]:
        kind = kinds[row.kind].label(language) if row.kind in kinds else row.kind
        who = [row.name, row.organisation.number if row.organisation else "", kind]
        days = [row.joined_on.isoformat(), row.left_on.isoformat() if row.left_on else "", row.leaving_reason]
        return [*who, *days, len(row.pledges.all()), len(row.peer_reviews.all()), len(row.comments.all())]

    return rows_response(request, f"members-{number}", header, members, line)


@permission(Permission.VIEW_FEDERATION)
def member(request: Any, number: str, member: int) -> HttpResponse:
    """What a member's record says, its promises, and what the federation says of it."""
    row = federation_by_number(number, user=request.user, at=request.at)
    found = membership_of(row, member)
    organisation = found.organisation
    kinds = policy_for(row.region, request.on).codes("federation_member_kinds")
    context = {
        "federation": row,
        "member": found,
        "organisation": organisation,
        "kind": next((kind for kind in kinds if kind.code == found.kind), None),
        "state": words.state(state_of(organisation, request.on)) if organisation is not None else "",
        "life": life_line(organisation, request.on) if organisation is not None else (),
        "pledges": found.pledges.order_by("-pledged_on", "-pk"),
        "reviews": found.peer_reviews.select_related("reviewer").order_by("-reviewed_on", "-pk"),
        "comments": found.comments.select_related("by").order_by("-at", "-pk"),
    }
    lead_back(request, reverse("desk:federations:detail", args=[number]), row.name)
    return render(request, "desk/federations/member.html", context)
