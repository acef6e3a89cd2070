from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import posts_of, require, scope_of
from wushe.audit.actions import record
from wushe.inbox.actions import ask, notify, settle
from wushe.kernel.bus import publish
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.policies.queries import policy_for
from wushe.projects.actions.bidding import unseal
from wushe.projects.actions.progress import advance, ask_for_award
from wushe.projects.errors import (
    BidsStillSealed,
    ExpertHasConflict,
    ExpertNotEligible,
    InterestsNotDeclared,
    NotOnThePanel,
    PanelFull,
    ScoreOutOfRange,
    ScoresIncomplete,
    ScoresLocked,
    TooFewBids,
    TooFewExperts,
)
from wushe.projects.events import BidsOpened
from wushe.projects.models import Bid, Expert, Project, Score, Tender
from wushe.projects.permissions import Permission
from wushe.projects.queries import bid_count, bids_of, in_order, living_tender, locked, out_of_order, subject_of, valid_bids
from wushe.projects.states import ProjectState, Step


@dataclass(frozen=True, slots=True)
class ScoreDraft:
    """Points for one bid under one criterion."""

    bid_id: int
    criterion: str
    points: Decimal
    comment: str = ""


@transaction.atomic
def appoint_experts(*, project_id: int, users: Sequence[User], by: User, at: datetime) -> list[Expert]:
    """Seat people on the tender's panel until the award; once somebody has locked, only on the seats that are empty.

    Refuses: NotPermitted, StepNotAllowed, PanelFull, ExpertNotEligible.
    Effects: Experts; audit; news for each; once the bids are open, a to-do for each to declare interests; the to-do to seat the panel
    settled once there are enough.
    Policy: `tender.minimum_experts`, `scoring.working_days`.
    """
    project = locked(project_id)
    on = local_date(at)
    require(by, Permission.APPOINT_EXPERTS, on, region=project.region)
    tender = _tender_of(project, "appoint_experts", at)
    free = _seats_left(project, tender, at)
    # whoever has seen how the points lie must not add to the panel
    if len(users) > free and tender.experts.filter(locked_at__isnull=False).exists():
        raise PanelFull(seats=max(free, 0))
    seats = []
    for user in users:
        _refuse_expert(user, project, tender, by, at)
        seats.append(Expert(tender=tender, user=user, appointed_at=at))
    Expert.objects.bulk_create(seats)
    notify(users=users, verb="projects.experts_appointed", subject=subject_of(project), at=at)
    if tender.opened_at is not None:
        _ask_to_declare(project, seats, at=at)
    if _seats_left(project, tender, at) <= 0:
        settle(step="appoint_experts", subject=("project", project.number), at=at)
    record(
        by=by,
        at=at,
        verb="projects.experts_appointed",
        subject=("project", project.number),
        name=project.title,
        data={"experts": len(seats)},
    )
    return list(tender.experts.select_related("user"))


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
    tender = _tender_of(project, Step.OPEN_BIDS, at)
    if at <= tender.closes_at:
        raise BidsStillSealed(closes_at=tender.closes_at)
    policy = policy_for(project.region, on)
    count = bid_count(tender)
    if not count.is_enough:
        raise TooFewBids(received=count.valid, required=count.required, source=count.source)
    smallest = policy.require("tender.minimum_experts")
    seated = tender.experts.exclude(has_conflict=True).count()
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
    _ask_to_declare(project, tender.experts.filter(has_conflict__isnull=True).select_related("user"), at=at)
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
    tender = _tender_of(project, "declare_interests", at)
    expert = _seat(tender, by)
    if tender.opened_at is None:
        raise out_of_order(project, "declare_interests", at)
    if expert.has_conflict:
        raise _conflicted(project, expert, at)
    if has_conflict and not conflict.strip():
        raise FieldRequired(name="conflict")
    expert.declared_at, expert.has_conflict, expert.conflict = at, has_conflict, conflict if has_conflict else ""
    expert.save(update_fields=["declared_at", "has_conflict", "conflict"])
    subject = subject_of(project)
    settle(step="declare_interests", subject=subject[:2], at=at, user=by)
    if has_conflict:
        settle(step="score_bids", subject=subject[:2], at=at, user=by)
        expert.scores.all().delete()
        if _seats_left(project, tender, at) > 0:
            ask(
                step="appoint_experts",
                subject=subject,
                permission=Permission.APPOINT_EXPERTS,
                region=project.region.county,
                at=at,
                due_at=_panel_by(project, at),
            )
        _ask_for_award(project, tender, at=at)
    else:
        ask(step="score_bids", subject=subject, user=by, at=at, due_at=_panel_by(project, at))
    record(by=by, at=at, verb="projects.interests_declared", subject=subject[:2], name=project.title, data={"has_conflict": has_conflict})
    return expert


