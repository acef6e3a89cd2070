from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wushe.accounts.queries import Scope, scope_of
from wushe.audit.queries import entries_of
from wushe.inbox.queries import waiting_on
from wushe.kernel.clock import POLICY_ZONE
from wushe.kernel.rows import Columns
from wushe.needs.models import Need
from wushe.needs.permissions import Permission
from wushe.needs.queries import (
    Cell,
    Contact,
    attempts_since_asked,
    board_place,
    conversion_of,
    duplicates_of,
    in_a_list,
    masked_contact,
    need_by_number,
    needs_board,
    needs_in,
    outcomes,
)
from wushe.needs.states import NeedState
from wushe.policies.errors import NoPolicy
from wushe.policies.queries import policies_on, policy_for
from wushe.projects.queries import projects_of_needs
from wushe.web.common import words
from wushe.web.common.access import permission
from wushe.web.common.charts import Chart
from wushe.web.common.listing import EXPORT_CHUNK, Listing, json_response, table_response
from wushe.web.common.need_form import LISTS, need_words
from wushe.web.desk.needs.filtering import choices_of, filter_of
from wushe.web.desk.needs.forms import ReasonForm

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
SHADES = 5


def words_for(request: Any, scope: Scope) -> dict[str, dict[str, str]]:
    """What the codes of a list are called: by the policy where the person works, or, high above, by those of all places that have one."""
    try:
        return need_words(policy_for(scope.regions[0], request.on))
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
def board(request: Any) -> HttpResponse:
    """A grid of places and service fields: where which needs wait, darker where there are more."""
    scope = scope_of(request.user, Permission.VIEW_NEED, request.on)
    cells, named = needs_board(scope, request.at), words_for(request, scope)["field"]
    fields = [code for code in named if any(cell.field == code for cell in cells)]
    most = max((cell.living for cell in cells), default=1)
    ends = {outcome.place.code: outcome for outcome in outcomes(Need.objects.filter(scope.within()), by=board_place(scope))}
    rows: dict[str, dict[str, Any]] = {}
    for cell in cells:
        row = rows.setdefault(
            cell.place.code, {"place": cell.place, "cells": {}, "living": 0, "overdue": 0, "end": ends.get(cell.place.code)}
        )
        row["cells"][cell.field] = {"cell": cell, "heat": 1 + (cell.living - 1) * SHADES // most}
        row["living"] += cell.living
        row["overdue"] += cell.overdue
    context = {
        "rows": rows.values(),
        "fields": fields,
        "words": named,
        "totals": _totals(cells),
        "conversion": conversion_of(ends.values()),
        "chart": _fields_drawn(cells, named),
    }
    return render(request, "desk/needs/board.html", context)


def _fields_drawn(cells: list[Cell], named: dict[str, str]) -> Chart:
    """How many needs of every field are in time, and how many are past their clock."""
    fields = [code for code in named if any(cell.field == code for cell in cells)]
    late = [sum(cell.overdue for cell in cells if cell.field == code) for code in fields]
    living = [sum(cell.living for cell in cells if cell.field == code) for code in fields]
    series = {_("In time"): [all_ - overdue for all_, overdue in zip(living, late, strict=True)], _("Overdue"): late}
    labels = [named[code] for code in fields]
    return Chart(
        "fields", _("Open needs by service field"), _("Service field"), labels, series, kind="stacked", across=True, hues=("link", "bad")
    )


def _totals(cells: list[Cell]) -> dict[str, int]:
    totals: dict[str, int] = {"all": 0, "overdue": 0}
    for cell in cells:
        totals[cell.field] = totals.get(cell.field, 0) + cell.living
        totals["all"] += cell.living
        totals["overdue"] += cell.overdue
    return totals


@permission(Permission.VIEW_NEED)
def need(request: Any, number: str) -> HttpResponse:
    """One need: where it stands, who must act by when, and what has happened."""
    return show(request, need_by_number(number, user=request.user, at=request.at))


def show(request: Any, row: Need, *, contact: Contact | None = None, reason: ReasonForm | None = None) -> HttpResponse:
    """The page of a need; with `contact` the resident's data in clear, for this one answer."""
    may_reach = scope_of(request.user, Permission.REVEAL_CONTACT, request.on).covers(row.region)
    context = {
        "need": row,
        "words": need_words(policy_for(row.region, request.on)),
        "masked": masked_contact(row),
        "contact": contact,
        "may_reach": may_reach,
        "reason": reason or ReasonForm(),
        "project": projects_of_needs([row.pk]).get(row.pk),
        "waiting": waiting_on("need", row.number),
        "entries": entries_of("need", row.number).order_by("-id"),
        "attempts": row.attempts.select_related("by").order_by("-at"),
        "attempt_days": attempts_since_asked(row),
        "attempts_required": policy_for(row.region, request.on).require("verdict.attempts").value,
        "alike": duplicates_of(row) if row.state == NeedState.REPORTED else [],
    }
    response = render(request, "desk/needs/detail.html", context, status=422 if reason is not None and reason.errors else 200)
    if contact is not None:
        response["Cache-Control"] = "no-store"
    return response
