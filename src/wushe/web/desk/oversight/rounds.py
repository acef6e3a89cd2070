"""Rounds of supervision: which projects were drawn in which town, and how far the looks have come."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.accounts.queries import scope_of
from wushe.kernel.clock import local_date
from wushe.kernel.errors import NotFound, NotPermitted
from wushe.oversight import actions as oversight
from wushe.oversight.models import Round
from wushe.oversight.permissions import Permission
from wushe.oversight.queries import Looked, looks_of_round, rounds_in
from wushe.projects.permissions import Permission as Projects
from wushe.web.common.access import permission, step_scope
from wushe.web.common.forms import attempt, typed
from wushe.web.common.listing import Listing, table_response
from wushe.web.desk.oversight.forms import RoundForm

SORTS = {"opened": ("-at", "-pk"), "due": ("-due_on", "-pk")}
ROW_SORTS = {"place": ("project__region__code", "project__number"), "project": ("project__title", "pk")}
STATES = {
    "waiting": gettext_lazy("not looked at yet"),
    "passed": gettext_lazy("passed"),
    "failed": gettext_lazy("failed, second look to come"),
    "over": gettext_lazy("no longer in delivery"),
}


@permission(Projects.VIEW_PROJECT)
def rounds(request: Any) -> HttpResponse:
    """The rounds that touch my places, with how many projects each has drawn."""
    rows = rounds_in(scope_of(request.user, Projects.VIEW_PROJECT, request.on)).annotate(size=Count("drawn"))
    listing = Listing(request, rows, SORTS)
    if listing.wants_table:
        header = [_("Number"), _("Title"), _("Place"), _("Round opened"), _("All looks held by"), _("Drawn")]
        return table_response(listing, "rounds-of-supervision", header, listing.rows, _round_line)
    return render(request, "desk/oversight/rounds.html", {"listing": listing})


def _round_line(row: Any) -> list[Any]:
    return [row.number, row.title, row.region.name, local_date(row.at), row.due_on, row.size]


@permission(Permission.OPEN_ROUND)
def open_round(request: Any) -> HttpResponse:
    """Draw the sample and ask for the looks."""
    scope = step_scope(request)
    if not scope.regions:
        raise NotPermitted(permission=Permission.OPEN_ROUND)
    form = RoundForm(typed(request), scope=scope)
    if request.method == "POST" and form.is_valid():
        region, draft = form.place(), form.to_draft()
        done = attempt(form, lambda: oversight.open_round(region=region, draft=draft, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The sample is drawn. The looks stand on the desk, and towns and agencies are told."))
            return redirect("desk:oversight:round", done.number)
    return render(request, "desk/oversight/open_round.html", {"form": form}, status=422 if form.errors else 200)


@permission(Projects.VIEW_PROJECT)
def round_(request: Any, number: str) -> HttpResponse:
    """One round, project by project; of a town's people, the projects of their town."""
    scope = scope_of(request.user, Projects.VIEW_PROJECT, request.on)
    found = rounds_in(scope).filter(number=number).first()
    if found is None:
        raise NotFound(kind="round", number=number)
    rows = found.drawn.filter(scope.where("project__region")).select_related("project__region", "project__agreement__agency")
    listing = Listing(request, rows, ROW_SORTS)
    if listing.wants_table:
        return _export(listing, found)
    looked = looks_of_round(found, list(rows))
    counts = {state: sum(each.state == state for each in looked.values()) for state in STATES}
    context = {
        "round": found,
        "listing": listing,
        "looked": looked,
        "states": STATES,
        "counts": counts,
        "late": bool(counts["waiting"]) and found.due_on < request.on,
    }
    return render(request, "desk/oversight/round.html", context)


def _export(listing: Listing, found: Round) -> HttpResponse:
    looked = looks_of_round(found, list(listing.rows))
    header = [_("Town"), _("Number"), _("Project"), _("Agency"), _("State"), _("Day"), _("Points"), _("Findings"), _("To be corrected by")]

    def line(row: Any) -> list[Any]:
        return [row.project.region.name, row.project.number, row.project.title, row.project.agreement.agency.name, *_told(looked[row.pk])]

    return table_response(listing, found.number, header, listing.rows, line)


def _told(each: Looked) -> list[Any]:
    look = each.look
    if look is None:
        return [str(STATES[each.state]), None, None, 0, None]
    return [str(STATES[each.state]), look.held_on, look.score, len(look.findings.all()), look.correct_by]
