from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushe.kernel.errors import NotFound
from wushe.policies.queries import policy_for
from wushe.stations import actions
from wushe.stations.models import Check, CheckKind
from wushe.stations.permissions import Permission
from wushe.stations.queries import standard_of, standing_of
from wushe.web.common.access import permission
from wushe.web.common.forms import attempt
from wushe.web.desk.stations.forms import UNITS, CheckForm
from wushe.web.desk.stations.reading import visible_station

Looking = Callable[..., Check]


@permission(Permission.CHECK_STATION)
def check_station(request: Any, number: str) -> HttpResponse:
    """The station looks at itself."""
    return _looked(request, number, actions.check_station, is_inspection=False)


@permission(Permission.INSPECT_STATION)
def inspect_station(request: Any, number: str) -> HttpResponse:
    """The level above looks at the station."""
    return _looked(request, number, actions.inspect_station, is_inspection=True)


def _looked(request: Any, number: str, action: Looking, *, is_inspection: bool) -> HttpResponse:
    station = visible_station(request, number)
    standings = standing_of(station, request.on)
    form = CheckForm(request.POST or None, request.FILES or None, standings=standings, on=request.on)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: action(station=station, draft=form.to_draft(request.user, request.at), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The look is on record."))
            return redirect("desk:stations:detail", number)
    context = {"form": form, "station": station, "is_inspection": is_inspection}
    return render(request, "desk/stations/check.html", context, status=422 if form.errors else 200)


@permission(Permission.VIEW_STATIONS)
def look(request: Any, number: str, look: str) -> HttpResponse:
    """What one look found, item by item."""
    station = visible_station(request, number)
    found = station.checks.select_related("checked_by").filter(number=look).first()
    if found is None:
        raise NotFound(kind="check", number=look)
    names = {item.code: item for item in standard_of(station, policy_for(station.region, found.checked_on))}
    rows = [(finding, names.get(finding.item)) for finding in found.findings.select_related("file").order_by("pk")]
    shown = [(finding, item, UNITS.get(item.kind, "") if item else "") for finding, item in rows]
    context = {"station": station, "look": found, "rows": shown, "is_inspection": found.kind == CheckKind.INSPECTION}
    return render(request, "desk/stations/look.html", context)
