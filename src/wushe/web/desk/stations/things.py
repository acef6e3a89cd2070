from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wushe.kernel.errors import NotFound
from wushe.policies.queries import policy_for
from wushe.stations import actions
from wushe.stations.models import Asset, Station
from wushe.stations.permissions import Permission
from wushe.stations.queries import guides_of, may_guide, may_house
from wushe.web.common.access import asked_for, permission
from wushe.web.common.forms import attempt, typed
from wushe.web.desk.stations.keeping import shown
from wushe.web.desk.stations.reading import visible_station
from wushe.web.desk.stations.working_forms import (
    EnterAssetForm,
    HandOverAssetForm,
    SharePremisesForm,
    TieStationForm,
    WriteOffAssetForm,
)


@permission(Permission.ENTER_ASSET)
def enter_asset(request: Any, number: str) -> HttpResponse:
    """Put things on the station's list."""
    station = visible_station(request, number)
    policy = policy_for(station.region, request.on)
    form = EnterAssetForm(
        typed(request),
        kinds=policy.codes("equipment_kinds"),
        sources=policy.codes("funding_sources"),
        initial={"received_on": request.on},
    )
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.enter_asset(station=station, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            return _to_things(number)
    return shown(request, form, station, _("Enter equipment"), _("Put it on the list"))


@permission(Permission.HAND_OVER_ASSET)
def hand_over_asset(request: Any, asset: str) -> HttpResponse:
    """Let somebody else answer for it."""
    found = _visible(request, asset)
    form = HandOverAssetForm(typed(request))
    if request.method == "POST" and form.is_valid():
        custodian = form.cleaned_data["custodian"]
        done = attempt(form, lambda: actions.hand_over_asset(number=asset, custodian=custodian, by=request.user, at=request.at))
        if done is not None:
            return _to_things(found.station.number)
    return shown(request, form, found.station, _("Hand over “%(name)s”") % {"name": found.name}, _("Hand it over"))


@permission(Permission.WRITE_OFF_ASSET)
def write_off_asset(request: Any, asset: str) -> HttpResponse:
    """Take it off the list."""
    found = _visible(request, asset)
    form = WriteOffAssetForm(typed(request), initial={"on": request.on})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.write_off_asset(number=asset, by=request.user, at=request.at, **form.cleaned_data))
        if done is not None:
            return _to_things(found.station.number)
    return shown(request, form, found.station, _("Write off “%(name)s”") % {"name": found.name}, _("Write it off"), final=True)


@permission(Permission.SHARE_PREMISES)
def share_premises(request: Any, number: str) -> HttpResponse:
    """Say what else is at the door, and under whose roof the station stands."""
    station = visible_station(request, number)
    hosts = list(may_house(station, request.on))
    form = SharePremisesForm(
        typed(request),
        functions=policy_for(station.region, request.on).codes("station_functions"),
        hosts=hosts,
        initial={"functions": station.functions, "housed_in": station.housed_in_id},
    )
    if request.method == "POST" and form.is_valid():
        functions, host = tuple(form.cleaned_data["functions"]), _one(hosts, form.cleaned_data["housed_in"])
        done = attempt(
            form,
            lambda: actions.share_premises(station=station, functions=functions, housed_in=host, by=request.user, at=request.at),
        )
        if done is not None:
            return redirect("desk:stations:detail", number)
    return shown(request, form, station, _("Shared premises"), _("Save"))


@permission(Permission.TIE_STATION)
def tie_station(request: Any, number: str) -> HttpResponse:
    """Let another station guide this one."""
    station = visible_station(request, number)
    guides = list(may_guide(station, request.on))
    now = guides_of([station], request.on).get(station.pk)
    form = TieStationForm(typed(request), guides=guides, initial={"since": request.on, "above": now.pk if now else None})
    if request.method == "POST" and form.is_valid():
        above = _one(guides, form.cleaned_data["above"])
        since = form.cleaned_data["since"]
        assert above is not None  # noqa: S101 -- the form offers these alone
        done = attempt(form, lambda: actions.tie_station(station=station, above=above, since=since, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The station is guided by %(name)s from that day on.") % {"name": above.name})
            return redirect("desk:stations:detail", number)
    return shown(request, form, station, _("Who guides the station"), _("Save"))


def _one(stations: list[Station], pk: int | None) -> Station | None:
    return next((station for station in stations if station.pk == pk), None)


def _to_things(number: str) -> HttpResponse:
    address = redirect("desk:stations:detail", number)
    address["Location"] += "#things"
    return address


def _visible(request: Any, number: str) -> Asset:
    found = Asset.objects.select_related("station").filter(number=number).first()
    if found is None:
        raise NotFound(kind="asset", number=number)
    with asked_for("asset", number):
        found.station = visible_station(request, found.station.number)
    return found
