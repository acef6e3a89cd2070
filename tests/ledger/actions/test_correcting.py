import pytest

from tests.ledger.factories import AT, ON, Treasury
from wushe.accounts.models import User
from wushe.kernel.errors import CheckerIsMaker, FieldRequired, NotFound
from wushe.ledger.actions import reverse_entry
from wushe.ledger.errors import AdvanceExhausted, BudgetExhausted, EntryAlreadyReversed, ReversalIsFinal, SourceExhausted
from wushe.ledger.models import Account, Entry


def reverse(entry: Entry, by: User, checker: User | None = None, reason: str = "金额录入有误") -> Entry:
    return reverse_entry(entry_number=entry.number, reason=reason, occurred_on=ON, by=by, checker=checker, at=AT)


def held() -> dict[int, object]:
    return {row.pk: row.balance for row in Account.objects.all() if row.balance}


def test_reverse_entry_restores_every_balance(treasury: Treasury):
    source = treasury.source("100")
    treasury.commit(source, "80")
    treasury.pay(source, "30")
    before = held()
    expense = treasury.spend(source, "12.34")
    mirror = reverse(expense, treasury.clerk)
    assert held() == before
    assert (mirror.reverses, mirror.subject, mirror.need, mirror.memo) == (expense, expense.subject, expense.need, "金额录入有误")


def test_reverse_entry_refuses_a_second_time(treasury: Treasury):
    source = treasury.source("100")
    entry = treasury.commit(source, "80")
    reverse(entry, treasury.officer)
    with pytest.raises(EntryAlreadyReversed):
        reverse(entry, treasury.officer)


def test_reverse_entry_refuses_a_correcting_entry(treasury: Treasury):
    mirror = reverse(treasury.commit(treasury.source("100"), "80"), treasury.officer)
    with pytest.raises(ReversalIsFinal):
        reverse(mirror, treasury.officer)


def test_reverse_entry_refuses_without_a_reason_and_an_unknown_entry(treasury: Treasury):
    entry = treasury.commit(treasury.source("100"), "80")
    with pytest.raises(FieldRequired):
        reverse(entry, treasury.officer, reason=" ")
    with pytest.raises(NotFound):
        reverse(Entry(number="?"), treasury.officer)


def test_reverse_entry_wants_a_checker_for_a_payment(treasury: Treasury):
    source = treasury.source("100")
    treasury.commit(source, "80")
    payment = treasury.pay(source, "30")
    with pytest.raises(CheckerIsMaker):
        reverse(payment, treasury.officer)
    with pytest.raises(CheckerIsMaker):
        reverse(payment, treasury.officer, treasury.officer)
    assert reverse(payment, treasury.officer, treasury.checker).checker == treasury.checker


def test_reverse_entry_refuses_when_the_money_has_moved_on(treasury: Treasury):
    source = treasury.source("100")
    opening = Entry.objects.get(subject=source.number)
    promise = treasury.commit(source, "80")
    payment = treasury.pay(source, "80")
    treasury.spend(source, "1")
    with pytest.raises(SourceExhausted):
        reverse(opening, treasury.officer)
    with pytest.raises(BudgetExhausted):
        reverse(promise, treasury.officer)
    with pytest.raises(AdvanceExhausted):
        reverse(payment, treasury.officer, treasury.checker)
