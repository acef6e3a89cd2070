"""Money that a hub keeps for other organisations: one person of the hub enters, another approves."""

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
from wushe.kernel.errors import CheckerIsMaker, FieldRequired, StepNotAllowed
from wushe.kernel.money import ZERO, yuan
from wushe.ledger.errors import AmountNotPositive
from wushe.organisations.actions.days import refuse_disorder
from wushe.organisations.actions.life import lock_organisations, locked_organisation
from wushe.organisations.errors import AccountNotEmpty, CustodyExhausted, MemberElsewhere, NotAHub
from wushe.organisations.models import CustodyAccount, CustodyEntry, CustodyKind, Kind, Organisation
from wushe.organisations.permissions import Permission
from wushe.organisations.rules import refuse_closed_account, refuse_judged_entry, refuse_struck_off
from wushe.policies.queries import policy_for


@dataclass(frozen=True, slots=True)
class CustodyDraft:
    """One movement with its voucher."""

    kind: CustodyKind
    amount: Decimal
    occurred_on: date
    voucher: str
    purpose: str


@transaction.atomic
def open_custody(*, hub: Organisation, client: Organisation, agreement: str, opened_on: date, by: User, at: datetime) -> CustodyAccount:
    """A hub begins to keep the money of an organisation of its county.

    Refuses: NotPermitted, NotAHub, FieldRequired, MemberElsewhere, StepNotAllowed, DatesOutOfOrder, DayInFuture.
    Effects: a CustodyAccount; audit.
    """
    lock_organisations({hub.pk, client.pk})
    hub, client, on = locked_organisation(hub), locked_organisation(client), local_date(at)
    require(by, Permission.KEEP_CUSTODY, on, region=hub.region, body_id=hub.body_id)
    if hub.kind != Kind.HUB or hub.deregistered_on is not None:
        raise NotAHub(organisation=hub.name)
    if not agreement.strip():
        raise FieldRequired(name="agreement")
    if client.region.county_id != hub.region.county_id or client.pk == hub.pk:
        raise MemberElsewhere(organisation=client.name)
    refuse_struck_off("open_custody", client)
    refuse_disorder(on, founded_on=client.founded_on, custody_opened_on=opened_on)
    number = numbers.draw("custody", place=hub.region.county_code, on=on)
    account = CustodyAccount(number=number, hub=hub, client=client, agreement=agreement.strip(), opened_on=opened_on)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:
        if "organisations_one_account_each" not in str(error):
            raise
        raise StepNotAllowed(step="open_custody", state="kept") from error
    _note(account, by, at, verb="organisations.custody_opened", client=client.number)
    return account


