"""Small grants for new organisations, a start-up subsidy once, and how the groups of the policy are reached."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.accounts.factories import make_holder
from tests.cast import credit_code, grant
from tests.organisations.applications import make_offices
from tests.organisations.factories import AT, ON, make_organisation
from wushe.accounts.queries import Scope
from wushe.inbox.models import Todo
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted, StepNotAllowed
from wushe.ledger.actions import open_source, reverse_booking
from wushe.ledger.errors import AmountNotPositive
from wushe.organisations import actions
from wushe.organisations.actions import SupportDraft
from wushe.organisations.errors import (
    DatesOutOfOrder,
    DayInFuture,
    NotNewlyFound,
    NotOfItsPurpose,
    SupportedBefore,
)
from wushe.organisations.models import Kind, PurposeClass, Support
from wushe.organisations.queries import SupportFilter, eligible_in, group_supports, support_by_number, supports_in
from wushe.organisations.rules import months_before
from wushe.policies.errors import UnknownCode
from wushe.policies.queries import policy_for

pytestmark = pytest.mark.django_db

TEAM = {"kind": Kind.COMMUNITY_ORGANISATION, "uscc": "", "registered_on": None, "purpose_class": PurposeClass.SERVICE}
GRANT = SupportDraft("small_grant", Decimal(3000), ON, "平民发〔2026〕5号")
START = SupportDraft("start_up", Decimal(5000), ON, "平民发〔2026〕6号")


@pytest.fixture
def offices():
    return make_offices("shijiazhuang-2016")


def team(offices, name="助老队", filed_on=date(2025, 6, 1), **other):
    return make_organisation(offices.reviewer, offices.county.communities[0], name=name, filed_on=filed_on, **TEAM | other)


def given(offices, row, draft=GRANT):
    return actions.grant_support(organisation=row, draft=draft, by=offices.reviewer, at=AT)


def test_new_ones_are_listed_until_they_have_their_grant(offices):
    scope, policy = Scope(regions=(offices.county.county,)), policy_for(offices.county.county, ON)
    new, _old = team(offices), team(offices, "老队", filed_on=date(2025, 3, 1))
    legal = team(offices, "新社", filed_on=date(2023, 1, 1), registered_on=date(2026, 1, 1), uscc=credit_code(41))
    team(offices, "站住单位", kind=Kind.STATIONED_UNIT)
    assert list(eligible_in(scope, policy, ON).order_by("pk")) == [new, legal]
    support = given(offices, new)
    assert list(eligible_in(scope, policy, ON)) == [legal]
    actions.withdraw_support(support=support, reason="账户不符", by=offices.reviewer, at=AT)
    assert list(eligible_in(scope, policy, ON).order_by("pk")) == [new, legal]
    with pytest.raises(StepNotAllowed):
        actions.withdraw_support(support=support, reason="账户不符", by=offices.reviewer, at=AT)
    assert [row.number for row in supports_in(scope, SupportFilter(kind="small_grant", year=2026, text="5号"))] == [support.number]
    assert list(supports_in(scope, SupportFilter(year=2025))) == []
    with pytest.raises(NotFound):
        support_by_number(support.number, Scope(regions=(offices.county.other_town,)))


def test_the_start_up_subsidy_is_given_once_and_again_only_when_it_was_withdrawn(offices):
    row = team(offices)
    first = given(offices, row, START)
    with pytest.raises(SupportedBefore):
        given(offices, row, START)
    with pytest.raises(IntegrityError), transaction.atomic():  # the database holds it too
        Support.objects.create(
            number="support-x",
            organisation=row,
            kind="start_up",
            once=True,
            amount=1,
            granted_on=ON,
            document="x",
            granted_by=offices.reviewer,
        )
    actions.withdraw_support(support=first, reason="未拨付", by=offices.reviewer, at=AT)
    assert given(offices, row, START).once


def test_who_gets_nothing(offices):
    old = team(offices, "老队", filed_on=date(2025, 3, 1))
    with pytest.raises(NotNewlyFound):
        given(offices, old)
    with pytest.raises(NotOfItsPurpose):
        given(offices, team(offices, "舞蹈队", purpose_class=PurposeClass.CULTURE), START)
    with pytest.raises(StepNotAllowed):
        given(offices, team(offices, "兴趣组", filed_on=None))
    row = team(offices)
    for error, change in (
        (UnknownCode, {"kind": "gift"}),
        (AmountNotPositive, {"amount": Decimal(0)}),
        (FieldRequired, {"document": " "}),
        (DayInFuture, {"granted_on": date(2026, 3, 3)}),
        (DatesOutOfOrder, {"granted_on": date(2019, 1, 1)}),
    ):
        with pytest.raises(error):
            given(offices, row, replace(GRANT, **change))
    with pytest.raises(NotPermitted):
        actions.grant_support(organisation=row, draft=GRANT, by=offices.head, at=AT)
    support = given(offices, row)
    with pytest.raises(NotPermitted):
        actions.withdraw_support(support=support, reason="误报", by=offices.head, at=AT)
    with pytest.raises(FieldRequired):
        actions.withdraw_support(support=support, reason="", by=offices.reviewer, at=AT)


def test_each_group_says_how_many_of_those_that_serve_it_are_supported(offices):
    row = team(offices, client_groups=("elderly", "women"))
    team(offices, "邻里队", client_groups=("elderly",))
    team(offices, "兴趣组", filed_on=None, client_groups=("elderly",))
    given(offices, row)
    given(offices, row, SupportDraft("activities", Decimal(1000), ON, "平民发〔2026〕7号"))
    groups = policy_for(offices.county.county, ON).codes("client_groups")
    found = {each.group.code: each for each in group_supports(Scope(regions=(offices.county.county,)), groups, ON)}
    assert len(found) == 11
    told = found["elderly"]
    assert (told.organisations, told.supported, told.amount, told.share) == (2, 1, Decimal(4000), Decimal("0.5"))
    assert (found["women"].supported, found["child"].organisations, found["child"].share) == (1, 0, None)


def test_months_before_end_with_the_month():
    assert [months_before(date(2026, 3, 31), months) for months in (0, 1, 12, 13)] == [
        *(date(2026, 3, 31), date(2026, 2, 28), date(2025, 3, 31), date(2025, 2, 28))
    ]


def test_a_support_is_paid_once_out_of_a_line_of_money_by_the_finance_office(offices):
    row = team(offices)
    support, finance = given(offices, row), make_holder("finance_officer", region=offices.county.county, username="finance")
    source = open_source(draft=grant(offices.county), by=finance, at=AT)

    def pay(by=finance, paid_on=ON, voucher="扶-1"):
        return actions.pay_support(support=support, source=source.number, voucher_no=voucher, paid_on=paid_on, by=by, at=AT)

    assert Todo.objects.open().get(step="pay_support", subject=support.number).due_at.date() == date(2026, 3, 16)
    for by, change, refusal in (
        (offices.reviewer, {}, NotPermitted),
        (finance, {"voucher": " "}, FieldRequired),
        (finance, {"paid_on": support.granted_on - timedelta(days=1)}, DatesOutOfOrder),
    ):
        with pytest.raises(refusal):
            pay(by=by, **change)
    paid = pay()
    assert (paid.entry.amount, paid.entry.source, paid.entry.agency) == (support.amount, source, row.body)
    assert not Todo.objects.open().filter(step="pay_support").exists()
    with pytest.raises(StepNotAllowed):
        pay()
    with pytest.raises(StepNotAllowed):
        actions.withdraw_support(support=support, reason="误", by=offices.reviewer, at=AT)
    with pytest.raises(IntegrityError, match="organisations_who_grants_does_not_pay"), transaction.atomic():
        Support.objects.update(paid_by=offices.reviewer)
    reverse_booking(entry_number=paid.entry.number, reason="账户不符", by=finance, at=AT)
    assert Todo.objects.open().get(step="pay_support").subject == support.number
    again = pay(voucher="扶-2")
    assert not Todo.objects.open().filter(step="pay_support").exists()
    reverse_booking(entry_number=again.entry.number, reason="账户不符", by=finance, at=AT)
    actions.withdraw_support(support=support, reason="账户不符", by=offices.reviewer, at=AT)
    assert not Todo.objects.open().filter(step="pay_support").exists()
