"""What the party organisation and the committee of a place say to those who were trained, and what becomes of their requests."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.accounts.queries import Scope, scope_of
from wushe.policies.queries import policy_for, policy_where
from wushe.regions.models import Level, Region
from wushe.web.common.access import permission, require_here, require_open, signed_in
from wushe.web.common.filters import Choice
from wushe.web.common.forms import attempt, typed
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.common.templatetags.wushe import label
from wushe.web.desk.coaching.forms import FinishAppraisalForm, RecordAppraisalForm
from wushe.web.desk.coaching.showing import filled, name_of, own_scope
from wushe.workforce import actions
from wushe.workforce.models import Appraisal
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import APPRAISAL_STATES, TrainedFilter, appraisal_by_number, appraised_before, trained_in
from wushe.workforce.rules import refuse_met, refuse_oneself

SORTS = {
    "place": ("region__code", "number"),
    "held": ("last_held", "number"),
    "due": ("next_due", "number"),
}
STATE_WORDS = {
    "due": gettext_lazy("due for an appraisal"),
    "never": gettext_lazy("never appraised"),
    "open": gettext_lazy("requests open"),
    "late": gettext_lazy("requests overdue"),
}


@permission(Permission.VIEW_WORKERS)
def appraisals(request: Any) -> HttpResponse:
    """The trained people of my places: when they were last appraised, and which requests are open."""
    scope, state = own_scope(request), request.GET.get("state", "")
    policy = policy_where(scope.regions, request.on)
    before = appraised_before(policy, request.on)
    chosen = TrainedFilter(before, state if state in APPRAISAL_STATES else "")
    listing = Listing(request, trained_in(scope, chosen, request.on), SORTS)
    if listing.wants_table:
        header = [_("Number"), _("Name of the person"), _("Place"), _("Last appraisal"), _("Open requests"), _("Next due")]

        def line(row: Any) -> list[Any]:
            return [row.number, name_of(request, row), row.region.name, row.last_held, row.open_requests, row.next_due]

        return table_response(listing, "appraisals", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), line)
    context = {
        "listing": listing,
        "rows": [(each, name_of(request, each), each.last_held is None or each.last_held < before) for each in listing],
        "period": policy.require("appraisal.period"),
        "choices": [Choice("state", _("Situation"), STATE_WORDS.items(), state)],
    }
    return render(request, "desk/coaching/appraisals.html", context)


@permission(Permission.RECORD_APPRAISAL)
def record_appraisal(request: Any) -> HttpResponse:
    """Enter what was said to somebody."""
    places = scope_of(request.user, Permission.RECORD_APPRAISAL, request.on)
    worker = request.GET.get("worker", "")
    form = RecordAppraisalForm(
        typed(request),
        scope=own_scope(request),
        on=request.on,
        places=places,
        hosts=policy_where(places.regions, request.on).codes("appraisal_hosts"),
        initial={"worker": worker, "region": _speaker(places), "held_on": request.on},
    )
    if request.method == "POST" and form.is_valid():
        about, draft = form.cleaned_data["worker"], form.to_draft()
        done = attempt(form, lambda: actions.record_appraisal(worker=about, draft=draft, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The appraisal is entered."))
            return redirect("desk:coaching:appraisal", done.number)
    back = reverse("desk:coaching:appraisals")
    return filled(request, form, _("Enter an appraisal"), _("Enter the appraisal"), back=back, of=_("Appraisals"))


@signed_in
def appraisal(request: Any, number: str) -> HttpResponse:
    """One appraisal, for its place and for the person."""
    found = _visible(request, number)
    policy = policy_for(found.region, request.on)
    hosts = {code.code: label(code) for code in policy.codes("appraisal_hosts")}
    context = {"appraisal": found, "name": name_of(request, found.worker), "host": hosts.get(found.host, found.host)}
    return render(
        request, "desk/coaching/appraisal.html", context | {"is_late": found.due_on and not found.done_on and found.due_on < request.on}
    )


@permission(Permission.FINISH_APPRAISAL)
def finish_appraisal(request: Any, number: str) -> HttpResponse:
    """Say what came of a request; where its to-do leads."""
    found = _visible(request, number)
    require_here(request, region=found.region)
    require_open(request, refuse_oneself, found.worker, request.user)
    require_open(request, refuse_met, found)
    form = FinishAppraisalForm(typed(request), initial={"done_on": request.on})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(form, lambda: actions.finish_appraisal(appraisal=found, by=request.user, at=request.at, **given))
        if done is not None:
            messages.success(request, _("The request is met."))
            return redirect("desk:coaching:appraisal", number)
    back, of = reverse("desk:coaching:appraisal", args=[number]), name_of(request, found.worker)
    return filled(request, form, _("Enter what came of the request"), _("Enter the outcome"), back=back, of=of, explanation=found.request)


def _speaker(places: Scope) -> Region | None:
    """The place for which the reader speaks, when it can be no other."""
    only = places.only_place
    return only if only is not None and only.level in (Level.TOWN, Level.COMMUNITY) else None


def _visible(request: Any, number: str) -> Appraisal:
    """What the reader's places said, or what was said to the reader; others read no text."""
    return appraisal_by_number(number, request.user, scope_of(request.user, Permission.RECORD_APPRAISAL, request.on))