@transaction.atomic
def record_custody_entry(*, account: CustodyAccount, draft: CustodyDraft, by: User, at: datetime) -> CustodyEntry:
    """Enter a movement; it counts when another person of the hub has approved it.

    Refuses: NotPermitted, StepNotAllowed, AmountNotPositive, FieldRequired, DatesOutOfOrder, DayInFuture.
    Effects: a CustodyEntry that waits; audit; a to-do to approve it for the hub.
    Policy: `custody.approval_period`.
    """
    account, on = _open(account, "record_custody_entry", by, at)
    amount = yuan(draft.amount)
    if amount <= ZERO:
        raise AmountNotPositive(amount=amount)
    for name in ("voucher", "purpose"):
        if not getattr(draft, name).strip():
            raise FieldRequired(name=name)
    refuse_disorder(on, custody_opened_on=account.opened_on, occurred_on=draft.occurred_on)
    entry = CustodyEntry.objects.create(
        number=numbers.draw("custody_entry", place=account.hub.region.county_code, on=on),
        account=account,
        kind=draft.kind,
        amount=amount,
        occurred_on=draft.occurred_on,
        voucher=draft.voucher.strip(),
        purpose=draft.purpose.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    _note(account, by, at, verb="organisations.custody_entry_recorded", entry=entry.number, amount=str(amount))
    subject = ("custody", account.number, account.client.name)
    due = policy_for(account.hub.region, on).deadline("custody.approval_period", on)
    ask(step="approve_custody_entry", subject=subject, permission=Permission.KEEP_CUSTODY, body=account.hub.body, at=at, due_at=due)
    return entry


@transaction.atomic
def approve_custody_entry(*, entry: CustodyEntry, by: User, at: datetime) -> CustodyEntry:
    """A second person of the hub approves a movement, and the money is moved.

    Refuses: NotPermitted, StepNotAllowed, CheckerIsMaker, CustodyExhausted.
    Effects: the CustodyEntry, booked; the account's balance; audit; the to-do settled with the last entry that waits.
    """
    account, entry = _waiting(entry, "approve_custody_entry", by, at)
    change = entry.amount if entry.kind == CustodyKind.DEPOSIT else -entry.amount
    if account.balance + change < ZERO:
        raise CustodyExhausted(available=account.balance, wanted=entry.amount)
    account.balance += change
    account.save(update_fields=["balance"])
    entry.judged_by, entry.judged_at, entry.is_booked = by, at, True
    entry.save(update_fields=["judged_by", "judged_at", "is_booked"])
    _settle(account, at)
    _note(account, by, at, verb="organisations.custody_entry_approved", entry=entry.number, balance=str(account.balance))
    return entry


@transaction.atomic
def refuse_custody_entry(*, entry: CustodyEntry, reason: str, by: User, at: datetime) -> CustodyEntry:
    """A second person of the hub does not approve a movement, and says why.

    Refuses: NotPermitted, StepNotAllowed, CheckerIsMaker, FieldRequired.
    Effects: the CustodyEntry, refused; audit; the to-do settled with the last entry that waits.
    """
    account, entry = _waiting(entry, "refuse_custody_entry", by, at)
    if not reason.strip():
        raise FieldRequired(name="reason")
    entry.judged_by, entry.judged_at, entry.reason = by, at, reason.strip()
    entry.save(update_fields=["judged_by", "judged_at", "reason"])
    _settle(account, at)
    _note(account, by, at, verb="organisations.custody_entry_refused", entry=entry.number, reason=entry.reason)
    return entry


@transaction.atomic
def close_custody(*, account: CustodyAccount, closed_on: date, by: User, at: datetime) -> CustodyAccount:
    """The hub does not keep the money of the organisation any more.

    Refuses: NotPermitted, StepNotAllowed, AccountNotEmpty, DatesOutOfOrder, DayInFuture.
    Effects: the account's last day; audit.
    """
    account, on = _open(account, "close_custody", by, at)
    waiting = account.entries.filter(judged_by__isnull=True).count()
    if account.balance or waiting:
        raise AccountNotEmpty(balance=account.balance, waiting=waiting)
    refuse_disorder(on, custody_opened_on=account.opened_on, custody_closed_on=closed_on)
    account.closed_on = closed_on
    account.save(update_fields=["closed_on"])
    _note(account, by, at, verb="organisations.custody_closed")
    return account


def _open(account: CustodyAccount, step: str, by: User, at: datetime) -> tuple[CustodyAccount, date]:
    rows = CustodyAccount.objects.select_for_update(of=("self",), no_key=True).select_related("hub__region", "hub__body", "client")
    account, on = rows.get(pk=account.pk), local_date(at)
    require(by, Permission.KEEP_CUSTODY, on, region=account.hub.region, body_id=account.hub.body_id)
    refuse_closed_account(step, account)
    return account, on


def _waiting(entry: CustodyEntry, step: str, by: User, at: datetime) -> tuple[CustodyAccount, CustodyEntry]:
    account, _on = _open(entry.account, step, by, at)
    entry = CustodyEntry.objects.select_for_update(no_key=True).get(pk=entry.pk)
    refuse_judged_entry(step, entry)
    if entry.recorded_by_id == by.pk:
        raise CheckerIsMaker(step=step)
    return account, entry


def _settle(account: CustodyAccount, at: datetime) -> None:
    if not account.entries.filter(judged_by__isnull=True).exists():
        settle(step="approve_custody_entry", subject=("custody", account.number), at=at)


def _note(account: CustodyAccount, by: User, at: datetime, *, verb: str, **data: str) -> None:
    record(by=by, at=at, verb=verb, subject=("custody", account.number), name=account.hub.name, data=data)
