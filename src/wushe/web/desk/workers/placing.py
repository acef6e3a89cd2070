from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wushe.accounts.models import BodyKind
from wushe.accounts.queries import Scope, bodies_in, scope_of
from wushe.kernel.errors import NotFound
from wushe.policies.queries import policy_for
from wushe.web.common.access import asked_for, permission, require_here, require_open
from wushe.web.common.forms import attempt, typed
from wushe.web.desk.workers.keeping import filled
from wushe.web.desk.workers.posting_forms import (
    STATION,
    CorrectPostingForm,
    EndPostingForm,
    MoveWorkerForm,
    PlaceWorkerForm,
    WithdrawPostingForm,
    job_of,
)
from wushe.web.desk.workers.reading import visible_worker
from wushe.workforce import actions
from wushe.workforce.models import Posting, Worker
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import employers_in
from wushe.workforce.rules import refuse_ended_posting, refuse_left, refuse_withdrawn_posting


@permission(Permission.PLACE_WORKER)
def place_worker(request: Any, number: str) -> HttpResponse:
    """Let somebody begin in a post."""
    worker = visible_worker(request, number)
    require_open(request, refuse_left, worker)
    initial = {"region": worker.region, "body": STATION, "since": request.on}
    form = PlaceWorkerForm(typed(request), initial=initial, **_around(request, worker, Permission.PLACE_WORKER))
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.place_worker(worker=worker, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The post is entered."))
            return redirect("desk:workers:detail", number)
    return filled(request, form, worker, _("Place the person in a post"), _("Place them"))


@permission(Permission.MOVE_WORKER)
def move_worker(request: Any, posting: str) -> HttpResponse:
    """End one post and begin another."""
    found = _visible(request, posting)
    require_open(request, refuse_ended_posting, found)
    initial = job_of(found) | {"since": request.on, "body": STATION, "is_leader": False}
    form = MoveWorkerForm(typed(request), initial=initial, **_around(request, found.worker, Permission.MOVE_WORKER))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(
            form, lambda: actions.move_worker(posting=found, draft=form.to_draft(), reason=reason, by=request.user, at=request.at)
        )
        if done is not None:
            messages.success(request, _("The old post has ended, the new one begins on the same day."))
            return redirect("desk:workers:detail", found.worker.number)
    return filled(request, form, found.worker, _("Move to another post"), _("Move them"))


@permission(Permission.END_POSTING)
def end_posting(request: Any, posting: str) -> HttpResponse:
    """Let a post end."""
    found = _visible(request, posting)
    require_open(request, refuse_ended_posting, found)
    form = EndPostingForm(typed(request), initial={"until": request.on})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(form, lambda: actions.end_posting(posting=found, by=request.user, at=request.at, **given))
        if done is not None:
            return redirect("desk:workers:detail", found.worker.number)
    return filled(request, form, found.worker, _("End the post"), _("End it"))


@permission(Permission.CORRECT_POSTING)
def correct_posting(request: Any, posting: str) -> HttpResponse:
    """Correct what was entered of a post."""
    found = _visible(request, posting)
    require_open(request, refuse_ended_posting, found)
    form = CorrectPostingForm(typed(request), policy=policy_for(found.region, request.on), initial=job_of(found))
    if request.method == "POST" and form.is_valid():
        draft = form.to_draft(found.region, found.body)
        done = attempt(form, lambda: actions.correct_posting(posting=found, draft=draft, by=request.user, at=request.at))
        if done is not None:
            return redirect("desk:workers:detail", found.worker.number)
    return filled(request, form, found.worker, _("Correct the post"), _("Save"))


@permission(Permission.WITHDRAW_POSTING)
def withdraw_posting(request: Any, posting: str) -> HttpResponse:
    """Take back a post that was entered by mistake."""
    found = _visible(request, posting)
    require_open(request, refuse_withdrawn_posting, found)
    form = WithdrawPostingForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(form, lambda: actions.withdraw_posting(posting=found, reason=reason, by=request.user, at=request.at))
        if done is not None:
            return redirect("desk:workers:detail", found.worker.number)
    return filled(request, form, found.worker, _("Take the post back"), _("Take it back"), final=True)


def _around(request: Any, worker: Worker, step: Permission) -> dict[str, Any]:
    """What a form about a new post needs to know: where, by which policy, with which agencies and other employers."""
    around = Scope(regions=(worker.region.county or worker.region,))
    return {
        "scope": scope_of(request.user, step, request.on),
        "on": request.on,
        "policy": policy_for(worker.region, request.on),
        "units": [*bodies_in(around, BodyKind.AGENCY), *(employer.body for employer in employers_in(around))],
    }


def _visible(request: Any, number: str) -> Posting:
    found = Posting.objects.select_related("worker", "region__county", "body").filter(number=number).first()
    if found is None:
        raise NotFound(kind="posting", number=number)
    with asked_for("posting", number):
        found.worker = visible_worker(request, found.worker.number)
    require_here(request, region=found.region)
    return found
