from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from wushe.accounts.queries import scope_of
from wushe.needs.actions import record_need as record
from wushe.needs.permissions import Permission
from wushe.needs.queries import duplicates_of, need_by_number, places_to_record
from wushe.policies.queries import policy_for
from wushe.regions.models import Region
from wushe.web.common.access import permission
from wushe.web.common.forms import attempt, typed
from wushe.web.field.needs.forms import RecordNeedForm

RECEIPT = "recorded_need"
LAST_PLACE = "recorded_place"


@permission(Permission.RECORD_NEED)
def record_need(request: Any) -> HttpResponse:
    """One page for the doorstep: the place of the last need is chosen again."""
    places = places_to_record(scope_of(request.user, Permission.RECORD_NEED, request.on))
    place = _chosen(request, places)
    names = {code: name for code, (_pk, name) in places.items()}
    initial = {"place": request.session.get(LAST_PLACE, "")}
    form = RecordNeedForm(typed(request), policy=policy_for(place, request.on), place=place, names=names, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: record(draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            request.session[RECEIPT] = {"number": done.need.number, "code": done.code}
            request.session[LAST_PLACE] = done.need.region.code
            return redirect("field:needs:recorded", done.need.number)
    context = {"form": form, "place": place, "several": len(places) > 1}
    return render(request, "field/needs/record_need.html", context, status=422 if form.errors else 200)


@permission(Permission.RECORD_NEED)
def recorded(request: Any, number: str) -> HttpResponse:
    """The code for the resident, and what much the same needs are on record already."""
    need = need_by_number(number, user=request.user, at=request.at)
    kept = request.session.get(RECEIPT, {})
    code = f"{kept['code'][:4]}-{kept['code'][4:]}" if kept.get("number") == number else ""
    alike = duplicates_of(need, seen_by=scope_of(request.user, Permission.VIEW_NEED, request.on))
    return render(request, "field/needs/recorded.html", {"need": need, "code": code, "alike": alike})


def _chosen(request: Any, places: dict[str, tuple[int, str]]) -> Region:
    """The place that the form names, or that of the last need, or the first."""
    wished = (request.POST.get("place"), request.session.get(LAST_PLACE), *places)
    pk, _name = next(places[code] for code in wished if code in places)
    return Region.objects.select_related("town", "county").get(pk=pk)
