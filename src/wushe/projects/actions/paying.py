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
from wushe.projects.errors import AlreadyPaid, PaymentsEnded, ProjectNotFunded, TrancheNotFree
from wushe.projects.events import TranchePaid
from wushe.projects.models import Payment, Project, Tranche, TrancheState
from wushe.projects.permissions import Permission
from wushe.projects.queries import locked, out_of_order, subject_of
from wushe.projects.states import ProjectState


@transaction.atomic
def request_payment(*, tranche_id: int, invoice_no: str, by: User, at: datetime) -> Payment:
    """Ask, as the agency, for a tranche whose trigger has happened.

    Refuses: NotPermitted, PaymentsEnded, TrancheNotFree, AlreadyPaid, FieldRequired.
    Effects: a Payment; tranche free -> requested; audit; a to-do for the county to approve.
    Policy: `payment.working_days`.
    """
    project, tranche = _tranche(tranche_id)
    on = local_date(at)
    agency = tranche.agreement.agency
    require(by, Permission.REQUEST_PAYMENT, on, body_id=agency.body_id)
    _refuse_after_termination(project)
    held = Payment.objects.filter(tranche=tranche).first()
    if held is not None:
        raise AlreadyPaid(payment=held.number)
    if tranche.state != TrancheState.FREE:
        source = policy_for(project.region, on).origin("tranches").source
        raise TrancheNotFree(number=tranche.number, trigger=tranche.trigger, reason=tranche.block_reason, source=source)
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
    subject = subject_of(project)
    if not tranche.agreement.tranches.filter(state=TrancheState.FREE).exists():
        settle(step="request_payment", subject=subject[:2], at=at)
    ask(
        step="approve_payment",
        subject=subject,
        permission=Permission.APPROVE_PAYMENT,
        region=project.region.county,
        at=at,
        due_at=_pay_by(project, payment),
    )
    _note(project, "projects.payment_requested", payment, by=by, at=at)
    return payment


@transaction.atomic
def approve_payment(*, payment_id: int, by: User, at: datetime) -> Payment:
    """Approve a request for payment; who asked may not, and who approves does not pay.

    Refuses: NotPermitted, PaymentsEnded, StepNotAllowed, CheckerIsMaker.
    Effects: the Payment's approval; tranche requested -> approved; audit; a to-do for finance.
    Policy: `payment.working_days`.
    """
    payment, project, tranche = _payment(payment_id)
    require(by, Permission.APPROVE_PAYMENT, local_date(at), region=project.region)
    _refuse_after_termination(project)
    if tranche.state != TrancheState.REQUESTED:
        raise out_of_order(project, "approve_payment", at, state=tranche.state)
    if payment.requested_by_id == by.pk:
        raise CheckerIsMaker(step="approve_payment")
    payment.approved_by, payment.approved_at = by, at
    payment.save(update_fields=["approved_by", "approved_at"])
    _move(tranche, TrancheState.APPROVED)
    subject = subject_of(project)
    if not tranche.agreement.tranches.filter(state=TrancheState.REQUESTED).exists():
        settle(step="approve_payment", subject=subject[:2], at=at)
    ask(
        step="pay_tranche",
        subject=subject,
        permission=Permission.PAY_TRANCHE,
        region=project.region.county,
        at=at,
        due_at=_pay_by(project, payment),
    )
    _note(project, "projects.payment_approved", payment, by=by, at=at)
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
    if tranche.state == TrancheState.PAID:
        raise AlreadyPaid(payment=payment.number)
    if tranche.state != TrancheState.APPROVED or payment.approved_by is None:
        raise out_of_order(project, "pay_tranche", at, state=tranche.state)
    if payment.approved_by_id == by.pk:
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
    if not tranche.agreement.tranches.filter(state=TrancheState.APPROVED).exists():
        settle(step="pay_tranche", subject=("project", project.number), at=at)
    _note(project, "projects.tranche_paid", payment, by=by, at=at)
    publish(TranchePaid(project_id=project.pk, at=at.isoformat()))
    tell_parties(project, "projects.tranche_paid", at=at, data={"payment": payment.number})
    close_when_paid(project, by=by, at=at)
    return payment


def _refuse_after_termination(project: Project) -> None:
    if project.state == ProjectState.TERMINATED:
        raise PaymentsEnded


def _pay_by(project: Project, payment: Payment) -> datetime:
    """Approval and payment share one clock, which the request starts."""
    asked = local_date(payment.requested_at)
    return policy_for(project.region, asked).deadline("payment.working_days", asked)


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
    return payment, project, tranche


def _move(tranche: Tranche, state: TrancheState) -> None:
    tranche.state = state
    tranche.save(update_fields=["state"])


def _note(project: Project, verb: str, payment: Payment, *, by: User, at: datetime) -> None:
    data = {"payment": payment.number, "tranche": payment.tranche.number, "amount": str(payment.amount)}
    record(by=by, at=at, verb=verb, subject=("project", project.number), name=project.title, data=data)
