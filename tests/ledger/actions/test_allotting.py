"""Stations receive money to run on, straight out of a source."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.ledger.factories import AT, ON, Treasury
from wushe.accounts.models import Body, BodyKind
from wushe.audit.queries import entries_of as audit_of
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted
from wushe.ledger.actions import Allotment, allot_to_body, reverse_booking
from wushe.ledger.errors import AmountNotPositive, BodyElsewhere, SourceExhausted
from wushe.ledger.models import Account, AccountKind, Entry
from wushe.ledger.queries import allotments, source_with_totals
from wushe.regions.models import Region


def station(region: Region, number: str = "body-990326-2026-000091") -> Body:
    return Body.objects.create(number=number, name="首善社工站", kind=BodyKind.STATION, region=region)


def draft(treasury: Treasury, **changes: object) -> Allotment:
    body = Body.objects.filter(kind=BodyKind.STATION).first() or station(treasury.county.town)
    source = treasury.source("500")
    plain = Allotment(source=source.number, body=body, amount=Decimal(200), voucher_no="拨-1", occurred_on=ON)
    return replace(plain, **changes)


def test_what_a_station_receives_leaves_the_source(treasury: Treasury):
    entry = allot_to_body(draft=draft(treasury), by=treasury.officer, at=AT)
    source = source_with_totals(entry.source.number)
    assert (source.available, source.allotted, source.committed) == (Decimal(300), Decimal(200), Decimal(0))
    account = Account.objects.get(kind=AccountKind.BODY)
    assert (account.agency, account.balance) == (entry.agency, Decimal(200))
    assert [row.verb for row in audit_of("entry", entry.number)] == ["ledger.allot_to_body"]


def test_what_was_taken_back_was_not_received(treasury: Treasury):
    entry = allot_to_body(draft=draft(treasury), by=treasury.officer, at=AT)
    assert list(allotments(ON, ON + timedelta(days=1))) == [entry]
    assert not allotments(ON - timedelta(days=1), ON).exists()
    reverse_booking(entry_number=entry.number, reason="金额有误", by=treasury.officer, at=AT)
    assert not allotments(ON, ON + timedelta(days=1)).exists()
    assert source_with_totals(entry.source.number).available == Decimal(500)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"amount": Decimal(0)}, AmountNotPositive),
        ({"amount": Decimal("500.01")}, SourceExhausted),
        ({"voucher_no": " "}, FieldRequired),
        ({"source": "source-0"}, NotFound),
    ],
)
def test_what_cannot_be_is_refused(treasury: Treasury, changes: dict[str, object], refusal: type[Exception]):
    wanted = draft(treasury, **changes)
    before = Entry.objects.count()
    with pytest.raises(refusal):
        allot_to_body(draft=wanted, by=treasury.officer, at=AT)
    assert Entry.objects.count() == before


def test_money_of_a_county_stays_in_the_county(treasury: Treasury):
    elsewhere = station(treasury.county.nation, "body-990327-2026-000001")
    with pytest.raises(BodyElsewhere):
        allot_to_body(draft=draft(treasury, body=elsewhere), by=treasury.officer, at=AT)


def test_the_county_station_allots_nothing(treasury: Treasury):
    with pytest.raises(NotPermitted):
        allot_to_body(draft=draft(treasury), by=treasury.checker, at=AT)
