"""The search of the desk: in every register that the person may read, the first few that contain the words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wushe.accounts.queries import Scope, scope_of
from wushe.needs.queries import NeedFilter, in_a_list, needs_in
from wushe.organisations.queries import OrganisationFilter, register_of
from wushe.projects.queries import projects_in
from wushe.stations.queries import StationFilter, stations_in
from wushe.web.common.access import signed_in
from wushe.web.common.links import page_of
from wushe.web.desk.project_parts import is_part, page_of_part
from wushe.web.desk.projects.filtering import filtered
from wushe.workforce.queries import WorkerFilter, workers_in

FEW = 6


@dataclass(frozen=True, slots=True)
class Register:
    """Where to look: the page of all, who may, the rows with the words, and what a row is called; people are known by their number."""

    url: str
    name: Promise
    icon: str
    permission: str
    rows: Callable[[Any, Scope, str], QuerySet[Any]]
    title: str


REGISTERS = (
    Register("needs", _("Needs"), "message-2", "needs.view_need", lambda r, s, t: in_a_list(needs_in(s, NeedFilter(text=t), r.at)), "wish"),
    Register(
        "projects",
        _("Projects"),
        "folders",
        "projects.view_project",
        lambda r, _s, t: filtered(projects_in(r.user, r.at), {"q": t}).order_by("-state_changed_at"),
        "title",
    ),
    Register(
        "organisations",
        _("Organisations"),
        "users-group",
        "organisations.view_organisations",
        lambda r, s, t: register_of(s.within(), OrganisationFilter(text=t), r.on),
        "name",
    ),
    Register(
        "stations",
        _("Stations"),
        "building-community",
        "stations.view_stations",
        lambda r, s, t: stations_in(s, StationFilter(text=t), r.on),
        "name",
    ),
    Register(
        "workers",
        _("Workers"),
        "id-badge-2",
        "workforce.view_workers",
        lambda r, s, t: workers_in(s, WorkerFilter(text=t), r.on),
        "number",
    ),
)


@signed_in
def search(request: HttpRequest) -> HttpResponse:
    """Go to a thing by its public number, or show what contains the words."""
    wanted = request.GET.get("q", "").strip()
    page = page_of_part(request, wanted) if is_part(wanted) else page_of(wanted.split("-", 1)[0], wanted) if "-" in wanted else ""
    if page:
        return redirect(page)
    found = [group for register in REGISTERS if wanted and (group := _group(request, register, wanted))]
    return render(request, "desk/search.html", {"wanted": wanted, "found": found})


def _group(request: Any, register: Register, wanted: str) -> dict[str, Any] | None:
    scope = scope_of(request.user, register.permission, request.on)
    if not scope:
        return None
    rows = list(register.rows(request, scope, wanted)[: FEW + 1])
    things = [
        {
            "title": getattr(row, register.title),
            "number": row.number,
            "place": row.region.name,
            "page": reverse(f"desk:{register.url}:detail", args=[row.number]),
        }
        for row in rows[:FEW]
    ]
    return {"register": register, "things": things, "all": reverse(f"desk:{register.url}:list"), "more": len(rows) > FEW} if rows else None
