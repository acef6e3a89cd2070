from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from wushe.accounts.queries import roles_with
from wushe.audit.models import Entry
from wushe.audit.queries import entries_of
from wushe.inbox.models import Todo
from wushe.inbox.queries import waiting_on
from wushe.policies.queries import policy_for
from wushe.projects.models import Project
from wushe.projects.permissions import Permission
from wushe.projects.queries import project_by_number, projects_in, towns_of_projects
from wushe.projects.states import ProjectState
from wushe.web.common.access import signed_in
from wushe.web.common.listing import Listing, csv_response, json_response
from wushe.web.common.words import role, state
from wushe.web.desk.projects.procedure import step_address, steps_of
from wushe.web.desk.projects.sections import SECTIONS

SORTS = {
    "changed": ("-state_changed_at", "-pk"),
    "title": ("title", "pk"),
    "budget": ("-budget", "pk"),
    "number": ("-created_at", "-pk"),
}
COLUMNS = {
    "number": "number",
    "ocid": "ocid",
    "title": "title",
    "place": "region__code",
    "place_name": "region__name",
    "state": "state",
    "state_changed_at": "state_changed_at",
    "budget": "budget",
    "needs": "need_count",
    "starts_on": "starts_on",
    "ends_on": "ends_on",
}
# who was invited and who sits on the panel is nobody's business before the award
SECRET = {
    "submit_bid": Permission.SUBMIT_BID,
    "declare_interests": Permission.SCORE_BIDS,
    "score_bids": Permission.SCORE_BIDS,
}
SECRET_VERBS = frozenset(
    {
        "projects.bid_submitted",
        "projects.bid_withdrawn",
        "projects.bid_disqualified",
        "projects.interests_declared",
        "projects.scores_locked",
    }
)
UNDECIDED = frozenset({ProjectState.APPROVED, ProjectState.TENDERING, ProjectState.SCORING})


@signed_in
def projects(request: Any) -> HttpResponseBase:
    """The projects that I may see, with search, filters, sort, paging and export."""
    rows = projects_in(request.user, request.at)
    chosen = {name: request.GET.get(name, "").strip() for name in ("q", "state", "town")}
    if chosen["q"]:
        rows = rows.filter(number=chosen["q"]) if chosen["q"].startswith("project-") else rows.filter(title__icontains=chosen["q"])
    if chosen["state"] in ProjectState.values:
        rows = rows.filter(state=chosen["state"])
    if chosen["town"].isdigit():
        rows = rows.filter(region_id=chosen["town"])
    listing = Listing(request, rows, SORTS)
    if request.GET.get("format") == "csv":
        header = [_("Number"), _("Title"), _("Town"), _("State"), _("Budget"), _("Needs"), _("From"), _("Until")]
        return csv_response(
            "projects",
            header,
            listing.rows.iterator(),
            lambda row: [row.number, row.title, row.region.name, state(row.state), row.budget, row.need_count, row.starts_on, row.ends_on],
        )
    if request.GET.get("format") == "json":
        return json_response(listing, COLUMNS)
    towns = towns_of_projects(request.user, request.at)
    context = {
        "listing": listing,
        "chosen": chosen,
        "states": ProjectState.values,
        "towns": towns,
        "export_address": listing.address(format="csv"),
    }
    return render(request, "desk/projects/list.html", context)


@signed_in
def project(request: Any, number: str) -> HttpResponse:
    """Where a project stands, whom it waits for, what I can do now; and below, everything of it."""
    found = project_by_number(number, user=request.user, at=request.at)
    policy = policy_for(found.region, request.on)
    entries = list(entries_of("project", found.number))
    context: dict[str, Any] = {
        "project": found,
        "policy": policy,
        "steps": steps_of(found, policy, entries),
        "waiting": _waits(found, request),
        "timeline": [entry for entry in reversed(entries) if not _is_secret(found, entry, request.user)],
    }
    for section in SECTIONS:
        context |= section(request, found, policy)
    return render(request, "desk/projects/detail.html", context)


def _is_secret(found: Project, entry: Entry, user: Any) -> bool:
    return found.state in UNDECIDED and entry.verb in SECRET_VERBS and entry.actor != user.number


def _waits(found: Project, request: Any) -> list[dict[str, Any]]:
    """What the project waits for, one card a step: my own to-do of the step when I have one, else the oldest."""
    todos = waiting_on("project", found.number)
    numbers = [todo.pk for todo in todos]
    mine = set(Todo.objects.open().for_user(request.user, request.at).filter(pk__in=numbers).values_list("pk", flat=True))
    by_step: dict[str, Todo] = {}
    for todo in sorted(todos, key=lambda each: each.pk not in mine):
        by_step.setdefault(todo.step, todo)
    return [_wait(found, todo, mine=todo.pk in mine) for todo in by_step.values()]


def _wait(found: Project, todo: Todo, *, mine: bool) -> dict[str, Any]:
    who = todo.user.name if todo.user else (todo.body.name if todo.body else "")
    permission = SECRET.get(todo.step, todo.permission)
    place = todo.region.name if todo.region else ""
    holders = " ".join([place, *(role(code) for code in sorted(roles_with(permission)))]) if permission else place
    return {
        "todo": todo,
        "mine": mine,
        "address": step_address(found, todo.step) if mine else "",
        "who": (who if who and todo.step not in SECRET else holders).strip(),
    }
