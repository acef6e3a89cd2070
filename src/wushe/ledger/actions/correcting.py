from datetime import date, datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.kernel.bus import publish
from wushe.kernel.clock import local_date
from wushe.kernel.errors import CheckerIsMaker, FieldRequired, NotFound
from wushe.ledger.actions.posting import Place, post
from wushe.ledger.errors import CorrectedElsewhere, EntryAlreadyReversed, ReversalIsFinal
from wushe.ledger.events import EntryReversed
from wushe.ledger.models import OF_TWO, Account, AccountKind, Entry, EntryKind
from wushe.ledger.permissions import Permission

BOOKED_HERE = frozenset(EntryKind) - {EntryKind.PAY, EntryKind.SPEND, EntryKind.REFUND}


@transaction.atomic
def reverse_entry(*, entry_number: str, reason: str, occurred_on: date, by: User, at: datetime, checker: User | None = None) -> Entry:
    """Correct an entry by its mirror image; a payment or a refund needs a checker again. The caller has checked who may.

    Refuses: NotFound, FieldRequired, CheckerIsMaker, ReversalIsFinal, EntryAlreadyReversed, SourceExhausted, BudgetExhausted, AdvanceExhausted.
    Effects: an entry in the other direction that names the first; an audit entry; EntryReversed.
    """
    wrong = Entry.objects.select_for_update(of=("self",), no_key=True).select_related("source__region").filter(number=entry_number).first()
    if wrong is None:
        raise NotFound(kind="entry", number=entry_number)
    if wrong.kind == EntryKind.REVERSE_ENTRY:
        raise ReversalIsFinal(entry=entry_number)
    if Entry.objects.filter(reverses=wrong).exists():
        raise EntryAlreadyReversed(entry=entry_number)
    if not reason.strip():
        raise FieldRequired(name="reason")
    if checker == by or (wrong.kind in OF_TWO and checker is None):
        raise CheckerIsMaker(step=EntryKind.REVERSE_ENTRY)
    mirror = _mirror(wrong, reason, occurred_on, by, at)
    mirror.checker = checker
    by_side = {line.credit > 0: _place(line.account) for line in wrong.lines.select_related("account__agency")}
    posted = post(mirror, out_of=by_side[False], into=by_side[True])
    publish(EntryReversed(entry_id=wrong.pk, at=at.isoformat()))
    return posted


@transaction.atomic
def reverse_booking(*, entry_number: str, reason: str, by: User, at: datetime) -> Entry:
    """Take back, as the finance officer, what was booked by mistake between a source, its projects and the bodies that it keeps; as of today.

    Refuses: NotFound, NotPermitted, CorrectedElsewhere, and what `reverse_entry` refuses.
    Effects: as `reverse_entry`.
    """
    wrong = Entry.objects.select_related("source__region").filter(number=entry_number).first()
    if wrong is None:
        raise NotFound(kind="entry", number=entry_number)
    on = local_date(at)
    require(by, Permission.REVERSE_BOOKING, on, region=wrong.source.region)
    if wrong.kind not in BOOKED_HERE:
        raise CorrectedElsewhere(kind=wrong.kind)
    return reverse_entry(entry_number=entry_number, reason=reason, occurred_on=on, by=by, at=at)


def _mirror(wrong: Entry, reason: str, occurred_on: date, by: User, at: datetime) -> Entry:
    return Entry(
        kind=EntryKind.REVERSE_ENTRY,
        source=wrong.source,
        amount=wrong.amount,
        subject_kind=wrong.subject_kind,
        subject=wrong.subject,
        project=wrong.project,
        need=wrong.need,
        agency=wrong.agency,
        voucher_no=wrong.voucher_no,
        budget_line=wrong.budget_line,
        memo=reason.strip(),
        occurred_on=occurred_on,
        at=at,
        maker=by,
        reverses=wrong,
    )


def _place(account: Account) -> Place:
    return Place(AccountKind(account.kind), account.project, account.agency)
