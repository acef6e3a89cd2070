"""Whether a step fits where its thing stands: asked by the action, and by its page before anything is typed."""

from datetime import datetime

from django.db.models import Q

from wushe.kernel.clock import local_date
from wushe.organisations.models import Organisation
from wushe.policies.queries import policy_for
from wushe.projects.errors import (
    AgreementInForce,
    AlreadyAwarded,
    AlreadyObjected,
    AlreadyPaid,
    BidTooLate,
    NotABidder,
    ObjectionUnanswered,
    ObjectionWindowClosed,
    ObjectionWindowOpen,
    PaymentsEnded,
    TrancheNotFree,
)
from wushe.projects.models import Agreement, Amendment, Award, Payment, Project, Refund, Tender, Tranche, TrancheState
from wushe.projects.queries.order import in_order, out_of_order, source_of_step
from wushe.projects.queries.tenders import bids_of, living_award, living_tender
from wushe.projects.states import OVER, ProjectState, Step

UNSIGNED = Q(withdrawn_at__isnull=True) & (Q(purchaser_signed_at__isnull=True) | Q(agency_signed_at__isnull=True))
AMENDABLE = (ProjectState.CONTRACTED, ProjectState.DELIVERING)
# where the tranche stands when a step of its request fits
FROM: dict[str, tuple[TrancheState, ...]] = {
    "approve_payment": (TrancheState.REQUESTED,),
    "pay_tranche": (TrancheState.APPROVED,),
    "return_payment": (TrancheState.REQUESTED, TrancheState.APPROVED),
    "withdraw_payment": (TrancheState.REQUESTED,),
}
# what was approved before a termination is paid after it, and a request may still be taken back
AFTER_TERMINATION = frozenset({"pay_tranche", "withdraw_payment"})


def bidding_fits(project: Project, at: datetime) -> Tender:
    """The tender for which bids are taken. Raises BidTooLate, StepNotAllowed."""
    tender = Tender.objects.filter(project=project, cancelled_at__isnull=True).select_related("project").first()
    if tender is not None and at > tender.closes_at:
        # the time that the law gives bidders ends with the closing
        notice = policy_for(project.region, local_date(at)).require("tender.open_days")
        raise BidTooLate(closed_at=tender.closes_at, source=notice.source)
    if tender is None or project.state != ProjectState.TENDERING:
        raise out_of_order(project, "submit_bid", at)
    return tender


def award_fits(project: Project, at: datetime) -> Tender:
    """The tender that may be awarded: scored, and without an award. Raises AlreadyAwarded, StepNotAllowed."""
    tender = living_tender(project)
    held = living_award(tender) if tender else None
    if held is not None:
        raise AlreadyAwarded(award=held.number, source=source_of_step(policy_for(project.region, local_date(at)), Step.AWARD_TENDER))
    in_order(project, Step.AWARD_TENDER, at)
    assert tender is not None  # noqa: S101 -- a project in scoring has a living tender
    return tender


def objection_fits(project: Project, agency: Organisation, at: datetime) -> Award:
    """The award to which a bidder may object now. Raises StepNotAllowed, NotABidder, ObjectionWindowClosed, AlreadyObjected."""
    tender = living_tender(project)
    award = living_award(tender) if tender else None
    if award is None:
        raise out_of_order(project, "raise_objection", at)
    if not bids_of(award.tender).filter(agency=agency).exists():
        source = policy_for(project.region, local_date(at)).require("award.objection_working_days").source
        raise NotABidder(source=source)
    if at > award.objections_until:
        raise ObjectionWindowClosed(until=award.objections_until)
    held = award.objections.filter(agency=agency).first()
    if held is not None:
        raise AlreadyObjected(objection=held.number)
    return award


def redrawing_fits(project: Project, at: datetime) -> Agreement:
    """The agreement that may be drawn up again: not in force yet. Raises AgreementInForce, StepNotAllowed."""
    agreement = Agreement.objects.select_related("award__bid", "purchaser", "agency__body", "purchaser_signed_by", "agency_signed_by")
    found = agreement.filter(project=project).first()
    if found is not None and found.is_signed:
        raise AgreementInForce(agreement=found.number)
    if found is None or project.state != ProjectState.AWARDED:
        raise out_of_order(project, "redraw_agreement", at)
    return found


