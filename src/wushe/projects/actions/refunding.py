"""What the agency was paid and did not spend goes back to its source: finance records it, the county approves it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.files.actions import store_file
from wushe.files.actions.storing import Upload
from wushe.inbox.actions import ask, notify, settle
from wushe.kernel import numbers
from wushe.kernel.bus import publish
from wushe.kernel.clock import local_date
from wushe.kernel.errors import CheckerIsMaker, FieldRequired, NotFound
from wushe.kernel.money import ZERO, yuan
from wushe.ledger.actions import Payment, refund
from wushe.ledger.errors import AmountNotPositive
from wushe.ledger.models import FundingSource
from wushe.ledger.queries import first_paid_on, project_money
from wushe.policies.queries import policy_for
from wushe.projects.actions.news import tell_parties
from wushe.projects.errors import RefundOutsideTime, RefundTooLarge, RefundVoucherUsed
from wushe.projects.events import RefundApproved
from wushe.projects.models import Project, Refund
from wushe.projects.permissions import Permission
from wushe.projects.queries import judging_fits, lock_agency, locked, refund_fits, subject_of


@dataclass(frozen=True, slots=True)
class RefundDraft:
    """What came back: out of which source, how much and when, by which voucher, and why it was not spent."""

    source: str
    amount: Decimal
    refunded_on: date
    voucher_no: str
    reason: str
    paper: Upload | None = None
    paper_name: str = ""


@transaction.atomic
def record_refund(*, project_id: int, draft: RefundDraft, by: User, at: datetime) -> Refund:
    """Record, as finance, that the agency of a closed or terminated project gave unspent money back. It counts when the county has approved it.

    Refuses: NotPermitted, StepNotAllowed, FieldRequired, AmountNotPositive, NotFound, RefundOutsideTime, RefundVoucherUsed, RefundTooLarge,
    and what `store_file` refuses of the paper.
    Effects: a Refund that waits; its paper as a File; audit; a to-do for the county to approve.
    Policy: `payment.working_days`.
    """
    project = locked(project_id)
    on = local_date(at)
    require(by, Permission.RECORD_REFUND, on, region=project.region)
    refund_fits(project, at)
    source = _check(project, draft, on)
    made = Refund.objects.create(
        number=numbers.draw("refund", place=project.region.county_code, on=on),
        project=project,
        agency=project.agreement.agency,
        source=source,
        amount=yuan(draft.amount),
        refunded_on=draft.refunded_on,
        voucher_no=draft.voucher_no.strip(),
        reason=draft.reason.strip(),
        paper=store_file(upload=draft.paper, name=draft.paper_name, by=by, at=at) if draft.paper else None,
        recorded_by=by,
        recorded_at=at,
    )
    ask(
        step="approve_refund",
        subject=subject_of(project),
        permission=Permission.APPROVE_REFUND,
        region=project.region.county,
        at=at,
        due_at=policy_for(project.region, on).deadline("payment.working_days", on),
    )
    _note(made, "projects.refund_recorded", by=by, at=at, reason=made.reason)
    return made


@transaction.atomic
def approve_refund(*, refund_id: int, by: User, at: datetime) -> Refund:
    """Approve that unspent money came back: it is the source's again. Who recorded it may not.

    Refuses: NotPermitted, StepNotAllowed, CheckerIsMaker, RefundTooLarge.
    Effects: the Refund's approval; an entry in the book; audit; RefundApproved; news for town and agency.
    """
    waiting, project = _waiting(refund_id, "approve_refund", by, at)
    _refuse_beyond(project, waiting.source, waiting.amount, besides=waiting)
    transfer = Payment(
        source=waiting.source.number,
        project=project.number,
        agency=project.agreement.agency.body,
        amount=waiting.amount,
        subject=("refund", waiting.number),
        voucher_no=waiting.voucher_no,
        occurred_on=waiting.refunded_on,
        memo=waiting.reason,
    )
    entry = refund(draft=transfer, maker=waiting.recorded_by, by=by, at=at)
    waiting.judged_by, waiting.judged_at, waiting.entry_number = by, at, entry.number
    waiting.save(update_fields=["judged_by", "judged_at", "entry_number"])
    _settle(project, at=at)
    _note(waiting, "projects.refund_approved", by=by, at=at)
    publish(RefundApproved(project_id=project.pk, at=at.isoformat()))
    tell_parties(project, "projects.refund_approved", at=at, data={"refund": waiting.number})
    return waiting


@transaction.atomic
def refuse_refund(*, refund_id: int, reason: str, by: User, at: datetime) -> Refund:
    """Refuse what finance recorded, with the reason; nothing is booked, and it may be recorded anew.

    Refuses: NotPermitted, StepNotAllowed, CheckerIsMaker, FieldRequired.
    Effects: the Refund's refusal; audit; news for town, agency and whoever recorded it.
    """
    waiting, project = _waiting(refund_id, "refuse_refund", by, at)
    if not reason.strip():
        raise FieldRequired(name="reason")
    waiting.judged_by, waiting.judged_at, waiting.refuse_reason = by, at, reason.strip()
    waiting.save(update_fields=["judged_by", "judged_at", "refuse_reason"])
    _settle(project, at=at)
    _note(waiting, "projects.refund_refused", by=by, at=at, reason=waiting.refuse_reason)
    data = {"refund": waiting.number, "reason": waiting.refuse_reason}
    notify(users=[waiting.recorded_by], verb="projects.refund_refused", subject=subject_of(project), at=at, data=data)
    tell_parties(project, "projects.refund_refused", at=at, data=data)
    return waiting


def _check(project: Project, draft: RefundDraft, on: date) -> FundingSource:
    for name in ("voucher_no", "reason"):
        if not getattr(draft, name).strip():
            raise FieldRequired(name=name)
    if yuan(draft.amount) <= ZERO:
        raise AmountNotPositive(amount=draft.amount)
    source, paid_on = FundingSource.objects.filter(number=draft.source).first(), first_paid_on(draft.source, project.number)
    if source is None or paid_on is None:
        raise NotFound(kind="source", number=draft.source)
    if not paid_on <= draft.refunded_on <= on:
        raise RefundOutsideTime(day=draft.refunded_on, paid_on=paid_on, last_day=on)
    _refuse_used(project, source, draft.voucher_no.strip())
    _refuse_beyond(project, source, yuan(draft.amount))
    return source


def _refuse_used(project: Project, source: FundingSource, voucher_no: str) -> None:
    """A paper gives money back once: the agency is held, so that another of its projects does not take the number at this moment."""
    agency = project.agreement.agency
    lock_agency(agency)
    living = Refund.objects.filter(agency=agency, source=source, voucher_no=voucher_no, refuse_reason="")
    used = living.select_related("project").order_by("pk").first()
    if used is not None:
        raise RefundVoucherUsed(voucher_no=voucher_no, refund=used.number, project=used.project.title)


def _refuse_beyond(project: Project, source: FundingSource, wanted: Decimal, *, besides: Refund | None = None) -> None:
    """Never more than was paid less what was spent; what another refund waits to give back is spoken for."""
    advanced = sum((row.money.advanced for row in project_money(project.number) if row.source == source), ZERO)
    others = project.refunds.filter(source=source, judged_at__isnull=True)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    available = advanced - others.aggregate(total=Sum("amount", default=ZERO))["total"]
    if wanted > available:
        raise RefundTooLarge(source=source.name, available=available, wanted=wanted)


def _waiting(refund_id: int, step: str, by: User, at: datetime) -> tuple[Refund, Project]:
    project = locked(Refund.objects.values_list("project_id", flat=True).get(pk=refund_id))
    waiting = Refund.objects.select_related("source", "recorded_by").get(pk=refund_id)
    waiting.project = project
    require(by, Permission.APPROVE_REFUND, local_date(at), region=project.region)
    judging_fits(project, waiting, step, at)
    if waiting.recorded_by_id == by.pk:
        raise CheckerIsMaker(step=step)
    return waiting, project


def _settle(project: Project, *, at: datetime) -> None:
    if not project.refunds.filter(judged_at__isnull=True).exists():
        settle(step="approve_refund", subject=("project", project.number), at=at)


def _note(row: Refund, verb: str, *, by: User, at: datetime, **more: str) -> None:
    data = {"refund": row.number, "source": row.source.number, "amount": str(row.amount), **more}
    record(by=by, at=at, verb=verb, subject=("project", row.project.number), name=row.project.title, data=data)
