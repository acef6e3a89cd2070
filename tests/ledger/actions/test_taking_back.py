import pytest

from tests.ledger.factories import AT, Treasury
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted
from wushe.ledger.actions import reverse_booking
from wushe.ledger.errors import BudgetExhausted, CorrectedElsewhere, EntryAlreadyReversed, ReversalIsFinal, SourceExhausted
from wushe.ledger.models import Account, AccountKind, Entry, EntryKind


def take_back(treasury: Treasury, entry: Entry, **changes):
    return reverse_booking(**{"entry_number": entry.number, "reason": "项目编号写错", "by": treasury.officer, "at": AT} | changes)


def test_a_commitment_goes_back_to_its_source(treasury):
    source = treasury.source("100")
    mirror = take_back(treasury, treasury.commit(source, "80"))
    assert (mirror.kind, mirror.amount, mirror.memo, mirror.maker) == (EntryKind.REVERSE_ENTRY, 80, "项目编号写错", treasury.officer)
    assert Account.objects.get(source=source, kind=AccountKind.SOURCE).balance == 100


def test_a_source_is_taken_back_while_nothing_left_it(treasury):
    source = treasury.source("100")
    opening = Entry.objects.get(kind=EntryKind.OPEN_SOURCE)
    commitment = treasury.commit(source, "1")
    with pytest.raises(SourceExhausted):
        take_back(treasury, opening)
    take_back(treasury, commitment)
    take_back(treasury, opening)
    assert Account.objects.get(source=source, kind=AccountKind.SOURCE).balance == 0


def test_what_has_gone_on_cannot_be_taken_back(treasury):
    source = treasury.source("100")
    commitment, payment = treasury.commit(source, "80"), treasury.pay(source, "30")
    with pytest.raises(BudgetExhausted):
        take_back(treasury, commitment)
    for entry in (payment, treasury.spend(source, "10")):
        with pytest.raises(CorrectedElsewhere):
            take_back(treasury, entry)


def test_only_finance_takes_back_once_and_with_a_reason(treasury):
    commitment = treasury.commit(treasury.source("100"), "80")
    for user in (treasury.checker, treasury.clerk):
        with pytest.raises(NotPermitted):
            take_back(treasury, commitment, by=user)
    with pytest.raises(FieldRequired):
        take_back(treasury, commitment, reason=" ")
    with pytest.raises(NotFound):
        take_back(treasury, commitment, entry_number="entry-0")
    mirror = take_back(treasury, commitment)
    with pytest.raises(EntryAlreadyReversed):
        take_back(treasury, commitment)
    with pytest.raises(ReversalIsFinal):
        take_back(treasury, mirror)