def agreement_fits(project: Project, at: datetime) -> Award:
    """The award out of which the agreement may be drawn up. Raises StepNotAllowed, ObjectionUnanswered, ObjectionWindowOpen."""
    tender = living_tender(project)
    award = living_award(tender) if tender else None
    if project.state != ProjectState.AWARDED or award is None or Agreement.objects.filter(project=project).exists():
        raise out_of_order(project, "draw_up_agreement", at)
    open_objections = tuple(award.objections.filter(answered_at__isnull=True).values_list("number", flat=True))
    if open_objections:
        raise ObjectionUnanswered(objections=open_objections)
    if at <= award.objections_until:
        source = policy_for(project.region, local_date(at)).require("award.objection_working_days").source
        raise ObjectionWindowOpen(until=award.objections_until, source=source)
    return award


def signed_agreement(project: Project, step: str, at: datetime) -> Agreement:
    """The agreement in force to which an amendment belongs. Raises StepNotAllowed."""
    agreement = Agreement.objects.select_related("agency__body").filter(project=project).first()
    if agreement is None or not agreement.is_signed or project.state not in AMENDABLE:
        raise out_of_order(project, step, at)
    return agreement


def amendment_fits(project: Project, at: datetime) -> Agreement:
    """The agreement that may be amended: in force, and with no amendment that waits. Raises StepNotAllowed."""
    agreement = signed_agreement(project, "amend_agreement", at)
    if agreement.amendments.filter(UNSIGNED).exists():
        raise out_of_order(project, "amend_agreement", at)
    return agreement


def withdrawal_fits(project: Project, amendment: Amendment, at: datetime) -> None:
    """Whether an amendment may be taken back: not in force yet. Raises AgreementInForce, StepNotAllowed."""
    if amendment.is_signed:
        raise AgreementInForce(agreement=amendment.number)
    refuse_withdrawn(project, amendment, "withdraw_amendment", at)


def refuse_withdrawn(project: Project, amendment: Amendment, step: str, at: datetime) -> None:
    """Refuse a step of an amendment that was taken back. Raises StepNotAllowed."""
    if amendment.withdrawn_at is not None:
        raise out_of_order(project, step, at, state="withdrawn")


def request_fits(project: Project, tranche: Tranche, at: datetime) -> None:
    """Whether a tranche may be asked for. Raises PaymentsEnded, AlreadyPaid, TrancheNotFree."""
    if project.state == ProjectState.TERMINATED:
        raise PaymentsEnded
    held = tranche.payment
    if held is not None:
        raise AlreadyPaid(payment=held.number)
    if tranche.state != TrancheState.FREE:
        source = policy_for(project.region, local_date(at)).origin("tranches").source
        raise TrancheNotFree(number=tranche.number, trigger=tranche.trigger, reason=tranche.block_reason, source=source)


def payment_fits(project: Project, payment: Payment, step: str, at: datetime) -> None:
    """Whether a step of a request for payment fits. Raises PaymentsEnded, AlreadyPaid, StepNotAllowed.

    A request that was taken back is not the tranche's any more: another may stand in its place.
    """
    if project.state == ProjectState.TERMINATED and step not in AFTER_TERMINATION:
        raise PaymentsEnded
    if payment.paid_at is not None:
        raise AlreadyPaid(payment=payment.number)
    state = payment.tranche.state if payment.is_living else "sent_back" if payment.returned_at else "withdrawn"
    if state not in FROM[step]:
        raise out_of_order(project, step, at, state=state)


def refund_fits(project: Project, at: datetime) -> None:
    """Whether unspent money may be recorded: the project is closed or terminated. Raises StepNotAllowed."""
    if project.state not in OVER:
        raise out_of_order(project, "record_refund", at)


def judging_fits(project: Project, refund: Refund, step: str, at: datetime) -> None:
    """Whether money given back waits for the second person. Raises StepNotAllowed."""
    if refund.judged_at is not None:
        raise out_of_order(project, step, at, state=refund.state)
