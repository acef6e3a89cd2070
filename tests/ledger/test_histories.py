"""Whatever people do, refused or not, the book balances."""

from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.factories import AT, ON, PROJECT, SECOND, Treasury, make_treasury
from wushe.kernel.errors import DomainError
from wushe.ledger.actions import Commitment, release_from_project, reverse_entry
from wushe.ledger.models import Account, AccountKind, Entry, FundingSource, Line
from wushe.ledger.queries import project_money, with_totals

PROJECTS = (PROJECT, SECOND)
amounts = st.decimals(min_value="-5", max_value="120", places=2)
steps = st.tuples(
    st.sampled_from(["commit", "release", "pay", "spend", "refund", "reverse"]),
    st.integers(0, 1),
    st.sampled_from(PROJECTS),
    amounts,
    st.integers(0, 20),
)


def act(treasury: Treasury, made: list[FundingSource], step: tuple[str, int, str, Decimal, int]) -> None:
    verb, which, project, amount, place = step
    source = made[which]
    if verb == "release":
        draft = Commitment(source=source.number, project=project, amount=amount, occurred_on=ON)
        release_from_project(draft=draft, by=treasury.officer, at=AT)
    elif verb == "reverse":
        numbers = Entry.objects.order_by("id").values_list("number", flat=True)
        number = numbers[place % len(numbers)]
        reverse_entry(entry_number=number, reason="更正", occurred_on=ON, by=treasury.officer, checker=treasury.checker, at=AT)
    else:
        {"commit": treasury.commit, "pay": treasury.pay, "spend": treasury.spend, "refund": treasury.refund}[verb](
            source, str(amount), project
        )


def check_book() -> None:
    connection.check_constraints()
    for entry in Entry.objects.annotate(debits=Sum("lines__debit"), credits=Sum("lines__credit")):
        assert entry.debits == entry.credits == entry.amount
    for account in Account.objects.annotate(moved=Sum(F("lines__debit") - F("lines__credit"))):
        assert account.balance == (account.moved or 0)
        assert account.kind == AccountKind.EXTERNAL or account.balance >= 0
    for group in ("account__source", "entry__source"):
        for row in Line.objects.values(group).annotate(debits=Sum("debit"), credits=Sum("credit")).order_by(group):
            assert row["debits"] == row["credits"]
    for row in Account.objects.values("source").annotate(total=Sum("balance")).order_by("source"):
        assert row["total"] == 0
    shown = {source.pk: source.committed for source in with_totals(FundingSource.objects.all())}
    by_project = [row for project in PROJECTS for row in project_money(project)]
    assert shown == {pk: sum((row.money.committed for row in by_project if row.source.pk == pk), Decimal(0)) for pk in shown}


@pytest.mark.django_db(transaction=True)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(history=st.lists(steps, min_size=5, max_size=25))
def test_every_history_leaves_a_balanced_book(history: list[tuple[str, int, str, Decimal, int]]):
    with transaction.atomic():
        treasury = make_treasury()
        made = [treasury.source("100"), treasury.source("60.5", kind="welfare_lottery")]
        for step in history:
            try:
                with transaction.atomic():
                    act(treasury, made, step)
            except DomainError:
                continue
        check_book()
        transaction.set_rollback(True)


def test_a_reversal_restores_the_balances(treasury: Treasury):
    source = treasury.source("100")
    treasury.commit(source, "70")
    treasury.pay(source, "40")
    before = dict(Account.objects.values_list("pk", "balance"))
    for amount in ("0.01", "39.99"):
        expense = treasury.spend(source, amount)
        reverse_entry(entry_number=expense.number, reason="更正", occurred_on=ON, by=treasury.clerk, at=AT)
    after = dict(Account.objects.values_list("pk", "balance"))
    assert {pk: balance for pk, balance in after.items() if balance} == {pk: balance for pk, balance in before.items() if balance}
    check_book()
