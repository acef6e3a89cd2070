from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wushe.kernel.errors import NotFound
from wushe.policies.queries import policy_for
from wushe.stations import actions
from wushe.stations.models import Remedy
from wushe.stations.permissions import Permission
from wushe.stations.queries import standing_of
from wushe.web.common.access import permission
from wushe.web.common.forms import attempt
from wushe.web.desk.stations.forms import DropRemedyForm, FinishRemedyForm, PlanRemedyForm, kept
from wushe.web.desk.stations.keeping import shown
from wushe.web.desk.stations.reading import visible_station


@permission(Permission.PLAN_REMEDY)
def plan_remedy(request: Any, number: str) -> HttpResponse:
    """Say how a shortfall will be mended; what is met already is not offered."""
    station = visible_station(request, number)
    items = [standing.item for standing in standing_of(station, request.on) if not standing.met and standing.remedy is None]
    modes = policy_for(station.region, request.on).codes("remedy_modes")
    form = PlanRemedyForm(request.POST or None, items=items, modes=modes, initial={"item": request.GET.get("item", "")})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.plan_remedy(station=station, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The remedy is planned. It stands among your to-dos until it is done."))
            return redirect("desk:stations:detail", number)
    return shown(request, form, station, _("Plan a remedy"), _("Plan the remedy"))


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
    form = FinishRemedyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(
            form,
            lambda: actions.finish_remedy(
                number=remedy, outcome=given["outcome"], file=kept(given["file"], request.user, request.at), by=request.user, at=request.at
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
    form = DropRemedyForm(request.POST or None)
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
    found.station = visible_station(request, found.station.number)
    return found
