from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.ledger.factories import AT, NEED, ON, PROJECT, SECOND, Treasury
from wushe.accounts.queries import scope_of
from wushe.kernel.clock import local_date
from wushe.kernel.errors import NotFound
from wushe.ledger.models import Account, AccountKind, FundingSource
from wushe.ledger.permissions import Permission
from wushe.ledger.queries import (
    Money,
    ProjectMoney,
    balances,
    entries_of_project,
    entries_of_source,
    entry_by_number,
    project_money,
    projects_of,
    source_with_totals,
    sources,
    statement,
    trace_of_expense,
)


def moved(treasury: Treasury) -> FundingSource:
    source = treasury.source("100")
    treasury.commit(source, "80")
    treasury.pay(source, "30")
    return source


def test_money_knows_what_is_left():
    money = Money(Decimal(80), Decimal(30), Decimal(12)) + Money(Decimal(1), Decimal(1), Decimal(1))
    assert (money.available, money.advanced) == (Decimal(50), Decimal(18))


@pytest.mark.parametrize("count", [1, 3])
def test_sources_show_their_totals_in_one_query(treasury: Treasury, count: int, django_assert_num_queries):
    for _ in range(count):
        source = moved(treasury)
        treasury.commit(source, "5", project=SECOND)
    scope = scope_of(treasury.officer, Permission.VIEW_MONEY, local_date(AT))
    with django_assert_num_queries(1):
        rows = [(row.available, row.committed, row.paid, row.spent, row.projects, row.region.name) for row in sources(scope)]
    assert rows == [(Decimal(15), Decimal(85), Decimal(30), Decimal(0), 2, "平湖县")] * count


def test_sources_outside_the_scope_are_not_shown(treasury: Treasury):
    treasury.source("100")
    assert not sources(scope_of(treasury.clerk, Permission.VIEW_MONEY, local_date(AT))).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_project_money_takes_one_query_however_many_sources(treasury: Treasury, count: int, django_assert_num_queries):
    made = [moved(treasury) for _ in range(count)]
    with django_assert_num_queries(1):
        rows = project_money(PROJECT)
    assert [(row.source, row.money) for row in rows] == [(source, Money(Decimal(80), Decimal(30))) for source in made]


def test_projects_of_a_source(treasury: Treasury):
    source = moved(treasury)
    treasury.commit(source, "5", project=SECOND)
    assert projects_of(source) == [
        ProjectMoney(PROJECT, Money(Decimal(80), Decimal(30))),
        ProjectMoney(SECOND, Money(Decimal(5))),
    ]


def test_trace_leads_from_an_expense_to_its_document_and_its_need(treasury: Treasury):
    source = moved(treasury)
    moved(treasury)
    treasury.commit(source, "5", project=SECOND)
    payment = treasury.pay(source, "10")
    expense = treasury.spend(source, "7")
    trace = trace_of_expense(expense.number)
    assert (trace.source, trace.project, trace.need, trace.opening.subject) == (source, PROJECT, NEED, source.number)
    assert [entry.amount for entry in trace.commitments] == [Decimal(80)]
    assert trace.payments[-1] == payment
    assert len(trace.payments) == 2


def test_trace_refuses_what_is_no_expense(treasury: Treasury):
    entry = treasury.commit(treasury.source("100"), "5")
    with pytest.raises(NotFound):
        trace_of_expense(entry.number)
    assert entry_by_number(entry.number) == entry
    with pytest.raises(NotFound):
        entry_by_number("?")
    with pytest.raises(NotFound):
        source_with_totals("?")


def test_entries_are_read_newest_first(treasury: Treasury):
    source = moved(treasury)
    assert [entry.kind for entry in entries_of_source(source)] == ["pay", "commit_to_project", "open_source"]
    assert [entry.kind for entry in entries_of_project(PROJECT)] == ["pay", "commit_to_project"]
    assert [(row.kind, row.balance) for row in balances(PROJECT)] == [("agency", Decimal(30)), ("project", Decimal(50))]


def test_statement_runs_from_the_balance_before_to_the_balance_after(treasury: Treasury):
    source = moved(treasury)
    account = Account.objects.get(source=source, kind=AccountKind.PROJECT)
    whole = statement(account, ON, ON + timedelta(days=1))
    assert (whole.opening, [row.balance for row in whole.rows], whole.closing) == (0, [Decimal(80), Decimal(50)], Decimal(50))
    after = statement(account, date(2026, 4, 1), date(2026, 5, 1))
    assert (after.opening, after.rows, after.closing) == (Decimal(50), [], Decimal(50))
