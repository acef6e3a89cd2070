from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wushe.kernel.errors import NotFound
from wushe.policies.queries import policy_for
from wushe.projects import actions as projects
from wushe.projects.permissions import Permission
from wushe.projects.queries import bid_count, bids_of, ground_of, grounds_of, score_table
from wushe.projects.states import ProjectState
from wushe.web.common.access import permission
from wushe.web.common.forms import attempt, typed
from wushe.web.desk.navigation import lead_back
from wushe.web.desk.procurement.forms import DisqualifyForm
from wushe.web.desk.procurement.panel import tendered


@permission(Permission.DISQUALIFY_BID)
def bids(request: Any, number: str) -> HttpResponse:
    """The bids after their opening, side by side: who offers what at which price, and everybody's points once all are locked."""
    project, tender = tendered(request, number)
    rows = [{"bid": bid, "ground": ground_of(bid, project)} for bid in bids_of(tender)] if tender.opened_at else []
    count = bid_count(tender)
    context = {
        "project": project,
        "tender": tender,
        "rows": rows,
        "count": count,
        "table": score_table(tender, request.on) if tender.opened_at else None,
        "may_disqualify": project.state == ProjectState.SCORING,
    }
    return render(request, "desk/procurement/bids.html", context)


@permission(Permission.DISQUALIFY_BID)
def disqualify_bid(request: Any, number: str, bid: str) -> HttpResponse:
    """Take a bid out of the contest; what follows for the tender is said before."""
    project, tender = tendered(request, number)
    found = bids_of(tender).filter(number=bid, opened_at__isnull=False).first()
    if found is None:
        raise NotFound(kind="bid", number=bid)
    grounds = grounds_of(policy_for(project.region, request.on))
    form = DisqualifyForm(typed(request), grounds=grounds.values())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = attempt(form, lambda: projects.disqualify_bid(bid_id=found.pk, by=request.user, at=request.at, **data))
        if done is not None:
            messages.success(request, _("The bid is disqualified and the bidder is told."))
            return redirect("desk:procurement:bids", number)
    lead_back(request, reverse("desk:procurement:bids", args=[number]), _("Bids of the tender"))
    context = {"form": form, "project": project, "bid": found, "count": bid_count(tender)}
    return render(request, "desk/procurement/disqualify_bid.html", context, status=422 if form.errors else 200)
