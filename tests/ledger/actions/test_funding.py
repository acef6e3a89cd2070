from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.ledger.factories import AT, ON, PROJECT, Treasury
from wushe.audit.queries import entries_of as audit_of
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted
from wushe.ledger.actions import Commitment, SourceDraft, commit_to_project, open_source, release_from_project
from wushe.ledger.errors import AmountNotPositive, BudgetExhausted, SourceExhausted, SourceNotOpen
from wushe.ledger.models import AccountKind, FundingSource
from wushe.ledger.queries import Money, entries_of, project_money, source_with_totals
from wushe.policies.errors import UnknownCode


def draft(treasury: Treasury, **changes: object) -> SourceDraft:
    plain = SourceDraft(
        kind="fiscal",
        name="县级财政预算",
        region=treasury.county.county,
        year=2026,
        document_no="平财发〔2026〕3号",
        amount=Decimal(500),
        occurred_on=ON,
    )
    return replace(plain, **changes)


def test_open_source_makes_its_whole_amount_available(treasury: Treasury):
    source = open_source(draft=draft(treasury), by=treasury.officer, at=AT)
    assert source_with_totals(source.number).available == Decimal("500.00")
    assert (source.kind, source.pack_version) == ("fiscal", "money@1")
    (entry,) = entries_of("source", source.number)
    lines = {line.account.kind: line.debit - line.credit for line in entry.lines.select_related("account")}
    assert lines == {AccountKind.EXTERNAL: Decimal(-500), AccountKind.SOURCE: Decimal(500)}
    assert [row.verb for row in audit_of("entry", entry.number)] == ["ledger.open_source"]


def test_open_source_refuses_who_may_not(treasury: Treasury):
    with pytest.raises(NotPermitted):
        open_source(draft=draft(treasury), by=treasury.checker, at=AT)


@pytest.mark.parametrize("amount", ["0", "-1", "0.004"])
def test_open_source_refuses_nothing(treasury: Treasury, amount: str):
    with pytest.raises(AmountNotPositive):
        open_source(draft=draft(treasury, amount=Decimal(amount)), by=treasury.officer, at=AT)


@pytest.mark.parametrize("name", ["name", "document_no"])
def test_open_source_refuses_a_line_without_name_or_document(treasury: Treasury, name: str):
    with pytest.raises(FieldRequired) as refusal:
        open_source(draft=draft(treasury, **{name: " "}), by=treasury.officer, at=AT)
    assert refusal.value.name == name
    assert not FundingSource.objects.exists()


@pytest.mark.parametrize("kind", ["gift", "collective"])
def test_open_source_refuses_a_kind_that_the_policy_does_not_know_or_has_retired(treasury: Treasury, kind: str):
    with pytest.raises(UnknownCode):
        open_source(draft=draft(treasury, kind=kind), by=treasury.officer, at=AT)


def test_commit_to_project_promises_money(treasury: Treasury):
    source = treasury.source("100")
    treasury.commit(source, "60")
    (row,) = project_money(PROJECT)
    assert (row.source, row.money) == (source, Money(committed=Decimal(60)))
    assert source_with_totals(source.number).available == Decimal(40)


def test_commit_to_project_refuses_more_than_the_source_has(treasury: Treasury):
    source = treasury.source("100")
    treasury.commit(source, "60")
    with pytest.raises(SourceExhausted) as refusal:
        treasury.commit(source, "40.01")
    assert refusal.value.data() == {"source": source.number, "available": Decimal(40), "wanted": Decimal("40.01")}


def test_commit_to_project_refuses_who_may_not(treasury: Treasury):
    source = treasury.source("100")
    with pytest.raises(NotPermitted):
        commit_to_project(
            draft=Commitment(source=source.number, project=PROJECT, amount=Decimal(1), occurred_on=ON), by=treasury.clerk, at=AT
        )


def test_commit_to_project_refuses_unknown_source_no_project_and_nothing(treasury: Treasury):
    source = treasury.source("100")
    with pytest.raises(NotFound):
        commit_to_project(draft=Commitment(source="?", project=PROJECT, amount=Decimal(1), occurred_on=ON), by=treasury.officer, at=AT)
    with pytest.raises(FieldRequired):
        treasury.commit(source, "1", project="")
    with pytest.raises(AmountNotPositive):
        treasury.commit(source, "0")


def test_release_from_project_gives_back_what_was_not_paid(treasury: Treasury):
    source = treasury.source("100")
    treasury.commit(source, "60")
    treasury.pay(source, "20")
    back = Commitment(source=source.number, project=PROJECT, amount=Decimal(40), occurred_on=ON, memo="结余")
    release_from_project(draft=back, by=treasury.officer, at=AT)
    totals = source_with_totals(source.number)
    assert (totals.available, totals.committed, totals.paid) == (Decimal(80), Decimal(20), Decimal(20))
    with pytest.raises(BudgetExhausted):
        release_from_project(draft=back, by=treasury.officer, at=AT)


def test_release_from_project_refuses_who_may_not(treasury: Treasury):
    source = treasury.source("100")
    treasury.commit(source, "60")
    back = Commitment(source=source.number, project=PROJECT, amount=Decimal(40), occurred_on=ON)
    with pytest.raises(NotPermitted):
        release_from_project(draft=back, by=treasury.clerk, at=AT)


@pytest.mark.parametrize("move", [commit_to_project, release_from_project])
def test_no_money_moves_before_its_source_was_opened(treasury: Treasury, move):
    source = treasury.source("100")
    treasury.commit(source, "40")
    early = Commitment(source=source.number, project=PROJECT, amount=Decimal(10), occurred_on=ON - timedelta(days=1))
    with pytest.raises(SourceNotOpen) as refusal:
        move(draft=early, by=treasury.officer, at=AT)
    assert refusal.value.opened_on == ON
    assert source_with_totals(source.number).available == Decimal("60.00")
