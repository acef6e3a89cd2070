"""What organisations took on without a contract: a public-benefit project, an activity, help among residents."""

from dataclasses import replace
from datetime import date

import pytest

from tests.organisations.applications import make_offices
from tests.organisations.factories import AT, ON, make_organisation
from wushe.accounts.queries import Scope
from wushe.audit.models import Entry
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted, StepNotAllowed
from wushe.organisations import actions
from wushe.organisations.actions import UndertakingDraft
from wushe.organisations.errors import DatesOutOfOrder, DayInFuture
from wushe.organisations.models import Kind
from wushe.organisations.queries import (
    UndertakingCount,
    UndertakingFilter,
    count_of,
    undertaking_by_number,
    undertaking_kinds,
    undertakings_in,
)
from wushe.policies.errors import UnknownCode
from wushe.policies.queries import policy_for

pytestmark = pytest.mark.django_db

TEAM = {"kind": Kind.COMMUNITY_ORGANISATION, "uscc": "", "registered_on": None}
DRAFT = UndertakingDraft("self_help", "邻里代买代办", date(2026, 1, 10), "值班表", people=36)


@pytest.fixture
def offices():
    return make_offices()


def team(offices, name="东风互助会"):
    return make_organisation(offices.reviewer, offices.county.communities[0], name=name, **TEAM)


def counted(offices, **chosen):
    rows = undertakings_in(Scope(regions=(offices.county.county,)), UndertakingFilter(**chosen))
    return count_of(rows, undertaking_kinds(policy_for(offices.county.county, ON)))


def test_what_was_taken_on_is_counted_by_kind_year_and_organisation(offices):
    one, two = team(offices), team(offices, "书画社")
    told = {"by": offices.community, "at": AT}
    activity = UndertakingDraft("public_benefit_activity", "重阳节敬老", date(2025, 10, 29), "签到表", until=date(2025, 10, 30))
    helping = actions.record_undertaking(organisation=one, draft=DRAFT, **told)
    actions.record_undertaking(organisation=one, draft=activity, **told)
    actions.record_undertaking(organisation=two, draft=activity, **told)
    assert counted(offices) == UndertakingCount(3, 2, 1)
    assert counted(offices, year=2026) == UndertakingCount(1, 1, 1)
    assert counted(offices, year=2025) == UndertakingCount(2, 2, 0)
    assert counted(offices, text="书画") == UndertakingCount(1, 1, 0)
    withdrawn = actions.withdraw_undertaking(row=helping, reason="重复登记", by=offices.head, at=AT)
    assert (withdrawn.withdrawn_on, counted(offices, kind="self_help")) == (ON, UndertakingCount(0, 0, 0))
    verbs = Entry.objects.filter(verb__contains="undertaking_").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["organisations.undertaking_recorded"] * 3 + ["organisations.undertaking_withdrawn"]


def test_what_is_not_recorded_or_withdrawn(offices):
    row, told = team(offices), {"by": offices.community, "at": AT}
    for error, change in (
        (UnknownCode, {"kind": "tender"}),
        (FieldRequired, {"name": " "}),
        (FieldRequired, {"evidence": ""}),
        (DayInFuture, {"since": date(2026, 3, 3)}),
        (DatesOutOfOrder, {"since": date(2019, 1, 1)}),
        (DatesOutOfOrder, {"until": DRAFT.since}),
    ):
        with pytest.raises(error):
            actions.record_undertaking(organisation=row, draft=replace(DRAFT, **change), **told)
    with pytest.raises(NotPermitted):
        actions.record_undertaking(organisation=row, draft=DRAFT, by=offices.stranger, at=AT)
    made = actions.record_undertaking(organisation=row, draft=DRAFT, **told)
    with pytest.raises(NotPermitted):
        actions.withdraw_undertaking(row=made, reason="误", by=offices.stranger, at=AT)
    with pytest.raises(FieldRequired):
        actions.withdraw_undertaking(row=made, reason=" ", **told)
    actions.withdraw_undertaking(row=made, reason="误", **told)
    with pytest.raises(StepNotAllowed):
        actions.withdraw_undertaking(row=made, reason="误", **told)
    with pytest.raises(NotFound):
        undertaking_by_number(made.number, Scope(regions=(offices.county.other_town,)))
    actions.deregister_organisation(organisation=row, deregistered_on=ON, reason="解散", by=offices.head, at=AT)
    with pytest.raises(StepNotAllowed):
        actions.record_undertaking(organisation=row, draft=DRAFT, **told)
