from enum import StrEnum


class Permission(StrEnum):
    """What may be done with projects, in the order of the chain."""

    VIEW_PROJECT = "projects.view_project"
    DRAFT_PROJECT = "projects.draft_project"
    SUBMIT_DESIGN = "projects.submit_design"
    REVIEW_DESIGN = "projects.review_design"
    PUBLISH_TENDER = "projects.publish_tender"
    CANCEL_TENDER = "projects.cancel_tender"
    SUBMIT_BID = "projects.submit_bid"
    OPEN_BIDS = "projects.open_bids"
    DISQUALIFY_BID = "projects.disqualify_bid"
    APPOINT_EXPERTS = "projects.appoint_experts"
    SCORE_BIDS = "projects.score_bids"
    AWARD_TENDER = "projects.award_tender"
    RAISE_OBJECTION = "projects.raise_objection"
    ANSWER_OBJECTION = "projects.answer_objection"
    DRAW_UP_AGREEMENT = "projects.draw_up_agreement"
    SIGN_AS_PURCHASER = "projects.sign_as_purchaser"
    SIGN_AS_AGENCY = "projects.sign_as_agency"
    AMEND_AGREEMENT = "projects.amend_agreement"
    REQUEST_PAYMENT = "projects.request_payment"
    APPROVE_PAYMENT = "projects.approve_payment"
    PAY_TRANCHE = "projects.pay_tranche"
    RECORD_EXPENSE = "projects.record_expense"
    TERMINATE_PROJECT = "projects.terminate_project"
