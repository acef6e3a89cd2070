from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, settle
from wushe.kernel import numbers
from wushe.kernel.bus import publish
from wushe.kernel.clock import local_date
from wushe.kernel.errors import CheckerIsMaker, FieldRequired
from wushe.kernel.money import ZERO
from wushe.ledger.actions import Payment as Transfer
from wushe.ledger.actions import pay
from wushe.ledger.queries import SourceMoney, project_money
from wushe.policies.queries import policy_for
from wushe.projects.actions.news import tell_parties
from wushe.projects.actions.progress import close_when_paid
from wushe.projects.errors import ProjectNotFunded
from wushe.projects.events import TranchePaid
from wushe.projects.models import Payment, Project, Tranche, TrancheState
from wushe.projects.permissions import Permission
from wushe.projects.queries import locked, pay_by, payment_fits, request_fits, subject_of
from wushe.projects.states import ProjectState

WAITS_FOR = {TrancheState.FREE: "request_payment", TrancheState.REQUESTED: "approve_payment", TrancheState.APPROVED: "pay_tranche"}


@transaction.atomic
def request_payment(*, tranche_id: int, invoice_no: str, by: User, at: datetime) -> Payment:
    """Ask, as the agency, for a tranche whose trigger has happened.

    Refuses: NotPermitted, PaymentsEnded, TrancheNotFree, AlreadyPaid, FieldRequired.
    Effects: a Payment; tranche free -> requested; audit; a to-do for the county to approve; news for town and agency.
    Policy: `payment.working_days`.
    """
    project, tranche = _tranche(tranche_id)
    on = local_date(at)
    agency = tranche.agreement.agency
    require(by, Permission.REQUEST_PAYMENT, on, body_id=agency.body_id)
    request_fits(project, tranche, at)
    if not invoice_no.strip():
        raise FieldRequired(name="invoice_no")
    payment = Payment.objects.create(
        number=numbers.draw("payment", place=project.region.county_code, on=on),
        tranche=tranche,
        amount=tranche.amount,
        requested_by=by,
        requested_at=at,
        invoice_no=invoice_no.strip(),
    )
    _move(tranche, TrancheState.REQUESTED)
    _settle_done(project, tranche, at=at)
    subject = subject_of(project)
    ask(
        step="approve_payment",
        subject=subject,
        permission=Permission.APPROVE_PAYMENT,
        region=project.region.county,
        at=at,
        due_at=pay_by(project, payment),
    )
    _note(project, "projects.payment_requested", payment, by=by, at=at)
    tell_parties(project, "projects.payment_requested", at=at, data={"payment": payment.number})
    return payment


@transaction.atomic
def approve_payment(*, payment_id: int, by: User, at: datetime) -> Payment:
    """Approve a request for payment; who asked may not, and who approves does not pay.

    Refuses: NotPermitted, PaymentsEnded, AlreadyPaid, StepNotAllowed, CheckerIsMaker.
    Effects: the Payment's approval; tranche requested -> approved; audit; a to-do for finance; news for town and agency.
    Policy: `payment.working_days`.
    """
    payment, project, tranche = _payment(payment_id)
    require(by, Permission.APPROVE_PAYMENT, local_date(at), region=project.region)
    payment_fits(project, payment, "approve_payment", at)
    if payment.requested_by_id == by.pk:
        raise CheckerIsMaker(step="approve_payment")
    payment.approved_by, payment.approved_at = by, at
    payment.save(update_fields=["approved_by", "approved_at"])
    _move(tranche, TrancheState.APPROVED)
    subject = subject_of(project)
    _settle_done(project, tranche, at=at)
    ask(
        step="pay_tranche",
        subject=subject,
        permission=Permission.PAY_TRANCHE,
        region=project.region.county,
        at=at,
        due_at=pay_by(project, payment),
    )
    _note(project, "projects.payment_approved", payment, by=by, at=at)
    tell_parties(project, "projects.payment_approved", at=at, data={"payment": payment.number})
    return payment


@transaction.atomic
def pay_tranche(*, payment_id: int, voucher_no: str, by: User, at: datetime) -> Payment:
    """Pay an approved tranche out of the money committed to the project, source by source; after a termination, too.

    Refuses: NotPermitted, AlreadyPaid, StepNotAllowed, CheckerIsMaker, ProjectNotFunded, FieldRequired.
    Effects: entries in the book; tranche approved -> paid; audit; TranchePaid; news for town and agency; with the last tranche accepted -> closed, ProjectClosed.
    """
    payment, project, tranche = _payment(payment_id)
    on = local_date(at)
    require(by, Permission.PAY_TRANCHE, on, region=project.region)
    payment_fits(project, payment, "pay_tranche", at)
    if payment.approved_by is None or payment.approved_by == by:
        raise CheckerIsMaker(step="pay_tranche")
    if not voucher_no.strip():
        raise FieldRequired(name="voucher_no")
    agency = tranche.agreement.agency.body
    for source, amount in _shares(project_money(project.number), payment.amount):
        transfer = Transfer(
            source=source,
            project=project.number,
            agency=agency,
            amount=amount,
            subject=("payment", payment.number),
            voucher_no=voucher_no,
            occurred_on=on,
        )
        pay(draft=transfer, checker=payment.approved_by, by=by, at=at)
    payment.paid_by, payment.paid_at, payment.voucher_no = by, at, voucher_no.strip()
    payment.save(update_fields=["paid_by", "paid_at", "voucher_no"])
    _move(tranche, TrancheState.PAID)
    _settle_done(project, tranche, at=at)
    _note(project, "projects.tranche_paid", payment, by=by, at=at)
    publish(TranchePaid(project_id=project.pk, at=at.isoformat()))
    tell_parties(project, "projects.tranche_paid", at=at, data={"payment": payment.number})
    close_when_paid(project, by=by, at=at)
    return payment


