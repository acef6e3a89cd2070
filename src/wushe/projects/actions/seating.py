"""Who sits on the review panel: seats are filled, given up and ended until the award."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import posts_of, require, scope_of
from wushe.audit.actions import record
from wushe.inbox.actions import ask, notify, settle
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.policies.queries import policy_for
from wushe.projects.actions.progress import ask_for_award
from wushe.projects.errors import ExpertHasConflict, ExpertNotEligible, ExpertNotReleasable, NotOnThePanel, PanelFull, ScoresLocked
from wushe.projects.models import Expert, Project, Tender
from wushe.projects.permissions import Permission
from wushe.projects.queries import bid_count, bids_of, living_tender, locked, out_of_order, release_ground, seats_left, subject_of
from wushe.projects.states import ProjectState


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
    tender = tender_of(project, "appoint_experts", at)
    free = seats_left(tender, on)
    # whoever has seen how the points lie must not add to the panel
    if len(users) > free and tender.experts.filter(locked_at__isnull=False).exists():
        raise PanelFull(seats=max(free, 0), unlocked=tender.experts.seated().filter(locked_at__isnull=True).count())
    seats = []
    for user in users:
        _refuse_expert(user, project, tender, by, at)
        seats.append(Expert(tender=tender, user=user, appointed_at=at))
    Expert.objects.bulk_create(seats)
    notify(users=users, verb="projects.experts_appointed", subject=subject_of(project), at=at)
    if tender.opened_at is not None:
        ask_to_declare(project, seats, at=at)
    if seats_left(tender, on) <= 0:
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
def ask_for_release(*, project_id: int, reason: str, by: User, at: datetime) -> Expert:
    """Say, as an expert whose scores are not locked, that one cannot go on. The seat stays until the county ends it.

    Refuses: StepNotAllowed, NotOnThePanel, ScoresLocked, ExpertHasConflict, FieldRequired.
    Effects: the Expert's wish; audit; a to-do for the county to release the expert.
    Policy: `tender.conflicted_experts`, `scoring.working_days`.
    """
    project = locked(project_id)
    tender = tender_of(project, "ask_for_release", at)
    expert = seat_of(project, tender, by, at)
    if not reason.strip():
        raise FieldRequired(name="reason")
    expert.release_asked_at, expert.release_wish = at, reason.strip()
    expert.save(update_fields=["release_asked_at", "release_wish"])
    record(by=by, at=at, verb="projects.release_asked", subject=("project", project.number), name=project.title)
    _ask_county(project, tender, "release_expert", at=at)
    return expert


@transaction.atomic
def release_expert(*, expert_id: int, reason: str, by: User, at: datetime) -> Expert:
    """End the seat of an expert who asked for it, or who has not declared or scored by the day; another is seated instead.

    Refuses: NotPermitted, StepNotAllowed, ExpertNotReleasable, FieldRequired.
    Effects: the Expert's release; points that were not locked deleted; audit with the ground; news for the expert; to-dos as after a
    conflict.
    Policy: `tender.minimum_experts`, `scoring.working_days`.
    """
    seat = Expert.objects.select_related("tender").get(pk=expert_id)
    project = locked(seat.tender.project_id)
    require(by, Permission.APPOINT_EXPERTS, local_date(at), region=project.region)
    tender = tender_of(project, "release_expert", at)
    expert = tender.experts.select_for_update(of=("self",)).select_related("user").filter(pk=expert_id).first()
    if expert is None:
        raise out_of_order(project, "release_expert", at)
    ground = release_ground(expert, project, at)
    if ground is None:
        raise ExpertNotReleasable(expert=expert.user.name)
    if not reason.strip():
        raise FieldRequired(name="reason")
    expert.released_at, expert.released_by, expert.release_reason = at, by, reason.strip()
    expert.save(update_fields=["released_at", "released_by", "release_reason"])
    subject = subject_of(project)
    settle(step="declare_interests", subject=subject[:2], at=at, user=expert.user)
    # why and whom stays with the panel; the history is read by everybody who takes part
    record(by=by, at=at, verb="projects.expert_released", subject=subject[:2], name=project.title, data={"ground": ground})
    notify(users=[expert.user], verb="projects.expert_released", subject=subject, at=at, data={"reason": expert.release_reason})
    end_seat(project, tender, expert, at=at)
    return expert


def end_seat(project: Project, tender: Tender, expert: Expert, *, at: datetime) -> None:
    """What follows when somebody leaves the panel before locking: no point of theirs is kept, and an empty seat is filled."""
    settle(step="score_bids", subject=("project", project.number), at=at, user=expert.user)
    expert.scores.all().delete()
    if seats_left(tender, local_date(at)) > 0:
        _ask_county(project, tender, "appoint_experts", at=at)
    settle_wishes(project, tender, at=at)
    ask_once_all_locked(project, tender, at=at)


def settle_wishes(project: Project, tender: Tender, *, at: datetime) -> None:
    """Take the county's to-do away when nobody who could still be released wishes it."""
    if not tender.experts.seated().filter(release_asked_at__isnull=False, locked_at__isnull=True).exists():
        settle(step="release_expert", subject=("project", project.number), at=at)


