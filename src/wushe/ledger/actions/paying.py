"""Payments to agencies, their expenses and what they give back: consequences of a project's steps, which decide who may."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from wushe.accounts.models import Body, User
from wushe.kernel.errors import CheckerIsMaker, FieldRequired
from wushe.ledger.actions.posting import Place, post, source_by_number
from wushe.ledger.models import AccountKind, Entry, EntryKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money of one source that a project pays to an agency, or gets back from it. `subject` is what it is for: (kind, public number)."""

    source: str
    project: str
    agency: Body
    amount: Decimal
    subject: tuple[str, str]
    voucher_no: str
    occurred_on: date
    memo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """What the agency spent of one source's money, on which budget line and for which need."""

    source: str
    project: str
    agency: Body
    amount: Decimal
    subject: tuple[str, str]
    voucher_no: str
    budget_line: str
    occurred_on: date
    need: str = ""
    memo: str = ""


@transaction.atomic
def pay(*, draft: Payment, checker: User, by: User, at: datetime) -> Entry:
    """Pay an agency out of a project's budget. `by` makes the entry, `checker` has approved it. The caller has checked who may.

    Refuses: CheckerIsMaker, FieldRequired, NotFound, AmountNotPositive, BudgetExhausted.
    Effects: an entry from the project's budget to the agency's advance; an audit entry.
    """
    if checker == by:
        raise CheckerIsMaker(step=EntryKind.PAY)
    entry = _entry(draft, EntryKind.PAY, by, at)
    entry.checker = checker
    out_of = Place(AccountKind.PROJECT, draft.project)
    return post(entry, out_of=out_of, into=Place(AccountKind.AGENCY, draft.project, draft.agency))


@transaction.atomic
def spend(*, draft: Spending, by: User, at: datetime) -> Entry:
    """Record an expense of the agency against what it has received. The caller has checked who may.

    Refuses: FieldRequired, NotFound, AmountNotPositive, AdvanceExhausted.
    Effects: an entry from the agency's advance to its expenses; an audit entry.
    """
    entry = _entry(draft, EntryKind.SPEND, by, at)
    entry.need, entry.budget_line = draft.need, draft.budget_line
    out_of = Place(AccountKind.AGENCY, draft.project, draft.agency)
    return post(entry, out_of=out_of, into=Place(AccountKind.EXPENSE, draft.project, draft.agency))


@transaction.atomic
def refund(*, draft: Payment, maker: User, by: User, at: datetime) -> Entry:
    """Give what an agency has received and not spent back to its source. `maker` has recorded it, `by` checks and books it. The caller has
    checked who may.

    Refuses: CheckerIsMaker, FieldRequired, NotFound, AmountNotPositive, AdvanceExhausted.
    Effects: an entry from the agency's advance to the source, which has it to promise again; an audit entry.
    """
    if maker == by:
        raise CheckerIsMaker(step=EntryKind.REFUND)
    entry = _entry(draft, EntryKind.REFUND, maker, at)
    entry.checker = by
    out_of = Place(AccountKind.AGENCY, draft.project, draft.agency)
    return post(entry, out_of=out_of, into=Place(AccountKind.SOURCE), by=by)


def _entry(draft: Payment | Spending, kind: EntryKind, by: User, at: datetime) -> Entry:
    if not draft.voucher_no.strip():
        raise FieldRequired(name="voucher_no")
    subject_kind, subject = draft.subject
    return Entry(
        kind=kind,
        source=source_by_number(draft.source),
        amount=draft.amount,
        subject_kind=subject_kind,
        subject=subject,
        project=draft.project,
        agency=draft.agency,
        voucher_no=draft.voucher_no.strip(),
        memo=draft.memo,
        occurred_on=draft.occurred_on,
        at=at,
        maker=by,
    )
