from string import ascii_uppercase
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wushe.accounts.queries import holders
from wushe.kernel.errors import NotFound
from wushe.projects import actions as projects
from wushe.projects.models import Expert, Project, Tender
from wushe.projects.permissions import Permission
from wushe.projects.queries import bids_of, experts_of, living_tender, project_by_number, seat_to_leave, seats_left, seats_of, valid_bids
from wushe.web.common.access import permission
from wushe.web.common.forms import attempt, typed
from wushe.web.desk.navigation import lead_back
from wushe.web.desk.procurement.forms import Blind, ExpertsForm, InterestsForm, ReasonForm, ScoresForm
from wushe.web.desk.projects.finding import own_project


@permission(Permission.APPOINT_EXPERTS)
def appoint_experts(request: Any, number: str) -> HttpResponse:
    """Seat the panel."""
    project, tender = tendered(request, number)
    seats = seats_of(tender, project, request.at)
    free = max(seats_left(tender, request.on), 0)
    # nobody sits twice on a panel, whatever became of the first seat
    others = holders(Permission.SCORE_BIDS, request.on, region=project.region).exclude(pk__in=[each.expert.user_id for each in seats])
    form = ExpertsForm(typed(request), holders=others)
    if request.method == "POST" and form.is_valid():
        users = list(form.cleaned_data["experts"])
        if attempt(form, lambda: projects.appoint_experts(project_id=project.pk, users=users, by=request.user, at=request.at)) is not None:
            messages.success(request, _("The experts are asked to declare their interests."))
            return redirect("desk:projects:detail", number)
    is_closed = free == 0 and any(each.expert.locked_at for each in seats)
    context = {"form": form, "project": project, "seats": seats, "free": free, "is_closed": is_closed, "others": others}
    return render(request, "desk/procurement/appoint_experts.html", context, status=422 if form.errors else 200)


@permission(Permission.APPOINT_EXPERTS)
def release_expert(request: Any, number: str, seat: int) -> HttpResponse:
    """End the seat of an expert who asked for it or is late; another is seated on the page that follows."""
    project, tender = tendered(request, number)
    found = next((each for each in seats_of(tender, project, request.at) if each.expert.pk == seat), None)
    if found is None:
        raise NotFound(kind="tender", number=number)
    form = ReasonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(form, lambda: projects.release_expert(expert_id=seat, reason=reason, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The expert is released. Seat another where the panel is too small."))
            return redirect("desk:procurement:appoint-experts", number)
    lead_back(request, reverse("desk:procurement:appoint-experts", args=[number]), _("Seat the review panel"))
    context = {"form": form, "project": project, "seat": found}
    return render(request, "desk/procurement/release_expert.html", context, status=422 if form.errors else 200)


@permission(Permission.SCORE_BIDS)
def ask_for_release(request: Any, number: str) -> HttpResponse:
    """Say that I cannot go on."""
    project = project_by_number(number, user=request.user, at=request.at)
    seat = seat_to_leave(_living(project), request.user)
    if seat is None:
        raise NotFound(kind="tender", number=number)
    form = ReasonForm(typed(request), initial={"reason": seat.release_wish})
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if (
            attempt(form, lambda: projects.ask_for_release(project_id=project.pk, reason=reason, by=request.user, at=request.at))
            is not None
        ):
            messages.success(request, _("The county is asked to release you."))
            return redirect("desk:projects:detail", number)
    context = {"form": form, "project": project, "seat": seat}
    return render(request, "desk/procurement/ask_for_release.html", context, status=422 if form.errors else 200)


@permission(Permission.OPEN_BIDS)
def open_bids(request: Any, number: str) -> HttpResponse:
    """Open all bids at once."""
    project, tender = tendered(request, number)
    if request.method == "POST":
        projects.open_bids(project_id=project.pk, by=request.user, at=request.at)
        messages.success(request, _("The bids are open. The panel scores now."))
        return redirect("desk:projects:detail", number)
    closed = request.at > tender.closes_at
    context = {"project": project, "tender": tender, "closed": closed, "bids": bids_of(tender), "experts": experts_of(tender)}
    return render(request, "desk/procurement/open_bids.html", context)


@permission(Permission.SCORE_BIDS)
def declare_interests(request: Any, number: str) -> HttpResponse:
    """Say, before scoring, whether I have an interest in a bidder. Bidders have names from the opening on, and only for the panel."""
    project, tender, _expert = _seated(request, number)
    form = InterestsForm(typed(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = attempt(form, lambda: projects.declare_interests(project_id=project.pk, by=request.user, at=request.at, **data))
        if done is not None:
            messages.success(request, _("Your declaration is on record."))
            return redirect("desk:projects:detail", number)
    context = {"form": form, "project": project, "tender": tender, "bids": bids_of(tender) if tender.opened_at else []}
    return render(request, "desk/procurement/declare_interests.html", context, status=422 if form.errors else 200)


@permission(Permission.SCORE_BIDS)
def score_bids(request: Any, number: str) -> HttpResponse:
    """Give my points; keep them, or lock them for good."""
    project, tender, expert = _seated(request, number)
    if expert.declared_at is None:
        return redirect("desk:procurement:declare-interests", number)
    bids = _without_names(tender)
    kept = {f"points_{score.bid_id}_{score.criterion}": score.points for score in expert.scores.all()}
    form = ScoresForm(typed(request), bids=bids, tender=tender, initial=kept)
    if request.method == "POST" and form.is_valid():
        lock = "lock" in request.POST
        done = attempt(
            form, lambda: projects.score_bids(project_id=project.pk, scores=form.scores(), lock=lock, by=request.user, at=request.at)
        )
        if done is not None:
            messages.success(request, _("Your points are locked.") if lock else _("Your points are kept. Nobody else sees them."))
            return redirect("desk:projects:detail" if lock else "desk:procurement:score-bids", number)
    context = {"form": form, "project": project, "tender": tender, "expert": expert, "bids": bids}
    return render(request, "desk/procurement/score_bids.html", context, status=422 if form.errors else 200)


def tendered(request: Any, number: str) -> tuple[Project, Tender]:
    """A project with its living tender, with which I may take the step of the page. Raises NotFound, NotPermitted."""
    project = own_project(request, number)
    return project, _living(project)


def _seated(request: Any, number: str) -> tuple[Project, Tender, Expert]:
    """The project with its living tender and my seat on its panel. Raises NotFound."""
    project = project_by_number(number, user=request.user, at=request.at)
    tender = _living(project)
    expert = experts_of(tender).filter(user=request.user, released_at__isnull=True).first()
    if expert is None:
        raise NotFound(kind="tender", number=number)
    return project, tender, expert


def _living(project: Project) -> Tender:
    tender = living_tender(project)
    if tender is None:
        raise NotFound(kind="tender", number=project.number)
    return tender


def _without_names(tender: Tender) -> list[Blind]:
    # the order of the digests is nobody's: neither who bids nor when shows in it
    bids = sorted(valid_bids(tender), key=lambda bid: bid.digest)
    return [Blind(ascii_uppercase[place], bid) for place, bid in enumerate(bids)]
