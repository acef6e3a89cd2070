"""Money that a county grants organisations to begin or to go on: small grants for new ones, a start-up subsidy once."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, settle
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import CheckerIsMaker, FieldRequired
from wushe.kernel.money import ZERO, shown, yuan
from wushe.ledger.actions import Allotment, allot_to_body
from wushe.ledger.errors import AmountNotPositive
from wushe.organisations.actions.days import refuse_disorder
from wushe.organisations.actions.life import locked_organisation
from wushe.organisations.errors import NotNewlyFound, NotOfItsPurpose, SupportedBefore
from wushe.organisations.models import OTHER_KINDS, Organisation, Support
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import new_since, refuse_settled, stood_on
from wushe.organisations.rules import refuse_unfiled
from wushe.policies.queries import Code, Policy, policy_for


@dataclass(frozen=True, slots=True)
class SupportDraft:
    """A support as its document grants it. `kind` is a code of the pack's list `support_kinds`."""

    kind: str
    amount: Decimal
    granted_on: date
    document: str
    purpose: str = ""


@transaction.atomic
def grant_support(*, organisation: Organisation, draft: SupportDraft, by: User, at: datetime) -> Support:
    """Record that a filed or registered organisation is granted money.

    Refuses: NotPermitted, StepNotAllowed, UnknownCode, NotOfItsPurpose, NotNewlyFound, SupportedBefore, AmountNotPositive, FieldRequired,
    DatesOutOfOrder, DayInFuture.
    Effects: a Support; a to-do for the finance office to pay it; audit.
    Policy: the list `support_kinds` (`newly`: for new organisations, `once`: a single time, `purpose`), `support.newly_months`, `support.payment_period`.
    """
    organisation, on = locked_organisation(organisation), local_date(at)
    require(by, Permission.GRANT_SUPPORT, on, region=organisation.region)
    refuse_unfiled("grant_support", organisation, on)
    policy = policy_for(organisation.region, on)
    kind, amount = policy.code("support_kinds", draft.kind), yuan(draft.amount)
    if amount <= ZERO:
        raise AmountNotPositive(amount=amount)
    if not draft.document.strip():
        raise FieldRequired(name="document")
    refuse_disorder(on, founded_on=organisation.founded_on, granted_on=draft.granted_on)
    _refuse_unfit(organisation, kind, policy, draft.granted_on)
    row = Support(
        number=numbers.draw("support", place=organisation.region.county_code, on=on),
        organisation=organisation,
        kind=kind.code,
        once=bool(kind.extra.get("once")),
        amount=amount,
        granted_on=draft.granted_on,
        document=draft.document.strip(),
        purpose=draft.purpose.strip(),
        granted_by=by,
    )
    _save(row)
    _note(row, by, at, verb="organisations.support_granted", kind=row.kind, amount=str(amount), document=row.document)
    _ask_payment(row, at)
    return row


@transaction.atomic
def pay_support(*, support: Support, source: str, voucher_no: str, paid_on: date, by: User, at: datetime) -> Support:
    """Pay what was granted out of a line of a source of money, which the book keeps. A payment that was reversed is made again.

    Refuses: NotPermitted, CheckerIsMaker, StepNotAllowed, DatesOutOfOrder, DayInFuture, and what `allot_to_body` refuses.
    Effects: an Entry from the source to the organisation; the Support's entry; its to-do is settled; audit.
    """
    row, on = _locked(support), local_date(at)
    require(by, Permission.PAY_SUPPORT, on, region=row.organisation.region)
    refuse_settled("pay_support", row)
    if row.granted_by_id == by.pk:
        raise CheckerIsMaker(step="pay_support")
    refuse_disorder(on, granted_on=row.granted_on, paid_on=paid_on)
    body, memo = row.organisation.body, f"{row.number} {row.document}"
    draft = Allotment(source=source, body=body, amount=row.amount, voucher_no=voucher_no, occurred_on=paid_on, memo=memo)
    row.entry, row.paid_by = allot_to_body(draft=draft, by=by, at=at), by
    row.save(update_fields=["entry", "paid_by"])
    _note(row, by, at, verb="organisations.support_paid", entry=row.entry.number, source=source)
    settle(step="pay_support", subject=("support", row.number), at=at)
    return row


@transaction.atomic
def ask_payment_again(*, entry_id: int, at: datetime) -> None:
    """The booking of a support was reversed: it waits for the finance office once more. Other bookings are passed over.

    Effects: a to-do for the finance office.
    Policy: `support.payment_period`.
    """
    rows = Support.objects.select_related("organisation__region")
    row = rows.filter(entry_id=entry_id, withdrawn_on__isnull=True).first()
    if row is not None:
        _ask_payment(row, at)


@transaction.atomic
def withdraw_support(*, support: Support, reason: str, by: User, at: datetime) -> Support:
    """Take back a support that was granted by mistake and is not paid; of a paid one the booking is reversed first.

    Refuses: NotPermitted, StepNotAllowed, FieldRequired.
    Effects: the Support, withdrawn from today; its to-do is settled; audit.
    """
    row, on = _locked(support), local_date(at)
    require(by, Permission.WITHDRAW_SUPPORT, on, region=row.organisation.region)
    refuse_settled("withdraw_support", row)
    if not reason.strip():
        raise FieldRequired(name="reason")
    row.withdrawn_on, row.reason = on, reason.strip()
    row.save(update_fields=["withdrawn_on", "reason"])
    _note(row, by, at, verb="organisations.support_withdrawn", reason=row.reason)
    settle(step="pay_support", subject=("support", row.number), at=at)
    return row


def _locked(support: Support) -> Support:
    rows = Support.objects.select_for_update(of=("self",), no_key=True).select_related("organisation__region", "organisation__body__region")
    return rows.get(pk=support.pk)


def _ask_payment(row: Support, at: datetime) -> None:
    organisation = row.organisation
    subject, on = ("support", row.number, f"{organisation.name} {shown(row.amount)}"), local_date(at)
    due = policy_for(organisation.region, on).deadline("support.payment_period", on)
    ask(step="pay_support", subject=subject, permission=Permission.PAY_SUPPORT, region=organisation.region, at=at, due_at=due)


def _refuse_unfit(organisation: Organisation, kind: Code, policy: Policy, on: date) -> None:
    purpose = kind.extra.get("purpose")
    if organisation.kind in OTHER_KINDS or (purpose and organisation.purpose_class != purpose):
        raise NotOfItsPurpose(organisation=organisation.name)
    months, began = policy.require("support.newly_months"), stood_on(organisation, on)
    if kind.extra.get("newly") and (began is None or began < new_since(policy, on)):
        raise NotNewlyFound(months=int(months.value), stood_on=began, source=months.source)


def _save(row: Support) -> None:
    """The unique index decides what is given once; a look beforehand would let two callers pass."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "organisations_supported_once" not in str(error):
            raise
        before = Support.objects.get(organisation=row.organisation, kind=row.kind, once=True, withdrawn_on__isnull=True)
        raise SupportedBefore(number=before.number) from error


def _note(row: Support, by: User, at: datetime, *, verb: str, **data: str) -> None:
    organisation = row.organisation
    subject = ("organisation", organisation.number)
    record(by=by, at=at, verb=verb, subject=subject, name=organisation.name, data={"support": row.number, **data})
