"""A hub keeps money for others: one person enters, another approves, and the statement stands for any day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from tests.accounts.factories import make_holder
from tests.organisations.applications import make_offices
from tests.organisations.factories import AT, ON, make_organisation
from wushe.inbox.queries import todos_for
from wushe.kernel.errors import CheckerIsMaker, FieldRequired, NotFound, NotPermitted, StepNotAllowed
from wushe.ledger.errors import AmountNotPositive
from wushe.organisations import actions
from wushe.organisations.actions import CustodyDraft
from wushe.organisations.errors import (
    AccountNotEmpty,
    CustodyExhausted,
    DatesOutOfOrder,
    DayInFuture,
    MemberElsewhere,
    NotAHub,
)
from wushe.organisations.models import CustodyAccount, CustodyEntry, CustodyKind, Kind
from wushe.organisations.queries import custody_by_number, custody_statement

pytestmark = pytest.mark.django_db

TEAM = {"kind": Kind.COMMUNITY_ORGANISATION, "uscc": "", "registered_on": None}
CAME = CustodyDraft(CustodyKind.DEPOSIT, Decimal(1000), date(2026, 2, 10), "收0001", "居民捐赠")
OPENED = {"agreement": "代管协议1号", "opened_on": date(2026, 2, 1)}


@pytest.fixture
def world():
    offices = make_offices()
    hub = make_organisation(offices.reviewer, offices.county.town, name="枢纽社会组织服务中心", kind=Kind.HUB)
    client = make_organisation(offices.reviewer, offices.county.communities[0], name="舞蹈队", **TEAM)
    people = [make_holder("hub_manager", body=hub.body, username=f"hub{order}") for order in range(2)]
    return offices, hub, client, people


def kept(world):
    _offices, hub, client, (one, _two) = world
    return actions.open_custody(hub=hub, client=client, **OPENED, by=one, at=AT)


def booked(world, account, **change):
    _offices, _hub, _client, (one, two) = world
    entry = actions.record_custody_entry(account=account, draft=replace(CAME, **change), by=one, at=AT)
    return actions.approve_custody_entry(entry=entry, by=two, at=AT)


def test_two_people_move_the_money_and_every_day_has_its_statement(world):
    offices, _hub, _client, (one, two) = world
    account = kept(world)
    entry = actions.record_custody_entry(account=account, draft=CAME, by=one, at=AT)
    todo = todos_for(two, AT).get()
    assert (todo.step, todo.due_at.date()) == ("approve_custody_entry", date(2026, 3, 9))
    with pytest.raises(CheckerIsMaker):
        actions.approve_custody_entry(entry=entry, by=one, at=AT)
    actions.approve_custody_entry(entry=entry, by=two, at=AT)
    assert list(todos_for(two, AT)) == []
    booked(world, account, kind=CustodyKind.PAYMENT, amount=Decimal(300), occurred_on=date(2026, 2, 20), voucher="付0001", purpose="音响")
    booked(world, account, kind=CustodyKind.FEE, amount=Decimal(20), occurred_on=ON, voucher="付0002", purpose="代管费")
    account.refresh_from_db()
    assert account.balance == Decimal(680)
    for since, until, told in (
        (date(2026, 2, 1), ON, (0, 680, 20)),
        (date(2026, 2, 11), date(2026, 2, 28), (1000, 700, 0)),
        (date(2026, 2, 1), date(2026, 2, 9), (0, 0, 0)),
    ):
        statement = custody_statement(account, since, until)
        assert (statement.opening, statement.closing, statement.fees) == told
    assert [row.balance for row in custody_statement(account, date(2026, 2, 1), ON).rows] == [1000, 700, 680]
    assert custody_by_number(account.number, user=offices.reviewer, at=AT) == account
    with pytest.raises(NotFound):
        custody_by_number(account.number, user=offices.stranger, at=AT)


def test_what_was_judged_stays(world):
    _offices, _hub, _client, (one, two) = world
    account = kept(world)
    entry = booked(world, account)
    for step in (actions.approve_custody_entry, actions.refuse_custody_entry):
        with pytest.raises(StepNotAllowed):
            step(entry=entry, by=two, at=AT, **({"reason": "x"} if step is actions.refuse_custody_entry else {}))
    for change in (
        lambda: CustodyEntry.objects.filter(pk=entry.pk).update(amount=1),
        lambda: CustodyEntry.objects.filter(pk=entry.pk).delete(),
        lambda: CustodyAccount.objects.filter(pk=account.pk).update(balance=-1),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    waiting = actions.record_custody_entry(account=account, draft=CAME, by=one, at=AT)
    with pytest.raises(FieldRequired):
        actions.refuse_custody_entry(entry=waiting, reason=" ", by=two, at=AT)
    refused = actions.refuse_custody_entry(entry=waiting, reason="票据重复", by=two, at=AT)
    account.refresh_from_db()
    assert (refused.is_booked, refused.reason, account.balance) == (False, "票据重复", Decimal(1000))


def test_no_more_is_paid_than_is_there_and_an_account_closes_empty(world):
    _offices, _hub, _client, (one, two) = world
    account = kept(world)
    booked(world, account)
    out = {"kind": CustodyKind.PAYMENT, "occurred_on": ON, "voucher": "付0001", "purpose": "结清"}
    with pytest.raises(CustodyExhausted):
        booked(world, account, amount=Decimal("1000.01"), **out)
    with pytest.raises(AccountNotEmpty):
        actions.close_custody(account=account, closed_on=ON, by=one, at=AT)
    waiting = account.entries.get(judged_by__isnull=True)
    actions.refuse_custody_entry(entry=waiting, reason="超出余额", by=two, at=AT)
    booked(world, account, amount=Decimal(1000), **out)
    with pytest.raises(DatesOutOfOrder):
        actions.close_custody(account=account, closed_on=date(2026, 1, 1), by=one, at=AT)
    actions.close_custody(account=account, closed_on=ON, by=one, at=AT)
    with pytest.raises(StepNotAllowed):
        actions.record_custody_entry(account=account, draft=CAME, by=one, at=AT)


def test_who_keeps_nothing(world):
    offices, hub, client, (one, _two) = world
    with pytest.raises(NotPermitted):
        actions.open_custody(hub=hub, client=client, **OPENED, by=offices.reviewer, at=AT)
    with pytest.raises(FieldRequired):
        actions.open_custody(hub=hub, client=client, agreement=" ", opened_on=ON, by=one, at=AT)
    with pytest.raises(MemberElsewhere):
        actions.open_custody(hub=hub, client=hub, **OPENED, by=one, at=AT)
    no_hub = make_organisation(offices.reviewer, offices.county.town, name="联合会", **TEAM | {"kind": Kind.FEDERATION})
    with pytest.raises(NotAHub):
        actions.open_custody(hub=no_hub, client=client, **OPENED, by=make_holder("hub_manager", body=no_hub.body, username="x"), at=AT)
    account = kept(world)
    with pytest.raises(StepNotAllowed):
        kept(world)
    for error, change in (
        (AmountNotPositive, {"amount": Decimal(0)}),
        (FieldRequired, {"voucher": ""}),
        (DayInFuture, {"occurred_on": date(2026, 3, 3)}),
        (DatesOutOfOrder, {"occurred_on": date(2026, 1, 1)}),
    ):
        with pytest.raises(error):
            actions.record_custody_entry(account=account, draft=replace(CAME, **change), by=one, at=AT)
    with pytest.raises(NotPermitted):
        actions.record_custody_entry(account=account, draft=CAME, by=offices.head, at=AT)


def test_nobody_begins_to_keep_the_money_of_who_was_struck_off(world):
    offices, _hub, client, _people = world
    actions.deregister_organisation(organisation=client, deregistered_on=ON, reason="解散", by=offices.reviewer, at=AT)
    with pytest.raises(StepNotAllowed):
        kept(world)