def ask_once_all_locked(project: Project, tender: Tender, *, at: datetime) -> None:
    """From the last expert on, the award waits for the county, unless too few experts or bids are left for one."""
    locks = list(tender.experts.seated().values_list("locked_at", flat=True))
    if all(locks) and seats_left(tender, local_date(at)) <= 0 and bid_count(tender).is_enough:
        ask_for_award(project, at=at)


def ask_to_declare(project: Project, experts: Iterable[Expert], *, at: datetime) -> None:
    """Ask each expert for the declaration, now that the bidders have names."""
    for expert in experts:
        ask(step="declare_interests", subject=subject_of(project), user=expert.user, at=at, due_at=panel_by(project, at))


def panel_by(project: Project, at: datetime) -> datetime:
    """By when the panel does its part, from the opening of the bids on: within `scoring.working_days`."""
    return policy_for(project.region, local_date(at)).deadline("scoring.working_days", local_date(at))


def tender_of(project: Project, step: str, at: datetime) -> Tender:
    """The tender that waits for its award. Raises StepNotAllowed."""
    tender = living_tender(project)
    if tender is None or project.state not in {ProjectState.TENDERING, ProjectState.SCORING}:
        raise out_of_order(project, step, at)
    return tender


def seat_of(project: Project, tender: Tender, by: User, at: datetime) -> Expert:
    """A person's seat, locked for the transaction. Raises NotOnThePanel, ScoresLocked, ExpertHasConflict."""
    seats = tender.experts.filter(released_at__isnull=True, user=by)
    expert = seats.select_for_update(of=("self",)).select_related("user").first()
    if expert is None:
        raise NotOnThePanel
    if expert.locked_at is not None:
        raise ScoresLocked(locked_at=expert.locked_at)
    if expert.has_conflict:
        rule = policy_for(project.region, local_date(at)).require("tender.conflicted_experts")
        raise ExpertHasConflict(conflict=expert.conflict, source=rule.source)
    return expert


def refuse_bidder(user: User, tender: Tender, at: datetime) -> None:
    """Bids may come after the seating, so that scoring asks again. Raises ExpertNotEligible."""
    bidders = set(bids_of(tender).values_list("agency__body_id", flat=True))
    if any(post.body_id in bidders for post in posts_of(user, local_date(at))):
        raise ExpertNotEligible(expert=user.name, reason="works_for_a_bidder")


def _refuse_expert(user: User, project: Project, tender: Tender, by: User, at: datetime) -> None:
    if not scope_of(user, Permission.SCORE_BIDS, local_date(at)).covers(project.region):
        raise ExpertNotEligible(expert=user.name, reason="not_an_expert")
    if user.pk in {by.pk, project.created_by_id, project.submitted_by_id}:
        raise ExpertNotEligible(expert=user.name, reason="made_the_project")
    held = tender.experts.filter(user=user).first()
    if held is not None:
        raise ExpertNotEligible(expert=user.name, reason="already_seated" if held.released_at is None else "was_released")
    refuse_bidder(user, tender, at)


def _ask_county(project: Project, tender: Tender, step: str, *, at: datetime) -> None:
    """Before the opening the panel has time until the bids close, as when it was first asked for."""
    ask(
        step=step,
        subject=subject_of(project),
        permission=Permission.APPOINT_EXPERTS,
        region=project.region.county,
        at=at,
        due_at=max(tender.closes_at, at) if tender.opened_at is None else panel_by(project, at),
    )
