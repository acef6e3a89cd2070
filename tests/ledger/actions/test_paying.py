from dataclasses import replace
from decimal import Decimal

import pytest

from tests.ledger.factories import AT, NEED, ON, PROJECT, Treasury
from wushe.kernel.errors import CheckerIsMaker, FieldRequired
from wushe.ledger.actions import pay, refund, reverse_entry, spend
from wushe.ledger.errors import AdvanceExhausted, AmountNotPositive, BudgetExhausted
from wushe.ledger.queries import Money, project_money, spent_for


def test_money_of_two_sources_stays_apart(treasury: Treasury):
    first, second = treasury.source("100"), treasury.source("50", kind="welfare_lottery", name="福彩公益金")
    treasury.commit(first, "80")
    treasury.commit(second, "50")
    treasury.pay(first, "30")
    treasury.pay(second, "50")
    treasury.spend(second, "20")
    assert [(row.source, row.money) for row in project_money(PROJECT)] == [
        (first, Money(Decimal(80), Decimal(30), Decimal(0))),
        (second, Money(Decimal(50), Decimal(50), Decimal(20))),
    ]
    with pytest.raises(AdvanceExhausted):
        treasury.spend(second, "31")


def test_pay_keeps_maker_checker_and_voucher(treasury: Treasury):
    source = treasury.source("100")
    treasury.commit(source, "80")
    entry = treasury.pay(source, "30")
    assert (entry.maker, entry.checker, entry.voucher_no, entry.agency) == (treasury.officer, treasury.checker, "付-1", treasury.agency)


def test_pay_refuses_a_checker_who_is_the_maker(treasury: Treasury):
    source = treasury.source("100")
    treasury.commit(source, "80")
    with pytest.raises(CheckerIsMaker):
        pay(draft=treasury.payment(source, "30"), checker=treasury.officer, by=treasury.officer, at=AT)


def test_pay_refuses_more_than_the_budget(treasury: Treasury):
    source = treasury.source("100")
    treasury.commit(source, "80")
    with pytest.raises(BudgetExhausted) as refusal:
        treasury.pay(source, "80.01")
    assert (refusal.value.project, refusal.value.available) == (PROJECT, Decimal(80))


@pytest.mark.parametrize("amount", ["0", "-5"])
def test_pay_refuses_nothing(treasury: Treasury, amount: str):
    source = treasury.source("100")
    with pytest.raises(AmountNotPositive):
        treasury.pay(source, amount)


def test_pay_and_spend_refuse_a_missing_voucher(treasury: Treasury):
    source = treasury.source("100")
    with pytest.raises(FieldRequired):
        pay(draft=replace(treasury.payment(source, "1"), voucher_no=" "), checker=treasury.checker, by=treasury.officer, at=AT)
    with pytest.raises(FieldRequired):
        spend(draft=replace(treasury.spending(source, "1"), voucher_no=""), by=treasury.clerk, at=AT)


def test_spend_names_its_need_and_budget_line(treasury: Treasury):
    source = treasury.source("100")
    treasury.commit(source, "80")
    treasury.pay(source, "30")
    entry = treasury.spend(source, "30")
    assert list(spent_for(NEED, [PROJECT])) == [entry]
    assert entry.budget_line == "活动材料"


def test_spend_refuses_more_than_the_agency_received(treasury: Treasury):
    source = treasury.source("100")
    treasury.commit(source, "80")
    treasury.pay(source, "30")
    with pytest.raises(AdvanceExhausted) as refusal:
        treasury.spend(source, "30.01")
    assert (refusal.value.agency, refusal.value.available) == ("青禾社工中心", Decimal(30))


def test_what_the_agency_has_left_goes_back_to_its_source(treasury: Treasury):
    source = treasury.source("100")
    treasury.commit(source, "80")
    treasury.pay(source, "30")
    treasury.spend(source, "12.5")
    entry = treasury.refund(source, "17.5")
    assert (entry.maker, entry.checker, entry.agency) == (treasury.officer, treasury.checker, treasury.agency)
    assert [row.money for row in project_money(PROJECT)] == [Money(Decimal("62.5"), Decimal("12.5"), Decimal("12.5"))]
    with pytest.raises(AdvanceExhausted):
        treasury.refund(source, "0.01")


def test_a_refund_and_its_correction_have_two_people(treasury: Treasury):
    source = treasury.source("100")
    treasury.commit(source, "80")
    treasury.pay(source, "30")
    with pytest.raises(CheckerIsMaker):
        refund(draft=treasury.payment(source, "30"), maker=treasury.officer, by=treasury.officer, at=AT)
    entry = treasury.refund(source, "30")
    with pytest.raises(CheckerIsMaker):
        reverse_entry(entry_number=entry.number, reason="更正", occurred_on=ON, by=treasury.officer, at=AT)
