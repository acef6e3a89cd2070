"""The six steps of the policy's procedure as the bar on top of a project, and the page of every step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse

from wushe.audit.models import Entry
from wushe.inbox.models import Todo
from wushe.kernel.clock import local_date
from wushe.oversight.queries import SUPERVISION, answerable_look, open_supervision
from wushe.policies.queries import Policy, ProcedureStep, policy_for
from wushe.projects.models import Project, StepDone
from wushe.projects.queries import PARTS, PLACES, AddedStep, added_steps, living_award, living_tender, open_steps
from wushe.projects.states import ProjectState

# by step of the procedure: the states of a project in which it still runs, and the verb that ends it
ENDS: dict[str, tuple[frozenset[ProjectState], str]] = {
    "needs_assessment": (frozenset({ProjectState.DRAFT}), "projects.design_submitted"),
    "publish_project": (
        frozenset({ProjectState.UNDER_REVIEW, ProjectState.APPROVED, ProjectState.TENDERING, ProjectState.SCORING}),
        "projects.tender_awarded",
    ),
    "sign_agreement": (frozenset({ProjectState.AWARDED}), "projects.agreement_signed"),
    "deliver_service": (frozenset({ProjectState.CONTRACTED, ProjectState.DELIVERING}), "services.station_entered"),
    "evaluation_acceptance": (frozenset({ProjectState.IN_ACCEPTANCE}), "projects.project_accepted"),
}
NEVER: tuple[frozenset[ProjectState], str] = (frozenset(), "")
DELIVERY = "deliver_service"
# where the last of these led a project
DELIVERIES = {
    "projects.delivery_started": ProjectState.DELIVERING,
    "projects.delivery_finished": ProjectState.IN_ACCEPTANCE,
    "projects.acceptance_refused": ProjectState.DELIVERING,
}
DESIGNS = {"projects.design_submitted": ProjectState.UNDER_REVIEW, "projects.design_returned": ProjectState.DRAFT}
LOOKED, WAIVED = ("oversight.project_supervised", "oversight.second_look_held"), "oversight.supervision_waived"
PAGES = {
    "submit_design": "desk:projects:submit-design",
    "review_design": "desk:projects:review-design",
    "publish_tender": "desk:projects:publish-tender",
    "cancel_tender": "desk:projects:cancel-tender",
    "submit_bid": "desk:procurement:submit-bid",
    "appoint_experts": "desk:procurement:appoint-experts",
    "release_expert": "desk:procurement:appoint-experts",
    "declare_interests": "desk:procurement:declare-interests",
    "open_bids": "desk:procurement:open-bids",
    "score_bids": "desk:procurement:score-bids",
    "award_tender": "desk:procurement:award-tender",
    "answer_objection": "desk:procurement:objections",
    "draw_up_agreement": "desk:procurement:draw-up-agreement",
    "sign_agreement": "desk:procurement:agreement",
    "sign_amendment": "desk:procurement:agreement",
    "request_payment": "desk:procurement:payments",
    "approve_payment": "desk:procurement:payments",
    "pay_tranche": "desk:procurement:payments",
    "approve_refund": "desk:procurement:payments",
    "enter_station": "desk:delivery:enter-station",
    "finish_delivery": "desk:delivery:finish-delivery",
    "supervise_project": "desk:oversight:supervise-project",
    "open_satisfaction": "desk:oversight:open-satisfaction",
    "appoint_evaluator": "desk:oversight:appoint-evaluator",
    "evaluate_project": "desk:oversight:evaluate-project",
    "accept_project": "desk:oversight:accept-project",
}
LOOKS = {
    "answer_findings": ("desk:oversight:answer-findings", answerable_look),
    "hold_second_look": ("desk:oversight:hold-second-look", open_supervision),
}


@dataclass(frozen=True, slots=True)
class StepOnBar:
    """A step of the procedure: done, now, to come, or where the project was terminated; with the day on which it ended or, while it runs, is due.

    `done` is what was entered at an added one; `failed` is when a look failed that waits for its second.
    """

    step: ProcedureStep
    mark: str
    ended: Any
    due: datetime | None = None
    done: StepDone | None = None
    failed: datetime | None = None


def steps_of(project: Project, policy: Policy, entries: Sequence[Entry], todos: Sequence[Todo] = ()) -> list[StepOnBar]:
    """The bar. Supervision runs beside delivery and is done when its last look has passed, or when it was waived.

    Of a terminated project only those steps are done that were taken; the one that ran is where it ended.

    A step that a place has added to the procedure runs from when the project comes to it until it is done or waived; the step after it waits.
    """
    last = {entry.verb: entry.at for entry in entries}
    steps, stood = policy.steps(), _stood(project, entries)
    runs = (index for index, step in enumerate(steps) if stood in ENDS.get(step.code, NEVER)[0])
    current = next(runs, len(steps))
    added = {each.step.code for each in added_steps(policy)}
    done = {each.code: each for each in project.steps_done.all()} if added else {}
    waiting = open_steps(project, policy)[:1]
    running = "ended" if project.state == ProjectState.TERMINATED else "now"
    bar = []
    for index, step in enumerate(steps):
        if step.code in added:
            bar.append(_added(step, done.get(step.code), waiting, todos))
            continue
        if step.code == SUPERVISION:
            bar.append(_supervision(step, project, entries, todos))
            continue
        mark = "done" if index < current else running if index == current and not _waits(step, waiting) else ""
        ended = last.get(ENDS.get(step.code, NEVER)[1]) if mark == "done" or step.code == DELIVERY else None
        bar.append(StepOnBar(step, mark, ended, _due(step.code, todos) if mark == "now" else None))
    return bar


def _added(step: ProcedureStep, done: StepDone | None, waiting: Sequence[AddedStep], todos: Sequence[Todo]) -> StepOnBar:
    if done is not None:
        return StepOnBar(step, "done", done.at, None, done)
    is_now = step in [each.step for each in waiting]
    return StepOnBar(step, "now" if is_now else "", None, _due(step.code, todos, "complete_step") if is_now else None)


def _waits(step: ProcedureStep, waiting: Sequence[AddedStep]) -> bool:
    """Whether a step has not begun because one that was added before it is open."""
    return any(PLACES.get(step.code) == (each.state, each.gate) for each in waiting)


def _due(code: str, todos: Sequence[Todo], part: str = "") -> datetime | None:
    """The first day by which something of the step is due."""
    parts = (part,) if part else PARTS.get(code, ())
    return min((todo.due_at for todo in todos if todo.step in parts and todo.due_at), default=None)


def _stood(project: Project, entries: Sequence[Entry]) -> str:
    """Where a project stands; of a terminated one, where it stood before."""
    if project.state != ProjectState.TERMINATED:
        return project.state
    delivery, agreement, tender = _led_to(DELIVERIES, entries), getattr(project, "agreement", None), living_tender(project)
    if delivery is not None:
        return delivery
    if agreement is not None and agreement.is_signed:
        return ProjectState.CONTRACTED
    if tender is not None and living_award(tender) is not None:
        return ProjectState.AWARDED
    return _led_to(DESIGNS, entries) or ProjectState.DRAFT


def _led_to(turns: Mapping[str, ProjectState], entries: Sequence[Entry]) -> ProjectState | None:
    return next((turns[entry.verb] for entry in reversed(entries) if entry.verb in turns), None)


def _supervision(step: ProcedureStep, project: Project, entries: Sequence[Entry], todos: Sequence[Todo]) -> StepOnBar:
    """Its last look tells: what an earlier one has passed does not stand against a later failure."""
    look = next((entry for entry in reversed(entries) if entry.verb == WAIVED or entry.verb in LOOKED), None)
    if look is not None and (look.verb == WAIVED or look.data["passed"]):
        return StepOnBar(step, "done", look.at)
    failed = look is not None
    if project.state == ProjectState.DELIVERING or (failed and project.state == ProjectState.IN_ACCEPTANCE):
        return StepOnBar(step, "now", None, _due(step.code, todos), failed=look.at if look else None)
    return StepOnBar(step, "", None)


def step_address(project: Project, step: str, at: datetime) -> str:
    """The page on which a step is done; empty when there is none, or when its time is over."""
    try:
        if step == "submit_bid":
            tender = living_tender(project)
            return reverse(PAGES[step], args=[project.number]) if tender is not None and at <= tender.closes_at else ""
        if step == "complete_step":
            waiting = open_steps(project, policy_for(project.region, local_date(at)))
            return reverse("desk:projects:complete-step", args=[project.number, waiting[0].step.code]) if waiting else ""
        if step in LOOKS:
            page, found = LOOKS[step]
            look = found(project)
            return reverse(page, args=[project.number, look.number]) if look else ""
        return reverse(PAGES[step], args=[project.number]) if step in PAGES else ""
    except NoReverseMatch:
        return ""