@transaction.atomic
def return_payment(*, payment_id: int, reason: str, by: User, at: datetime) -> Payment:
    """Send a request for payment back to the agency, as the county or as finance, as long as nothing is paid.

    Refuses: NotPermitted, PaymentsEnded, AlreadyPaid, StepNotAllowed, CheckerIsMaker, FieldRequired.
    Effects: the Payment's return with its reason; tranche requested or approved -> free, or held back with the others; audit; a to-do for the
    agency to ask anew for a free one, and news for town and agency.
    Policy: `payment.request_working_days`.
    """
    payment, project, tranche = _payment(payment_id)
    require(by, Permission.RETURN_PAYMENT, local_date(at), region=project.region)
    payment_fits(project, payment, "return_payment", at)
    if payment.requested_by_id == by.pk:
        raise CheckerIsMaker(step="return_payment")
    if not reason.strip():
        raise FieldRequired(name="reason")
    payment.returned_by, payment.returned_at, payment.return_reason = by, at, reason.strip()
    payment.save(update_fields=["returned_by", "returned_at", "return_reason"])
    _hand_back(project, tranche, at=at)
    _note(project, "projects.payment_returned", payment, by=by, at=at, reason=payment.return_reason)
    data = {"payment": payment.number, "reason": payment.return_reason}
    tell_parties(project, "projects.payment_returned", at=at, data=data)
    return payment


@transaction.atomic
def withdraw_payment(*, payment_id: int, by: User, at: datetime) -> Payment:
    """Take back, as the agency, a request for payment that is not approved yet; after a termination, too.

    Refuses: NotPermitted, AlreadyPaid, StepNotAllowed.
    Effects: the Payment's withdrawal; tranche requested -> free, or held back with the others; audit; a to-do for the agency to ask anew for a
    free one, unless the project is terminated; news for town and agency.
    Policy: `payment.request_working_days`.
    """
    payment, project, tranche = _payment(payment_id)
    require(by, Permission.REQUEST_PAYMENT, local_date(at), body_id=tranche.agreement.agency.body_id)
    payment_fits(project, payment, "withdraw_payment", at)
    payment.withdrawn_by, payment.withdrawn_at = by, at
    payment.save(update_fields=["withdrawn_by", "withdrawn_at"])
    _hand_back(project, tranche, at=at)
    _note(project, "projects.payment_withdrawn", payment, by=by, at=at)
    tell_parties(project, "projects.payment_withdrawn", at=at, data={"payment": payment.number})
    return payment


def _shares(funds: list[SourceMoney], wanted: Decimal) -> Iterator[tuple[str, Decimal]]:
    available = sum((row.money.available for row in funds), ZERO)
    if available < wanted:
        raise ProjectNotFunded(available=available, wanted=wanted)
    left = wanted
    for row in funds:
        part = min(left, row.money.available)
        if part > ZERO:
            yield row.source.number, part
            left -= part


def _tranche(tranche_id: int) -> tuple[Project, Tranche]:
    project = locked(Tranche.objects.values_list("agreement__project_id", flat=True).get(pk=tranche_id))
    tranche = Tranche.objects.select_related("agreement__agency__body").get(pk=tranche_id)
    return project, tranche


def _payment(payment_id: int) -> tuple[Payment, Project, Tranche]:
    project, tranche = _tranche(Payment.objects.values_list("tranche_id", flat=True).get(pk=payment_id))
    payment = Payment.objects.select_related("approved_by", "requested_by").get(pk=payment_id)
    payment.tranche = tranche
    return payment, project, tranche


def _settle_done(project: Project, tranche: Tranche, *, at: datetime) -> None:
    """Close the to-dos of those steps for which no tranche waits any more."""
    states = set(tranche.agreement.tranches.values_list("state", flat=True))
    for state, step in WAITS_FOR.items():
        if state not in states:
            settle(step=step, subject=("project", project.number), at=at)


def _hand_back(project: Project, tranche: Tranche, *, at: datetime) -> None:
    """Without its request a tranche is free again, unless a failing look holds back what is not asked for."""
    held = tranche.agreement.tranches.filter(state=TrancheState.BLOCKED).first()
    if held is not None:
        tranche.block_reason = held.block_reason
    _move(tranche, TrancheState.FREE if held is None else TrancheState.BLOCKED)
    _settle_done(project, tranche, at=at)
    if held is None and project.state != ProjectState.TERMINATED:
        on = local_date(at)
        due = policy_for(project.region, on).deadline("payment.request_working_days", on)
        agency = tranche.agreement.agency.body
        ask(step="request_payment", subject=subject_of(project), permission=Permission.REQUEST_PAYMENT, body=agency, at=at, due_at=due)


def _move(tranche: Tranche, state: TrancheState) -> None:
    tranche.state = state
    tranche.save(update_fields=["state", "block_reason"])


def _note(project: Project, verb: str, payment: Payment, *, by: User, at: datetime, **more: str) -> None:
    data = {"payment": payment.number, "tranche": payment.tranche.number, "amount": str(payment.amount), **more}
    record(by=by, at=at, verb=verb, subject=("project", project.number), name=project.title, data=data)
