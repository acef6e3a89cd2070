"""The database holds the rules of the book by itself, whoever writes."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from tests.ledger.factories import AT, ON, PROJECT, Treasury
from wushe.ledger.models import Account, AccountKind, Entry, EntryKind, Line


def make_entry(treasury: Treasury, *sides: tuple[Account, str, str], amount: str = "10", **values: object) -> Entry:
    plain: dict[str, object] = {
        "number": "entry-x",
        "kind": EntryKind.COMMIT_TO_PROJECT,
        "source": sides[0][0].source,
        "amount": Decimal(amount),
        "subject_kind": "project",
        "subject": PROJECT,
        "project": PROJECT,
        "occurred_on": ON,
        "at": AT,
        "maker": treasury.officer,
    }
    with transaction.atomic():
        entry = Entry.objects.create(**{**plain, **values})
        for account, debit, credit in sides:
            Line.objects.create(entry=entry, account=account, debit=debit, credit=credit)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return entry


def accounts(treasury: Treasury) -> tuple[Account, Account]:
    source = treasury.source("100")
    treasury.commit(source, "50")
    return Account.objects.get(source=source, kind=AccountKind.SOURCE), Account.objects.get(source=source, kind=AccountKind.PROJECT)


def refused(rule: str, write: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        write()
    assert rule in (refusal.value.__cause__.diag.constraint_name or str(refusal.value))


def test_a_balanced_entry_is_accepted(treasury: Treasury):
    giving, taking = accounts(treasury)
    make_entry(treasury, (giving, "0", "10"), (taking, "10", "0"))
    giving.refresh_from_db()
    assert giving.balance == Decimal(40)


@pytest.mark.parametrize(("debit", "credit", "amount"), [("10", "9", "10"), ("9", "10", "10"), ("10", "10", "11")])
def test_an_entry_that_does_not_balance_is_refused(treasury: Treasury, debit: str, credit: str, amount: str):
    giving, taking = accounts(treasury)
    refused("ledger_entry_is_balanced", lambda: make_entry(treasury, (giving, "0", credit), (taking, debit, "0"), amount=amount))


def test_an_entry_without_lines_is_refused(treasury: Treasury):
    giving, _ = accounts(treasury)
    refused("ledger_entry_is_balanced", lambda: make_entry(treasury, (giving, "0", "10")))


def test_no_pair_of_lines_slips_under_a_committed_entry(treasury: Treasury):
    giving, taking = accounts(treasury)
    entry = Entry.objects.get(source=giving.source, kind=EntryKind.OPEN_SOURCE)
    other = Account.objects.create(source=giving.source, kind=AccountKind.PROJECT, project="project-2")

    def slip() -> None:
        Line.objects.create(entry=entry, account=taking, credit=1)
        Line.objects.create(entry=entry, account=other, debit=1)
        connection.check_constraints()

    refused("ledger_entry_is_balanced", slip)


def test_money_of_another_source_is_refused(treasury: Treasury):
    giving, _ = accounts(treasury)
    other = Account.objects.create(source=treasury.source("5"), kind=AccountKind.PROJECT, project=PROJECT)
    refused("ledger_entry_keeps_its_source", lambda: make_entry(treasury, (giving, "0", "10"), (other, "10", "0")))


def test_a_reversal_that_is_no_mirror_is_refused(treasury: Treasury):
    giving, taking = accounts(treasury)
    wrong = make_entry(treasury, (giving, "0", "10"), (taking, "10", "0"))
    values = {"number": "entry-y", "kind": EntryKind.REVERSE_ENTRY, "reverses": wrong}
    refused("ledger_reversal_is_a_mirror", lambda: make_entry(treasury, (giving, "0", "10"), (taking, "10", "0"), **values))


def test_money_below_zero_is_refused(treasury: Treasury):
    giving, taking = accounts(treasury)
    refused("ledger_money_is_not_below_zero", lambda: make_entry(treasury, (giving, "0", "51"), (taking, "51", "0"), amount="51"))


@pytest.mark.parametrize(("debit", "credit"), [("1", "1"), ("0", "0"), ("-1", "0")])
def test_a_line_has_one_side(treasury: Treasury, debit: str, credit: str):
    giving, _ = accounts(treasury)
    refused("ledger_line_has_one_side", lambda: make_entry(treasury, (giving, debit, credit)))


def test_a_payment_names_a_checker_who_is_not_its_maker(treasury: Treasury):
    giving, taking = accounts(treasury)
    sides = ((giving, "0", "10"), (taking, "10", "0"))
    paid = {"kind": EntryKind.PAY, "voucher_no": "1"}
    refused("ledger_payment_has_a_checker", lambda: make_entry(treasury, *sides, **paid))
    refused("ledger_checker_is_not_maker", lambda: make_entry(treasury, *sides, **paid, checker=treasury.officer))


@pytest.mark.parametrize("model", [Entry, Line])
def test_the_book_is_append_only(treasury: Treasury, model: type[Entry] | type[Line]):
    accounts(treasury)
    first = model.objects.earliest("id")
    refused("neither changed nor deleted", lambda: model.objects.filter(pk=first.pk).update(id=first.pk))
    refused("neither changed nor deleted", lambda: model.objects.filter(pk=first.pk)._raw_delete("default"))


def test_a_balance_is_moved_by_lines_alone(treasury: Treasury):
    giving, _ = accounts(treasury)
    refused("changed by lines alone", lambda: Account.objects.filter(pk=giving.pk).update(balance=1000))
    refused("changed by lines alone", lambda: Account.objects.filter(pk=giving.pk)._raw_delete("default"))
    rich = {"source": giving.source, "kind": AccountKind.PROJECT, "project": "project-3", "balance": 7}
    refused("changed by lines alone", lambda: Account.objects.create(**rich))
