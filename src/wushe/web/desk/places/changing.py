"""Changes of the tree. The tree lies below the posts, so it cannot ask for them: who may change what is asked here, for every place concerned."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wushe.regions import actions
from wushe.regions.models import Level, Region, Settlement
from wushe.regions.permissions import Permission
from wushe.regions.queries import children_on
from wushe.web.common.access import permission, require_here
from wushe.web.common.forms import attempt, typed
from wushe.web.desk.navigation import lead_back
from wushe.web.desk.places.forms import MergeRegionsForm, RecordPopulationForm, SetCoverageForm, SetSettlementForm, SplitRegionForm
from wushe.web.desk.places.reading import LEVELS, region_of


@permission(Permission.SET_SETTLEMENT)
def set_settlement(request: Any, pk: int) -> HttpResponse:
    """Let the place count as a city community or a village from a day on."""
    region = _own(request, pk)
    form = SetSettlementForm(typed(request), today=request.on)
    if request.method == "POST" and form.is_valid():
        kind, on = Settlement(form.cleaned_data["settlement"]), form.cleaned_data["on"]
        if attempt(form, lambda: actions.set_settlement(region_id=pk, settlement=kind, on=on, by=request.user, at=request.at)):
            messages.success(request, _("From that day on the place counts so; the days before stay as they were."))
            return redirect("desk:places:detail", pk)
    return render(request, "desk/places/set_settlement.html", {"form": form, "place": region}, status=422 if form.errors else 200)


@permission(Permission.SET_COVERAGE)
def set_coverage(request: Any, pk: int) -> HttpResponse:
    """Let "all communities" of a policy mean this place from a day on, or not any more."""
    region = _own(request, pk)
    form = SetCoverageForm(typed(request), today=request.on)
    if request.method == "POST" and form.is_valid():
        counts, on = form.cleaned_data["counts"] == "yes", form.cleaned_data["on"]
        if attempt(form, lambda: actions.set_coverage(region_id=pk, counts=counts, on=on, by=request.user, at=request.at)):
            messages.success(request, _("From that day on the place counts so; the days before stay as they were."))
            return redirect("desk:places:detail", pk)
    return render(request, "desk/places/set_coverage.html", {"form": form, "place": region}, status=422 if form.errors else 200)


@permission(Permission.RECORD_POPULATION)
def record_population(request: Any, pk: int) -> HttpResponse:
    """Enter or correct how many live in the place by the count of a year."""
    region = _own(request, pk)
    form = RecordPopulationForm(typed(request), initial={"year": request.on.year})
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: actions.record_population(region_id=pk, by=request.user, at=request.at, **form.cleaned_data))
        if made is not None:
            messages.success(request, _("The count is on record."))
            return redirect("desk:places:detail", pk)
    return render(request, "desk/places/record_population.html", {"form": form, "place": region}, status=422 if form.errors else 200)


@permission(Permission.MERGE_REGIONS)
def merge_regions(request: Any, pk: int) -> HttpResponse:
    """Let the place end and go to another."""
    region = _own(request, pk)
    form = MergeRegionsForm(typed(request), region=region, today=request.on)
    if request.method == "POST" and form.is_valid():
        target, on = form.cleaned_data["target"], form.cleaned_data["on"]
        require_here(request, region=target)
        merged = attempt(form, lambda: actions.merge_regions(source_ids=[pk], target_id=target.pk, on=on, by=request.user, at=request.at))
        if merged is not None:
            messages.success(request, _("%(source)s is part of %(target)s now.") % {"source": region.name, "target": merged.name})
            return redirect("desk:places:detail", merged.pk)
    context = {"form": form, "place": region, "children": children_on(region, request.on)}
    return render(request, "desk/places/merge_regions.html", context, status=422 if form.errors else 200)


@permission(Permission.SPLIT_REGION)
def split_region(request: Any, pk: int) -> HttpResponse:
    """Make a new place beside this one."""
    region = _own(request, pk)
    form = SplitRegionForm(typed(request), children=children_on(region, request.on), today=request.on)
    if request.method == "POST" and form.is_valid():
        draft, on = form.to_draft(), form.cleaned_data["on"]
        made = attempt(form, lambda: actions.split_region(region_id=pk, draft=draft, on=on, by=request.user, at=request.at))
        if made is not None:
            messages.success(request, _("%(name)s stands in the tree now.") % {"name": made.name})
            return redirect("desk:places:detail", made.pk)
    context = {"form": form, "place": region, "level": LEVELS[Level(region.level)]}
    return render(request, "desk/places/split_region.html", context, status=422 if form.errors else 200)


def _own(request: Any, pk: int) -> Region:
    region = region_of(pk)
    require_here(request, region=region)
    lead_back(request, reverse("desk:places:detail", args=[pk]), region.name)
    return region
