"""Organisations by class, computed from the register; visits that guide them."""

from datetime import date
from decimal import Decimal

import pytest

from tests.organisations.applications import make_offices
from tests.organisations.factories import AT, ON, make_organisation
from wushe.accounts.queries import Scope
from wushe.inbox.queries import todos_for
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted, StepNotAllowed
from wushe.organisations import actions
from wushe.organisations.errors import DayInFuture, VisitHeld
from wushe.organisations.models import Kind
from wushe.organisations.queries import ClassFilter, guided_in, visit_by_number
from wushe.organisations.rules import composition_of, scale_of
from wushe.policies.queries import policy_for

pytestmark = pytest.mark.django_db

TEAM = {"kind": Kind.COMMUNITY_ORGANISATION, "uscc": "", "registered_on": None}
PLAN = {"planned_on": date(2026, 3, 10), "plan": "指导修订章程", "at": AT}


@pytest.fixture
def offices():
    return make_offices()


def team(offices, name="东风志愿队", **other):
    return make_organisation(offices.reviewer, offices.county.communities[0], name=name, **TEAM | other)


def test_the_filter_finds_whom_the_rules_put_into_the_class(offices):
    scales = policy_for(offices.county.county, ON).codes("guidance_scales")
    for order, (members, staff, party) in enumerate(
        ((None, None, False), (19, 0, True), (20, 2, True), (50, None, False), (0, None, True))
    ):
        team(offices, f"队{order}", members=members, staff=staff, party_organisation=party, funds=Decimal(1))
    scope = Scope(regions=(offices.county.county,))
    for code in ("unknown", "small", "medium", "large"):
        for row in guided_in(scope, ClassFilter(scale=code), scales, ON):
            found = scale_of(row.members, scales)
            assert (found.code if found else "unknown") == code
    for composition in ("with_staff", "with_party", "volunteers"):
        assert {composition_of(row) for row in guided_in(scope, ClassFilter(composition=composition), scales, ON)} == {composition}
    assert [guided_in(scope, ClassFilter(scale=code), scales, ON).count() for code in ("unknown", "small", "medium", "large", "")] == [
        1,
        2,
        1,
        1,
        5,
    ]


def test_fields_and_those_served_narrow_the_list(offices):
    team(offices, service_fields=("culture_sport",), client_groups=("elderly",))
    team(offices, "读书会", client_groups=("child",))
    make_organisation(offices.reviewer, offices.county.communities[0])  # a legal person is not guided
    scope = Scope(regions=(offices.county.county,))
    for chosen, names in ((ClassFilter(field="culture_sport"), ["东风志愿队"]), (ClassFilter(group="child"), ["读书会"])):
        assert [row.name for row in guided_in(scope, chosen, (), ON)] == names


def test_a_visit_is_planned_and_held(offices):
    row = team(offices)
    visit = actions.plan_guidance(organisation=row, by=offices.head, **PLAN)
    assert [todo.step for todo in todos_for(offices.head, AT)] == ["record_guidance"]
    told = {"visit": visit, "by": offices.head, "at": AT}
    with pytest.raises(FieldRequired):
        actions.record_guidance(held_on=ON, result=" ", **told)
    with pytest.raises(DayInFuture):
        actions.record_guidance(held_on=date(2026, 3, 3), result="好", **told)
    actions.record_guidance(held_on=ON, result="已改章程", **told)
    with pytest.raises(VisitHeld):
        actions.record_guidance(held_on=ON, result="再去", **told)
    (shown,) = guided_in(Scope(regions=(offices.county.town,)), ClassFilter(), (), ON)
    assert (shown.last_held, shown.next_planned, list(todos_for(offices.head, AT))) == (ON, None, [])


def test_who_may_not_guide(offices):
    row = team(offices)
    for person in (offices.stranger, offices.community):
        with pytest.raises(NotPermitted):
            actions.plan_guidance(organisation=row, by=person, **PLAN)
    with pytest.raises(FieldRequired):
        actions.plan_guidance(organisation=row, by=offices.head, **PLAN | {"plan": ""})
    visit = actions.plan_guidance(organisation=row, by=offices.head, **PLAN)
    with pytest.raises(NotPermitted):
        actions.record_guidance(visit=visit, held_on=ON, result="好", by=offices.stranger, at=AT)
    with pytest.raises(NotFound):
        visit_by_number(visit.number, Scope(regions=(offices.county.other_town,)))
    actions.deregister_organisation(organisation=row, deregistered_on=ON, reason="解散", by=offices.head, at=AT)
    with pytest.raises(StepNotAllowed):
        actions.plan_guidance(organisation=row, by=offices.head, **PLAN)
