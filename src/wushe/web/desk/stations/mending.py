from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.accounts.queries import scope_of
from wushe.kernel.errors import NotFound
from wushe.policies.queries import policies_for, policy_for
from wushe.stations import actions
from wushe.stations.models import Remedy
from wushe.stations.permissions import Permission
from wushe.stations.queries import RemedyState, remedies_in, standard_of, standing_of
from wushe.web.common.access import asked_for, permission
from wushe.web.common.forms import attempt, typed
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.common.templatetags.wushe import label
from wushe.web.desk.navigation import lead_back
from wushe.web.desk.stations.forms import DropRemedyForm, FinishRemedyForm, PlanRemedyForm, evidence
from wushe.web.desk.stations.keeping import shown
from wushe.web.desk.stations.reading import visible_station


@permission(Permission.PLAN_REMEDY)
def plan_remedy(request: Any, number: str) -> HttpResponse:
    """Say how a shortfall will be mended; what nobody finds short is not offered."""
    station = visible_station(request, number)
    standings = [standing for standing in standing_of(station, request.on) if standing.remedy is None]
    items = [standing.item for standing in standings if not standing.met or (standing.found is not None and not standing.found.met)]
    modes = policy_for(station.region, request.on).codes("remedy_modes")
    form = PlanRemedyForm(typed(request), items=items, modes=modes, initial={"item": request.GET.get("item", "")})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.plan_remedy(station=station, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The remedy is planned. It stands among your to-dos until it is done."))
            return redirect("desk:stations:detail", number)
    return shown(request, form, station, _("Plan a remedy"), _("Plan the remedy"))


STATES = {
    RemedyState.OPEN: gettext_lazy("Under way"),
    RemedyState.OVERDUE: gettext_lazy("Overdue"),
    RemedyState.DONE: gettext_lazy("Finished"),
    RemedyState.DROPPED: gettext_lazy("Dropped"),
}
SORTS = {"due": ("due_on", "number"), "place": ("station__region__code", "due_on"), "cost": ("cost", "number")}


@permission(Permission.VIEW_STATIONS)
def remedies(request: Any) -> HttpResponse:
    """What is being mended at the stations of my places, how, for how much and by when."""
    scope = scope_of(request.user, Permission.VIEW_STATIONS, request.on)
    state = request.GET.get("state", RemedyState.OPEN)
    state = state if state in STATES else ""
    listing = Listing(request, remedies_in(scope, state, request.on), SORTS)
    if listing.wants_table:
        return _export(listing, request.on)
    words = _words(list(listing), request.on)
    context = {
        "listing": listing,
        "rows": [(row, *words[row.pk], _state(row, request.on)) for row in listing],
        "state": state,
        "states": STATES,
        "cost": listing.rows.order_by().aggregate(total=Sum("cost"))["total"],
    }
    return render(request, "desk/stations/remedies.html", context)


def _words(rows: list[Remedy], on: date) -> dict[int, tuple[Any, Any]]:
    """What the item and the way are called at the place of each station."""
    found: dict[int, tuple[Any, Any]] = {}
    policies = policies_for([row.station.region for row in rows], on)
    for row in rows:
        policy = policies[row.station.region_id]
        items = {item.code: label(item) for item in standard_of(row.station, policy)}
        modes = {mode.code: label(mode) for mode in policy.codes("remedy_modes")}
        found[row.pk] = (items.get(row.item, row.item), modes.get(row.mode, row.mode))
    return found


def _state(row: Remedy, on: date) -> RemedyState:
    if row.ended_at is not None:
        return RemedyState.DONE if row.is_done else RemedyState.DROPPED
    return RemedyState.OVERDUE if row.due_on < on else RemedyState.OPEN


def _export(listing: Listing, on: date) -> HttpResponse:
    header = [
        _("Number"),
        _("Station"),
        _("Place"),
        _("Item"),
        _("How"),
        _("What will be done"),
        _("Expected cost"),
        _("By when"),
        _("State"),
        _("What was done"),
    ]
    rows = list(listing.rows.iterator(chunk_size=EXPORT_CHUNK))
    words = _words(rows, on)

    def line(row: Remedy) -> list[Any]:
        item, mode = words[row.pk]
        station, state = row.station, STATES[_state(row, on)]
        return [row.number, station.name, station.region, item, mode, row.plan, row.cost, row.due_on.isoformat(), state, row.outcome]

    return table_response(listing, "remedies", header, rows, line)


@permission(Permission.VIEW_STATIONS)
def remedy(request: Any, remedy: str) -> HttpResponse:
    """Where a to-do leads: the station, at its remedies."""
    found = _visible(request, remedy)
    address = redirect("desk:stations:detail", found.station.number)
    address["Location"] += "#remedies"
    return address


@permission(Permission.FINISH_REMEDY)
def finish_remedy(request: Any, remedy: str) -> HttpResponse:
    """Say what was done."""
    found = _visible(request, remedy)
    form = FinishRemedyForm(typed(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(
            form,
            lambda: actions.finish_remedy(
                number=remedy, outcome=given["outcome"], file=evidence(given["file"]), by=request.user, at=request.at
            ),
        )
        if done is not None:
            messages.success(request, _("The remedy is done. Whether the item is met now, the next look will say."))
            return redirect("desk:stations:detail", found.station.number)
    return shown(request, form, found.station, _("Finish the remedy"), _("Finish the remedy"), with_files=True)


@permission(Permission.DROP_REMEDY)
def drop_remedy(request: Any, remedy: str) -> HttpResponse:
    """Give the remedy up."""
    found = _visible(request, remedy)
    form = DropRemedyForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["outcome"]
        done = attempt(form, lambda: actions.drop_remedy(number=remedy, reason=reason, by=request.user, at=request.at))
        if done is not None:
            return redirect("desk:stations:detail", found.station.number)
    return shown(request, form, found.station, _("Drop the remedy"), _("Drop the remedy"), final=True)


def _visible(request: Any, number: str) -> Remedy:
    found = Remedy.objects.select_related("station").filter(number=number).first()
    if found is None:
        raise NotFound(kind="remedy", number=number)
    with asked_for("remedy", number):
        found.station = visible_station(request, found.station.number)
    lead_back(request, reverse("desk:stations:remedy", args=[number]), found.station.name)
    return found
