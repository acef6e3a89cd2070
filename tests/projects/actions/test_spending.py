from datetime import date
from decimal import Decimal

import pytest

from tests import stories
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted, StepNotAllowed
from wushe.ledger.errors import AdvanceExhausted, AmountNotPositive, EntryAlreadyReversed
from wushe.ledger.queries import project_money
from wushe.projects.actions import record_expense, reverse_expense, terminate_project
from wushe.projects.errors import ExpenseAhead, OutsideAgreementPeriod, OverBudgetLine, VoucherUsed
from wushe.projects.models import BudgetLine
from wushe.projects.states import ProjectState


def spend(cast, project, **other):
    draft = stories.expense_draft(cast, project, **other)
    return record_expense(project_id=project.pk, draft=draft, by=cast.managers[0], at=stories.HELD)


def advanced(cast):
    project = stories.delivering(cast)
    stories.paid(cast, project)
    return project


def test_an_expense_names_its_need_and_stands_in_the_book(cast):
    project = advanced(cast)
    need = project.project_needs.get().need
    expense = spend(cast, project, need=need)
    (row,) = project_money(project.number)
    assert (row.money.spent, expense.need, expense.amount) == (500, need, 500)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"payee": " "}, FieldRequired),
        ({"memo": ""}, FieldRequired),
        ({"voucher_no": ""}, FieldRequired),
        ({"amount": Decimal("0.004")}, AmountNotPositive),
        ({"spent_on": date(2026, 4, 30)}, OutsideAgreementPeriod),
        ({"spent_on": date(2026, 6, 2)}, ExpenseAhead),
        ({"spent_on": date(2027, 12, 31)}, OutsideAgreementPeriod),
        ({"amount": Decimal("30000.01")}, OverBudgetLine),
        ({"source": "source-990326-2026-999999"}, NotFound),
    ],
)
def test_an_expense_that_cannot_be_is_refused(cast, change, refusal):
    project = advanced(cast)
    with pytest.raises(refusal):
        spend(cast, project, **change)


def test_an_agency_spends_what_it_has_received(cast):
    project = advanced(cast)
    staff = project.budget_lines.get(category="staff")
    with pytest.raises(AdvanceExhausted):
        spend(cast, project, amount=Decimal(31_201), budget_line=staff)


def test_a_line_is_spent_to_the_last_cent(cast):
    project = advanced(cast)
    spend(cast, project, amount=Decimal("29999.99"))
    with pytest.raises(OverBudgetLine) as refused:
        spend(cast, project, amount=Decimal("0.02"), voucher_no="支-2")
    assert refused.value.left == Decimal("0.01")


def test_line_and_need_are_the_projects_own(cast):
    project = advanced(cast)
    need = stories.reported_need(cast, phone="13800138009").need
    other = stories.projects.draft_project(region=cast.county.town, draft=stories.design(need.pk), by=cast.worker, at=stories.DRAFTED)
    with pytest.raises(NotFound):
        spend(cast, project, budget_line=BudgetLine.objects.get(project=other, position=1))
    with pytest.raises(NotFound):
        spend(cast, project, need=need)


def test_a_voucher_is_used_once_until_its_expense_is_reversed(cast):
    project = advanced(cast)
    expense = spend(cast, project)
    with pytest.raises(VoucherUsed):
        spend(cast, project, voucher_no=" 支-1 ")
    with pytest.raises(FieldRequired):
        reverse_expense(expense_id=expense.pk, reason=" ", by=cast.managers[0], at=stories.HELD)
    reverse_expense(expense_id=expense.pk, reason="金额有误", by=cast.managers[0], at=stories.HELD)
    with pytest.raises(EntryAlreadyReversed):
        reverse_expense(expense_id=expense.pk, reason="金额有误", by=cast.managers[0], at=stories.HELD)
    spend(cast, project)
    assert project_money(project.number)[0].money.spent == 500


def test_an_agency_uses_a_voucher_in_one_of_its_projects(cast):
    project, other = stories.ended(cast), advanced(cast)
    expense = spend(cast, project)
    with pytest.raises(VoucherUsed) as refused:
        spend(cast, other)
    assert (refused.value.expense, refused.value.project) == (expense.number, project.title)
    reverse_expense(expense_id=expense.pk, reason="应记入另一项目", by=cast.managers[0], at=stories.HELD)
    assert spend(cast, other).voucher_no == "支-1"


def test_nothing_is_spent_before_the_agreement(cast):
    project = stories.agreed(cast)
    with pytest.raises(StepNotAllowed):
        spend(cast, project)


def test_without_an_agreement_nobody_may_spend(cast):
    project = stories.awarded(cast)
    with pytest.raises(NotPermitted):
        spend(cast, project)


def test_the_last_tranche_of_a_closed_project_is_accounted_for(cast):
    project = stories.accepted(cast)
    for number in (1, 2, 3):
        stories.paid(cast, project, number, at=stories.ACCEPTED)
    assert stories.fresh(project).state == ProjectState.CLOSED
    staff = project.budget_lines.get(category="staff")
    draft = stories.expense_draft(cast, project, amount=Decimal(50_000), budget_line=staff)
    record_expense(project_id=project.pk, draft=draft, by=cast.managers[0], at=stories.ACCEPTED)
    with pytest.raises(OverBudgetLine):
        spend(cast, project, budget_line=staff, voucher_no="支-2")
    assert project_money(project.number)[0].money.spent == 50_000


def test_what_a_terminated_project_had_received_is_accounted_for_by_its_needs(cast):
    project = advanced(cast)
    need = project.project_needs.get().need
    terminate_project(project_id=project.pk, reason="机构退出", by=cast.reviewer, at=stories.HELD)
    assert spend(cast, project, need=need).need == need
