from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, settle
from wushe.kernel.bus import publish
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.policies.queries import policy_for
from wushe.projects.actions.bidding import unseal
from wushe.projects.actions.progress import advance
from wushe.projects.actions.seating import (
    ask_once_all_locked,
    ask_to_declare,
    end_seat,
    panel_by,
    refuse_bidder,
    seat_of,
    settle_wishes,
    tender_of,
)
from wushe.projects.errors import (
    BidsStillSealed,
    InterestsNotDeclared,
    PointsComputed,
    ScoreOutOfRange,
    ScoresIncomplete,
    TooFewBids,
    TooFewExperts,
)
from wushe.projects.events import BidsOpened
from wushe.projects.models import Bid, Expert, Project, Score, Tender
from wushe.projects.permissions import Permission
from wushe.projects.queries import bid_count, bids_of, given_criteria, in_order, locked, out_of_order, subject_of, valid_bids
from wushe.projects.states import ProjectState, Step


@dataclass(frozen=True, slots=True)
class ScoreDraft:
    """Points for one bid under one criterion."""

    bid_id: int
    criterion: str
    points: Decimal
    comment: str = ""


@transaction.atomic
def open_bids(*, project_id: int, by: User, at: datetime) -> Tender:
    """Open all bids at once, after closing, with a panel seated.

    Refuses: NotPermitted, StepNotAllowed, BidsStillSealed, TooFewBids, TooFewExperts.
    Effects: every Bid readable; tendering -> scoring; audit with the digests; BidsOpened; a to-do for each expert to declare interests,
    now that the bidders have names.
    Policy: `tender.minimum_qualified_bids`, `tender.minimum_experts`, `scoring.working_days`.
    """
    project = locked(project_id)
    on = local_date(at)
    require(by, Permission.OPEN_BIDS, on, region=project.region)
    in_order(project, Step.OPEN_BIDS, at)
    tender = tender_of(project, Step.OPEN_BIDS, at)
    if at <= tender.closes_at:
        raise BidsStillSealed(closes_at=tender.closes_at)
    policy = policy_for(project.region, on)
    count = bid_count(tender)
    if not count.is_enough:
        raise TooFewBids(received=count.valid, required=count.required, source=count.source)
    smallest = policy.require("tender.minimum_experts")
    seated = tender.experts.seated().count()
    if seated < int(smallest.value):
        raise TooFewExperts(seated=seated, required=int(smallest.value), source=smallest.source)
    bids = list(bids_of(tender))
    for bid in bids:
        content = unseal(bid)
        bid.price, bid.plan, bid.team, bid.opened_at = Decimal(content["price"]), content["plan"], content["team"], at
    Bid.objects.bulk_update(bids, ["price", "plan", "team", "opened_at"])
    tender.opened_at = at
    tender.opened_by = by
    tender.save(update_fields=["opened_at", "opened_by"])
    advance(project, Step.OPEN_BIDS, at=at)
    settle(step=Step.OPEN_BIDS, subject=("project", project.number), at=at)
    settle(step="submit_bid", subject=("project", project.number), at=at)
    ask_to_declare(project, tender.experts.seated().filter(has_conflict__isnull=True).select_related("user"), at=at)
    digests = {bid.number: bid.digest for bid in bids}
    record(by=by, at=at, verb="projects.bids_opened", subject=("project", project.number), name=project.title, data={"digests": digests})
    publish(BidsOpened(project_id=project.pk, at=at.isoformat()))
    return tender


@transaction.atomic
def declare_interests(*, project_id: int, has_conflict: bool, conflict: str, by: User, at: datetime) -> Expert:
    """Say before scoring whether one has an interest in any bidder, who are named from the opening on. A conflict ends the seat.

    Refuses: StepNotAllowed, NotOnThePanel, ScoresLocked, ExpertHasConflict, FieldRequired.
    Effects: the Expert's declaration; audit; to-dos: score, or for the county to seat another when the panel is too small.
    Policy: `tender.minimum_experts`, `tender.conflicted_experts`, `scoring.working_days`.
    """
    project = locked(project_id)
    tender = tender_of(project, "declare_interests", at)
    expert = seat_of(project, tender, by, at)
    if tender.opened_at is None:
        raise out_of_order(project, "declare_interests", at)
    if has_conflict and not conflict.strip():
        raise FieldRequired(name="conflict")
    expert.declared_at, expert.has_conflict, expert.conflict = at, has_conflict, conflict if has_conflict else ""
    expert.save(update_fields=["declared_at", "has_conflict", "conflict"])
    subject = subject_of(project)
    settle(step="declare_interests", subject=subject[:2], at=at, user=by)
    if has_conflict:
        end_seat(project, tender, expert, at=at)
    else:
        ask(step="score_bids", subject=subject, user=by, at=at, due_at=panel_by(project, at))
    record(by=by, at=at, verb="projects.interests_declared", subject=subject[:2], name=project.title, data={"has_conflict": has_conflict})
    return expert


@transaction.atomic
def score_bids(*, project_id: int, scores: Sequence[ScoreDraft], lock: bool, by: User, at: datetime) -> Expert:
    """Keep an expert's points; with `lock`, for good. Nobody else sees them before the lock.

    Refuses: NotOnThePanel, InterestsNotDeclared, ExpertHasConflict, ExpertNotEligible, ScoresLocked, StepNotAllowed, PointsComputed,
    ScoreOutOfRange, ScoresIncomplete.
    Effects: Scores; on lock: locked_at, audit, and, from the last expert, a to-do to award.
    Policy: the criteria frozen in the tender; `tender.conflicted_experts`.
    """
    project = locked(project_id)
    tender = tender_of(project, "score_bids", at)
    expert = seat_of(project, tender, by, at)
    if expert.has_conflict is None:
        raise InterestsNotDeclared
    if project.state != ProjectState.SCORING:
        raise out_of_order(project, "score_bids", at)
    refuse_bidder(by, tender, at)
    maxima = {row["code"]: Decimal(row["max_points"]) for row in given_criteria(tender)}
    computed = {row["code"] for row in tender.criteria} - maxima.keys()
    bids = set(valid_bids(tender).values_list("pk", flat=True))
    for draft in scores:
        if draft.criterion in computed:
            raise PointsComputed(criterion=draft.criterion)
        if draft.bid_id not in bids or draft.criterion not in maxima or not 0 <= draft.points <= maxima[draft.criterion]:
            raise ScoreOutOfRange(criterion=draft.criterion, points=draft.points, maximum=maxima.get(draft.criterion, Decimal(0)))
    rows = [Score(expert=expert, bid_id=d.bid_id, criterion=d.criterion, points=d.points, comment=d.comment) for d in scores]
    Score.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["expert", "bid", "criterion"], update_fields=["points", "comment"]
    )
    if lock:
        _lock(project, tender, expert, missing=len(bids) * len(maxima) - expert.scores.filter(bid__in=bids).count(), at=at)
    return expert


def _lock(project: Project, tender: Tender, expert: Expert, *, missing: int, at: datetime) -> None:
    if missing:
        raise ScoresIncomplete(missing=missing)
    expert.locked_at = at
    expert.save(update_fields=["locked_at"])
    subject = subject_of(project)
    record(by=expert.user, at=at, verb="projects.scores_locked", subject=subject[:2], name=project.title)
    settle(step="score_bids", subject=subject[:2], at=at, user=expert.user)
    settle_wishes(project, tender, at=at)
    ask_once_all_locked(project, tender, at=at)
