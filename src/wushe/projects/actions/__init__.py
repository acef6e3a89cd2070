from wushe.projects.actions.agreeing import (
    AgreementDraft,
    TrancheDraft,
    block_tranches,
    draw_up_agreement,
    free_tranches,
    redraw_agreement,
    sign_agreement,
)
from wushe.projects.actions.amending import AmendmentDraft, amend_agreement, sign_amendment, withdraw_amendment
from wushe.projects.actions.awarding import AwardDraft, answer_objection, award_tender, raise_objection
from wushe.projects.actions.bidding import BidDraft, TeamMember, submit_bid, unseal, withdraw_bid
from wushe.projects.actions.designing import BudgetDraft, DesignDraft, IndicatorDraft, draft_project, revise_design, submit_design
from wushe.projects.actions.disqualifying import disqualify_bid
from wushe.projects.actions.news import tell_parties
from wushe.projects.actions.paying import approve_payment, pay_tranche, request_payment, return_payment, withdraw_payment
from wushe.projects.actions.progress import (
    accept_project,
    finish_delivery,
    let_go_of_need,
    refuse_acceptance,
    start_delivery,
    terminate_project,
)
from wushe.projects.actions.refunding import RefundDraft, approve_refund, record_refund, refuse_refund
from wushe.projects.actions.reviewing import Mark, ReviewDraft, approve_design, return_design, take_up_review
from wushe.projects.actions.scoring import ScoreDraft, declare_interests, open_bids, score_bids
from wushe.projects.actions.seating import appoint_experts, ask_for_release, release_expert
from wushe.projects.actions.spending import ExpenseDraft, record_expense, reverse_expense
from wushe.projects.actions.stepping import complete_step, waive_step
from wushe.projects.actions.tendering import NoticePaper, TenderDraft, cancel_tender, publish_tender

__all__ = [
    "AgreementDraft",
    "AmendmentDraft",
    "AwardDraft",
    "BidDraft",
    "BudgetDraft",
    "DesignDraft",
    "ExpenseDraft",
    "IndicatorDraft",
    "Mark",
    "NoticePaper",
    "RefundDraft",
    "ReviewDraft",
    "ScoreDraft",
    "TeamMember",
    "TenderDraft",
    "TrancheDraft",
    "accept_project",
    "amend_agreement",
    "answer_objection",
    "appoint_experts",
    "approve_design",
    "approve_payment",
    "approve_refund",
    "ask_for_release",
    "award_tender",
    "block_tranches",
    "cancel_tender",
    "complete_step",
    "declare_interests",
    "disqualify_bid",
    "draft_project",
    "draw_up_agreement",
    "finish_delivery",
    "free_tranches",
    "let_go_of_need",
    "open_bids",
    "pay_tranche",
    "publish_tender",
    "raise_objection",
    "record_expense",
    "record_refund",
    "redraw_agreement",
    "refuse_acceptance",
    "refuse_refund",
    "release_expert",
    "request_payment",
    "return_design",
    "return_payment",
    "reverse_expense",
    "revise_design",
    "score_bids",
    "sign_agreement",
    "sign_amendment",
    "start_delivery",
    "submit_bid",
    "submit_design",
    "take_up_review",
    "tell_parties",
    "terminate_project",
    "unseal",
    "waive_step",
    "withdraw_amendment",
    "withdraw_bid",
    "withdraw_payment",
]