@transaction.atomic
def score_bids(*, project_id: int, scores: Sequence[ScoreDraft], lock: bool, by: User, at: datetime) -> Expert:
    """Keep an expert's points; with `lock`, for good. Nobody else sees them before the lock.

    Refuses: NotOnThePanel, InterestsNotDeclared, ExpertHasConflict, ExpertNotEligible, ScoresLocked, StepNotAllowed, ScoreOutOfRange,
    ScoresIncomplete.
    Effects: Scores; on lock: locked_at, audit, and, from the last expert, a to-do to award.
    Policy: the criteria frozen in the tender; `tender.conflicted_experts`.
    """
    project = locked(project_id)
    tender = _tender_of(project, "score_bids", at)
    expert = _seat(tender, by)
    if expert.has_conflict is None:
        raise InterestsNotDeclared
    if expert.has_conflict:
        raise _conflicted(project, expert, at)
    if project.state != ProjectState.SCORING:
        raise out_of_order(project, "score_bids", at)
    _refuse_bidder(by, tender, at)
    maxima = {row["code"]: Decimal(row["max_points"]) for row in tender.criteria}
    bids = set(valid_bids(tender).values_list("pk", flat=True))
    for draft in scores:
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
    _ask_for_award(project, tender, at=at)


def _ask_for_award(project: Project, tender: Tender, *, at: datetime) -> None:
    """From the last expert on, the award waits for the county, unless too few experts or bids are left for one."""
    locks = list(tender.experts.exclude(has_conflict=True).values_list("locked_at", flat=True))
    if all(locks) and _seats_left(project, tender, at) <= 0 and bid_count(tender).is_enough:
        ask_for_award(project, at=at)


def _ask_to_declare(project: Project, experts: Iterable[Expert], *, at: datetime) -> None:
    for expert in experts:
        ask(step="declare_interests", subject=subject_of(project), user=expert.user, at=at, due_at=_panel_by(project, at))


def _panel_by(project: Project, at: datetime) -> datetime:
    """By when the panel does its part, from the opening of the bids on: within `scoring.working_days`."""
    return policy_for(project.region, local_date(at)).deadline("scoring.working_days", local_date(at))


def _seats_left(project: Project, tender: Tender, at: datetime) -> int:
    """How many experts the panel still lacks."""
    smallest = policy_for(project.region, local_date(at)).require("tender.minimum_experts")
    return int(smallest.value) - tender.experts.exclude(has_conflict=True).count()


def _tender_of(project: Project, step: str, at: datetime) -> Tender:
    tender = living_tender(project)
    if tender is None or project.state not in {ProjectState.TENDERING, ProjectState.SCORING}:
        raise out_of_order(project, step, at)
    return tender


def _seat(tender: Tender, by: User) -> Expert:
    expert = tender.experts.select_for_update(of=("self",)).select_related("user").filter(user=by).first()
    if expert is None:
        raise NotOnThePanel
    if expert.locked_at is not None:
        raise ScoresLocked(locked_at=expert.locked_at)
    return expert


def _conflicted(project: Project, expert: Expert, at: datetime) -> ExpertHasConflict:
    rule = policy_for(project.region, local_date(at)).require("tender.conflicted_experts")
    return ExpertHasConflict(conflict=expert.conflict, source=rule.source)


def _refuse_expert(user: User, project: Project, tender: Tender, by: User, at: datetime) -> None:
    if not scope_of(user, Permission.SCORE_BIDS, local_date(at)).covers(project.region):
        raise ExpertNotEligible(expert=user.name, reason="not_an_expert")
    if user.pk in {by.pk, project.created_by_id, project.submitted_by_id}:
        raise ExpertNotEligible(expert=user.name, reason="made_the_project")
    if tender.experts.filter(user=user).exists():
        raise ExpertNotEligible(expert=user.name, reason="already_seated")
    _refuse_bidder(user, tender, at)


def _refuse_bidder(user: User, tender: Tender, at: datetime) -> None:
    """Bids may come after the seating, so that scoring asks again."""
    bidders = set(bids_of(tender).values_list("agency__body_id", flat=True))
    if any(post.body_id in bidders for post in posts_of(user, local_date(at))):
        raise ExpertNotEligible(expert=user.name, reason="works_for_a_bidder")
