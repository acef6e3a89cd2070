from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushe.kernel.errors import NotFound, NotPermitted
from wushe.organisations.models import Organisation
from wushe.organisations.queries import qualification_of
from wushe.policies.queries import policy_for
from wushe.projects import actions as projects
from wushe.projects.models import Bid, Project, Tender
from wushe.projects.permissions import Permission
from wushe.projects.queries import bidder_terms, bidding_fits, ground_of, living_tender, out_of_order, outcome_of, project_by_number
from wushe.web.common.access import permission, require_open, step_scope
from wushe.web.common.forms import attempt, try_or_say, typed
from wushe.web.desk.procurement.forms import BidForm


@permission(Permission.SUBMIT_BID)
def submit_bid(request: Any, number: str) -> HttpResponse:
    """Hand in a sealed bid; afterwards, what I handed in, for my eyes only."""
    project = project_by_number(number, user=request.user, at=request.at)
    agency = own_agency(request)
    tender = _tender(project, request.at)
    bid = tender.bids.filter(agency=agency, withdrawn_at__isnull=True).first()
    if bid is None:
        require_open(request, bidding_fits, project, request.at)
    form = BidForm(typed(request))
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form, lambda: projects.submit_bid(project_id=project.pk, agency=agency, draft=form.to_draft(), by=request.user, at=request.at)
        )
        if done is not None:
            messages.success(request, _("Your bid is sealed. Nobody reads it before the opening."))
            return redirect("desk:procurement:submit-bid", number)
    context = {
        "form": form,
        "project": project,
        "tender": tender,
        "agency": agency,
        "bid": bid,
        "ground": ground_of(bid, project) if bid else None,
        "outcome": outcome_of(bid, tender) if bid else None,
        "content": projects.unseal(bid) if bid else None,
        "checks": qualification_of(agency, request.on, **bidder_terms(policy_for(project.region, request.on))),
    }
    return render(request, "desk/procurement/submit_bid.html", context, status=422 if form.errors else 200)


@permission(Permission.SUBMIT_BID)
@require_POST
def withdraw_bid(request: Any, number: str) -> HttpResponse:
    """Take my bid back before closing."""
    project = project_by_number(number, user=request.user, at=request.at)
    bid = Bid.objects.filter(tender__project=project, agency=own_agency(request), withdrawn_at__isnull=True).first()
    if bid is None:
        raise NotFound(kind="bid", number=number)
    if try_or_say(request, lambda: projects.withdraw_bid(bid_id=bid.pk, by=request.user, at=request.at)) is not None:
        messages.success(request, _("Your bid is withdrawn. You can hand in another until closing."))
    return redirect("desk:procurement:submit-bid", number)


def own_agency(request: Any) -> Organisation:
    """The agency for which the person takes the step of the page. Raises NotPermitted."""
    bodies = step_scope(request).body_ids
    agency = Organisation.objects.filter(body__in=bodies).select_related("body").first()
    if agency is None:
        raise NotPermitted(permission=request.resolver_match.func.wushe_permission)
    return agency


def _tender(project: Project, at: datetime) -> Tender:
    tender = living_tender(project)
    if tender is None:
        raise out_of_order(project, "submit_bid", at)
    return tender
