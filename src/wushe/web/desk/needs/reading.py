from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wushe.accounts.queries import Scope, scope_of
from wushe.audit.queries import NEWEST_FIRST
from wushe.imports.queries import history_of
from wushe.inbox.queries import waiting_on
from wushe.kernel.clock import POLICY_ZONE
from wushe.kernel.rows import Columns
from wushe.ledger.models import Entry
from wushe.ledger.permissions import Permission as MoneyPermission
from wushe.ledger.queries import spent_for
from wushe.needs.models import Need
from wushe.needs.permissions import Permission
from wushe.needs.queries import (
    Alike,
    Contact,
    attempts_since_asked,
    contests_left,
    duplicates_of,
    in_a_list,
    masked_contact,
    need_by_number,
    needs_in,
)
from wushe.needs.states import NeedState
from wushe.policies.errors import NoPolicy
from wushe.policies.queries import policies_on, policy_for
from wushe.projects.models import Project
from wushe.projects.queries import earlier_projects_of, projects_of_needs
from wushe.web.common import words
from wushe.web.common.access import permission, require_here
from wushe.web.common.listing import EXPORT_CHUNK, Listing, json_response, table_response
from wushe.web.common.need_form import LISTS, need_words
from wushe.web.desk.navigation import lead_back
from wushe.web.desk.needs.filtering import choices_of, filter_of
from wushe.web.desk.needs.forms import ReasonForm

MOST_SPENT_SHOWN = 20
SORTS = {
    "age": ("-created_at", "-id"),
    "due": ("due_at", "id"),
    "number": ("number",),
    "place": ("region__code", "-created_at"),
    "field": ("field", "-created_at"),
    "state": ("state", "-created_at"),
}
COLUMNS = Columns.of(
    Need,
    number="number",
    place="region__code",
    place_name="region__name",
    wish="wish",
    field="field",
    group="group",
    urgency="urgency",
    source="source",
    state="state",
    reopened="reopened_count",
    created_at="created_at",
    due_at="due_at",
)


def words_for(request: Any, scope: Scope) -> dict[str, dict[str, str]]:
    """What the codes of a list are called: by the policy that the person's places share, or, high above, by those of all places that have one."""
    try:
        return need_words(policy_for(scope.common_place, request.on))
    except NoPolicy:
        named: dict[str, dict[str, str]] = {name: {} for name in LISTS}
        for policy in policies_on(request.on):
            for name, codes in need_words(policy).items():
                named[name] = codes | named[name]
        return named


@permission(Permission.VIEW_NEED)
def needs(request: Any) -> HttpResponse:
    """The needs of my places: filters, ages, export."""
    scope = scope_of(request.user, Permission.VIEW_NEED, request.on)
    if request.GET.get("format") == "json":
        return json_response(Listing(request, needs_in(scope, filter_of(request.GET), request.at), SORTS), COLUMNS)
    named = words_for(request, scope)
    chosen = filter_of(request.GET, named)
    listing = Listing(request, in_a_list(needs_in(scope, chosen, request.at)), SORTS)
    if listing.wants_table:
        return _export(listing, named)
    rows = list(listing)
    context = {
        "listing": listing,
        "rows": rows,
        "choices": choices_of(request.GET, named),
        "chosen": chosen,
        "words": named,
        "projects": projects_of_needs(row.pk for row in rows),
    }
    return render(request, "desk/needs/list.html", context)


def _export(listing: Listing, named: dict[str, dict[str, str]]) -> HttpResponse:
    header = [
        _("Number"),
        _("Town"),
        _("Community"),
        _("Service field"),
        _("Group"),
        _("Urgency"),
        _("Way in"),
        _("Wish"),
        _("State"),
        _("Reported"),
        _("Due"),
    ]

    states = {state.value: words.state(state) for state in NeedState}

    def line(row: tuple[Any, ...]) -> list[Any]:
        number, town, community, *codes, wish, state, created_at, due_at = row
        coded = [named[name].get(code, code) for name, code in zip(LISTS, codes, strict=True)]
        days = [moment.astimezone(POLICY_ZONE).date().isoformat() for moment in (created_at, due_at)]
        return [number, town or "", community, *coded, wish, states[state], *days]

    exported = ("number", "region__town__name", "region__name", *LISTS, "wish", "state", "created_at", "due_at")
    rows = listing.rows.values_list(*exported).iterator(chunk_size=EXPORT_CHUNK)
    return table_response(listing, "needs", header, rows, line)


@permission(Permission.VIEW_NEED)
def need(request: Any, number: str) -> HttpResponse:
    """One need: where it stands, who must act by when, and what has happened."""
    return show(request, need_by_number(number, user=request.user, at=request.at))


def own_need(request: Any, number: str) -> Need:
    """A need with which I may take the step of the page. Raises NotFound, NotPermitted."""
    row = need_by_number(number, user=request.user, at=request.at)
    require_here(request, region=row.region)
    return row


def show(request: Any, row: Need, *, contact: Contact | None = None, reason: ReasonForm | None = None) -> HttpResponse:
    """The page of a need; with `contact` the resident's data in clear, for this one answer."""
    lead_back(request, reverse("desk:needs:detail", args=[row.number]), row.wish)
    seen = scope_of(request.user, Permission.VIEW_NEED, request.on)
    may_reach = scope_of(request.user, Permission.REVEAL_CONTACT, request.on).covers(row.region)
    project, earlier = projects_of_needs([row.pk]).get(row.pk), earlier_projects_of(row.pk)
    projects = [project, *earlier] if project else earlier
    context = {
        "need": row,
        "words": need_words(policy_for(row.region, request.on)),
        "masked": masked_contact(row),
        "contact": contact,
        "may_reach": may_reach,
        "reason": reason or ReasonForm(),
        "project": project,
        "earlier": earlier,
        "projects": projects,
        "spent": _spent(request, row, projects),
        "waiting": waiting_on("need", row.number),
        "entries": history_of("need", row.number).order_by(*NEWEST_FIRST),
        "attempts": row.attempts.select_related("by").order_by("-at"),
        "attempt_days": attempts_since_asked(row),
        "attempts_required": policy_for(row.region, request.on).require("verdict.attempts").value,
        "contests_left": contests_left(row, request.on),
        "alike": duplicates_of(row, seen_by=seen) if row.state == NeedState.REPORTED else Alike([]),
    }
    return render(request, "desk/needs/detail.html", context, status=422 if reason is not None and reason.errors else 200)


def _spent(request: Any, row: Need, projects: list[Project]) -> list[Entry]:
    """The latest expenses for the need and for its projects as a whole, as far as the person may see the money's source."""
    scope = scope_of(request.user, MoneyPermission.VIEW_MONEY, request.on)
    if not scope or not projects:
        return []
    spent = spent_for(row.number, (project.number for project in projects))
    return list(spent.filter(scope.where("source__region"))[:MOST_SPENT_SHOWN])
