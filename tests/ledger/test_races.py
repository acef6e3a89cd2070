"""Two hands on the last money, with two real connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from tests.ledger.factories import AT, ON, PROJECT, make_treasury
from wushe.ledger.actions import reverse_entry
from wushe.ledger.errors import BudgetExhausted, EntryAlreadyReversed
from wushe.ledger.models import Account, AccountKind, Entry, EntryKind, Line

pytestmark = pytest.mark.django_db(transaction=True)


def twice(act: Callable[[int], object], refusal: type[Exception]) -> list[str]:
    start = Barrier(2)

    def run(hand: int) -> str:
        try:
            start.wait()
            act(hand)
        except refusal:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return sorted(call.result() for call in [pool.submit(run, 1), pool.submit(run, 2)])


def test_two_payments_from_the_last_money_are_one():
    treasury = make_treasury()
    source = treasury.source("100")
    treasury.commit(source, "80")
    assert twice(lambda _: treasury.pay(source, "50"), BudgetExhausted) == ["done", "refused"]
    assert Account.objects.get(source=source, kind=AccountKind.AGENCY).balance == 50


def test_an_entry_is_reversed_once():
    treasury = make_treasury()
    entry = treasury.commit(treasury.source("100"), "80")

    def reverse(_: int) -> None:
        reverse_entry(entry_number=entry.number, reason="录入有误", occurred_on=ON, by=treasury.officer, at=AT)

    assert twice(reverse, EntryAlreadyReversed) == ["done", "refused"]
    assert Entry.objects.filter(reverses=entry).count() == 1


def test_the_database_alone_holds_the_last_money():
    treasury = make_treasury()
    source = treasury.source("100")
    treasury.commit(source, "20")
    giving = Account.objects.get(source=source, kind=AccountKind.SOURCE)
    taking = Account.objects.get(source=source, kind=AccountKind.PROJECT)

    @transaction.atomic
    def write(hand: int) -> None:
        entry = Entry.objects.create(
            number=f"entry-{hand}",
            kind=EntryKind.COMMIT_TO_PROJECT,
            source=source,
            amount=50,
            subject_kind="project",
            subject=PROJECT,
            project=PROJECT,
            occurred_on=ON,
            at=AT,
            maker=treasury.officer,
        )
        Line.objects.create(entry=entry, account=giving, credit=50)
        Line.objects.create(entry=entry, account=taking, debit=50)

    assert twice(write, IntegrityError) == ["done", "refused"]
    giving.refresh_from_db()
    assert giving.balance == 30
