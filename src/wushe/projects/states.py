"""The whole life of a project on one screen."""

from enum import StrEnum

from django.db import models

from wushe.kernel.steps import Transition, table
from wushe.projects.permissions import Permission


class ProjectState(models.TextChoices):
    """Where a project stands."""

    DRAFT = "draft"
    UNDER_REVIEW = "under_review"
    APPROVED = "approved"
    TENDERING = "tendering"
    SCORING = "scoring"
    AWARDED = "awarded"
    CONTRACTED = "contracted"
    DELIVERING = "delivering"
    IN_ACCEPTANCE = "in_acceptance"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    TERMINATED = "terminated"


class Step(StrEnum):
    """The steps that move a project on."""

    DRAFT_PROJECT = "draft_project"
    SUBMIT_DESIGN = "submit_design"
    RETURN_DESIGN = "return_design"
    APPROVE_DESIGN = "approve_design"
    PUBLISH_TENDER = "publish_tender"
    CANCEL_TENDER = "cancel_tender"
    OPEN_BIDS = "open_bids"
    AWARD_TENDER = "award_tender"
    WITHDRAW_AWARD = "withdraw_award"
    SIGN_AGREEMENT = "sign_agreement"
    START_DELIVERY = "start_delivery"
    FINISH_DELIVERY = "finish_delivery"
    ACCEPT_PROJECT = "accept_project"
    REFUSE_ACCEPTANCE = "refuse_acceptance"
    CLOSE_PROJECT = "close_project"
    TERMINATE_PROJECT = "terminate_project"


S = ProjectState
OVER = frozenset({S.CLOSED, S.TERMINATED})
BEFORE_THE_END = frozenset(S.values) - {S.ACCEPTED} - OVER

TRANSITIONS = table(
    Transition(Step.SUBMIT_DESIGN, frozenset({S.DRAFT}), S.UNDER_REVIEW, Permission.SUBMIT_DESIGN),
    Transition(Step.RETURN_DESIGN, frozenset({S.UNDER_REVIEW}), S.DRAFT, Permission.REVIEW_DESIGN),
    Transition(Step.APPROVE_DESIGN, frozenset({S.UNDER_REVIEW}), S.APPROVED, Permission.REVIEW_DESIGN),
    Transition(Step.PUBLISH_TENDER, frozenset({S.APPROVED}), S.TENDERING, Permission.PUBLISH_TENDER),
    Transition(Step.CANCEL_TENDER, frozenset({S.TENDERING, S.SCORING}), S.APPROVED, Permission.CANCEL_TENDER),
    Transition(Step.OPEN_BIDS, frozenset({S.TENDERING}), S.SCORING, Permission.OPEN_BIDS),
    Transition(Step.AWARD_TENDER, frozenset({S.SCORING}), S.AWARDED, Permission.AWARD_TENDER),
    Transition(Step.WITHDRAW_AWARD, frozenset({S.AWARDED}), S.SCORING, Permission.ANSWER_OBJECTION),
    Transition(Step.SIGN_AGREEMENT, frozenset({S.AWARDED}), S.CONTRACTED, Permission.SIGN_AS_PURCHASER),
    Transition(Step.START_DELIVERY, frozenset({S.CONTRACTED}), S.DELIVERING, "services.enter_station"),
    Transition(Step.FINISH_DELIVERY, frozenset({S.DELIVERING}), S.IN_ACCEPTANCE, "services.finish_delivery"),
    Transition(Step.ACCEPT_PROJECT, frozenset({S.IN_ACCEPTANCE}), S.ACCEPTED, "oversight.accept_project"),
    Transition(Step.REFUSE_ACCEPTANCE, frozenset({S.IN_ACCEPTANCE}), S.DELIVERING, "oversight.accept_project"),
    Transition(Step.CLOSE_PROJECT, frozenset({S.ACCEPTED}), S.CLOSED, Permission.PAY_TRANCHE),
    Transition(Step.TERMINATE_PROJECT, BEFORE_THE_END, S.TERMINATED, Permission.TERMINATE_PROJECT),
)
