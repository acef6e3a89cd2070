from operator import attrgetter
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from wushe.accounts.queries import scope_of
from wushe.audit.models import Entry
from wushe.audit.queries import entries_of
from wushe.policies.queries import policy_for
from wushe.projects.models import Project
from wushe.projects.permissions import Permission
from wushe.projects.queries import keeps_to_itself, open_steps, project_by_number, projects_in, reviews_waiting, towns_of_projects
from wushe.web.common.access import signed_in
from wushe.web.common.listing import Listing, json_response, table_response
from wushe.web.common.words import state
from wushe.web.desk.projects.filtering import choices_of, fields_of, filtered
from wushe.web.desk.projects.procedure import steps_of
from wushe.web.desk.projects.sections import SECTIONS
from wushe.web.desk.projects.waiting import missing_in, waits

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


@signed_in
def projects(request: Any) -> HttpResponseBase:
    """The projects that I may see, with search, filters, sort, paging and export."""
    mine = projects_in(request.user, request.at)
    listing = Listing(request, filtered(mine, request.GET), SORTS)
    if listing.wants_table:
        header = [_("Number"), _("Title"), _("Town"), _("State"), _("Budget"), _("Needs"), _("From"), _("Until")]
        return table_response(
            listing,
            "projects",
            header,
            listing.rows.iterator(),
            lambda row: [row.number, row.title, row.region.name, state(row.state), row.budget, row.need_count, row.starts_on, row.ends_on],
        )
    if request.GET.get("format") == "json":
        return json_response(listing, COLUMNS)
    towns = towns_of_projects(mine)
    fields = fields_of(towns, request.on)
    context = {
        "listing": listing,
        "text": request.GET.get("q", ""),
        "choices": choices_of(request.GET, towns, fields),
        "fields": fields,
        "missing": missing_in(row.number for row in listing),
        "reviewers": reviews_waiting(mine) if scope_of(request.user, Permission.REVIEW_DESIGN, request.on).regions else [],
        "sees_rounds": bool(scope_of(request.user, Permission.VIEW_PROJECT, request.on).regions),
    }
    return render(request, "desk/projects/list.html", context)


@signed_in
def project(request: Any, number: str) -> HttpResponse:
    """Where a project stands, whom it waits for, what I can do now; and below, everything of it."""
    found = project_by_number(number, user=request.user, at=request.at)
    policy = policy_for(found.region, request.on)
    entries = list(entries_of("project", found.number))
    waiting = waits(found, request.user, request.at)
    context: dict[str, Any] = {
        "project": found,
        "policy": policy,
        "steps": steps_of(found, policy, entries, [each["todo"] for each in waiting]),
        "open_steps": open_steps(found, policy)[:1],
        "waiting": waiting,
    }
    for section in SECTIONS:
        context |= section(request, found, policy)
    sees = context["sees_evidence"]
    newest = sorted(entries, key=attrgetter("at", "pk"), reverse=True)
    context["timeline"] = [entry for entry in newest if not _is_secret(found, entry, request.user, sees_evidence=sees)]
    return render(request, "desk/projects/detail.html", context)


def _is_secret(found: Project, entry: Entry, user: Any, *, sees_evidence: bool) -> bool:
    return entry.actor != user.number and keeps_to_itself(found, entry.verb, sees_evidence=sees_evidence)
