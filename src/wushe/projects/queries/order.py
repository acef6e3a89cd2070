"""The order of the procedure: to which of its steps a step of a project belongs, so that a refusal can name the article."""

from datetime import datetime

from wushe.kernel.clock import local_date
from wushe.kernel.errors import PolicySource, StepNotAllowed
from wushe.kernel.steps import Transition, allowed
from wushe.policies.queries import Policy, policy_for
from wushe.projects.models import Project
from wushe.projects.states import TRANSITIONS

# by the code that packs give the steps of the procedure, what is done in each of them, here and on the floors above
PARTS: dict[str, tuple[str, ...]] = {
    "needs_assessment": ("submit_design",),
    "publish_project": (
        "take_up_review",
        "review_design",
        "approve_design",
        "return_design",
        "publish_tender",
        "cancel_tender",
        "submit_bid",
        "withdraw_bid",
        "appoint_experts",
        "ask_for_release",
        "release_expert",
        "open_bids",
        "declare_interests",
        "score_bids",
        "disqualify_bid",
        "award_tender",
        "raise_objection",
        "answer_objection",
    ),
    "sign_agreement": (
        *("draw_up_agreement", "redraw_agreement", "sign_agreement"),
        *("amend_agreement", "sign_amendment", "withdraw_amendment"),
    ),
    "deliver_service": ("start_delivery", "enter_station", "record_expense", "finish_delivery"),
    "midterm_supervision": ("supervise_project", "answer_findings", "hold_second_look", "waive_supervision"),
    "evaluation_acceptance": (
        *("open_satisfaction", "appoint_evaluator", "evaluate_project", "accept_project", "refuse_acceptance"),
        # what is left over is known when the work is accepted, or given up
        *("record_refund", "approve_refund", "refuse_refund"),
    ),
}
# paid by tranches: their plan sets the order of request, approval and payment
PAYING = frozenset({"approve_payment", "pay_tranche", "return_payment", "withdraw_payment"})
BELONGS = {part: code for code, parts in PARTS.items() for part in parts}


def source_of_step(policy: Policy, step: str) -> PolicySource | None:
    """The article of the step of the procedure to which a step of a project belongs; of a payment, that of the tranches."""
    if step in PAYING:
        return policy.origin("tranches").source
    return next((each.source for each in policy.steps() if each.code == BELONGS.get(step)), None)


def out_of_order(project: Project, step: str, at: datetime, *, state: str = "") -> StepNotAllowed:
    """The refusal of a step that does not fit where the project stands, with the article that sets the order.

    `state` is that of a part of the project, such as a tranche, where this is what the step does not fit.
    """
    source = source_of_step(policy_for(project.region, local_date(at)), step)
    return StepNotAllowed(step=str(step), state=str(state or project.state), source=source)


def in_order(project: Project, step: str, at: datetime) -> Transition:
    """The transition of a step that fits where the project stands. Raises StepNotAllowed."""
    try:
        return allowed(TRANSITIONS, step, state=project.state)
    except StepNotAllowed:
        raise out_of_order(project, step, at) from None
