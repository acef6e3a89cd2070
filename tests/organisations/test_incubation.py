"""A base takes young organisations in by contract, helps them with slips, and lets them go grown up or before."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.organisations.applications import make_offices
from tests.organisations.factories import AT, ON, make_organisation
from wushe.indicators.queries import standing_of
from wushe.kernel.errors import FieldRequired, NotPermitted
from wushe.organisations import actions
from wushe.organisations.actions import EntryDraft, NewBase, SlipDraft
from wushe.organisations.errors import (
    AlreadyIncubated,
    BaseClosed,
    BaseInUse,
    BaseOutOfPlace,
    DatesOutOfOrder,
    DayInFuture,
    EntryUnmet,
    IncubationOver,
    MemberElsewhere,
)
from wushe.organisations.models import Kind, Leaving, PurposeClass
from wushe.organisations.queries import stay_of
from wushe.policies.errors import UnknownCode

pytestmark = pytest.mark.django_db

OPENED = date(2025, 1, 1)
TEAM = {"kind": Kind.COMMUNITY_ORGANISATION, "uscc": "", "registered_on": None, "purpose_class": PurposeClass.PUBLIC_BENEFIT}


@pytest.fixture
def offices():
    return make_offices("shijiazhuang-2016")


@pytest.fixture
def base(offices):
    return open_base(offices)


def open_base(offices, region=None, by=None, **other):
    draft = NewBase("明德街道孵化基地", region or offices.county.town, OPENED, Decimal(320))
    return actions.open_base(draft=replace(draft, **other), by=by or offices.head, at=AT)


def team(offices, name="东风志愿队", place=None, **other):
    return make_organisation(offices.reviewer, place or offices.county.communities[0], name=name, **TEAM | other)


def enter(offices, base, organisation, **other):
    draft = EntryDraft(organisation, "入驻协议1号", ON, date(2027, 3, 1))
    return actions.enter_base(base=base, draft=replace(draft, **other), by=offices.head, at=AT)


def test_a_base_is_of_a_city_a_county_or_a_town(offices):
    with pytest.raises(BaseOutOfPlace):
        open_base(offices, offices.county.communities[0])
    with pytest.raises(FieldRequired):
        open_base(offices, name=" ")
    with pytest.raises(DayInFuture):
        open_base(offices, opened_on=date(2026, 3, 3))
    for person in (offices.stranger, offices.community):
        with pytest.raises(NotPermitted):
            open_base(offices, by=person)
    assert open_base(offices).number.startswith("base-990326-2026-")


def test_the_pack_says_who_may_come_in(offices, base):
    young = team(offices, founded_on=date(2024, 6, 1), filed_on=date(2025, 1, 1))
    group = team(offices, "棋友会", founded_on=date(2015, 1, 1))
    assert {enter(offices, base, row).organisation for row in (young, group)} == {young, group}
    unfit = {
        "early": team(offices, "老队", founded_on=date(2020, 1, 1), filed_on=date(2021, 1, 1)),
        "public_benefit": team(offices, "舞队", purpose_class=PurposeClass.CULTURE),
    }
    for condition, row in unfit.items():
        with pytest.raises(EntryUnmet) as refused:
            enter(offices, base, row)
        assert [rule.code for rule in refused.value.conditions] == [condition]


def test_who_does_not_come_in(offices, base):
    row = team(offices)
    with pytest.raises(FieldRequired):
        enter(offices, base, row, contract="")
    with pytest.raises(DatesOutOfOrder):
        enter(offices, base, row, until=ON)
    with pytest.raises(MemberElsewhere):
        enter(offices, base, team(offices, "秧歌队", offices.county.village))
    enter(offices, base, row)
    with pytest.raises(AlreadyIncubated):
        enter(offices, base, row)
    with pytest.raises(NotPermitted):
        actions.enter_base(base=base, draft=EntryDraft(row, "1", ON, date(2027, 1, 1)), by=offices.stranger, at=AT)


def test_slips_add_up(offices, base):
    stay = enter(offices, base, team(offices))
    told = {"stay": stay, "by": offices.head, "at": AT}
    for hours, value in ((Decimal(3), None), (Decimal("1.5"), Decimal(200))):
        actions.record_base_service(draft=SlipDraft("training", ON, hours, value), **told)
    found = stay_of(base, stay.pk)
    assert (found.hours, found.value) == (Decimal("4.5"), Decimal(200))
    with pytest.raises(FieldRequired):
        actions.record_base_service(draft=SlipDraft("training", ON), **told)
    with pytest.raises(UnknownCode):
        actions.record_base_service(draft=SlipDraft("magic", ON, Decimal(1)), **told)
    with pytest.raises(DatesOutOfOrder):
        actions.record_base_service(draft=SlipDraft("training", OPENED, Decimal(1)), **told)


def test_an_organisation_graduates_and_the_base_can_close(offices, base):
    cohort = actions.open_cohort(base=base, name="第一期", starts_on=OPENED, ends_on=date(2026, 12, 31), by=offices.head, at=AT)
    stay = enter(offices, base, team(offices), cohort=cohort)
    told = {"by": offices.head, "at": AT}
    with pytest.raises(BaseInUse):
        actions.close_base(base=base, closed_on=ON, **told)
    with pytest.raises(FieldRequired):
        actions.leave_base(stay=stay, leaving=Leaving.GRADUATED, left_on=ON, reason="", **told)
    done = actions.leave_base(stay=stay, leaving=Leaving.GRADUATED, left_on=ON, reason="已登记，能独立运作", **told)
    assert (done.leaving, done.cohort) == (Leaving.GRADUATED, cohort)
    with pytest.raises(IncubationOver):
        actions.record_base_service(stay=stay, draft=SlipDraft("training", ON, Decimal(1)), **told)
    with pytest.raises(DatesOutOfOrder):
        actions.close_base(base=base, closed_on=OPENED, **told)
    actions.close_base(base=base, closed_on=ON, **told)
    with pytest.raises(BaseClosed):
        enter(offices, base, team(offices, "新队"))


def test_a_cohort_ends_after_it_begins(offices, base):
    told = {"base": base, "by": offices.head, "at": AT}
    with pytest.raises(DatesOutOfOrder):
        actions.open_cohort(name="第一期", starts_on=ON, ends_on=ON, **told)
    with pytest.raises(FieldRequired):
        actions.open_cohort(name=" ", starts_on=OPENED, ends_on=ON, **told)


def test_the_targets_count_bases_and_measure_them():
    offices = make_offices("shijiazhuang-2016", replace=(("levels: [county], settlement: urban", "levels: [county]"),))
    city = offices.county.city
    county_head = offices.reviewer
    open_base(offices)
    open_base(offices, offices.county.county, county_head, name="区基地", area_m2=None)
    figure = {
        target: {one.place.name: one.figure.value if one.figure else None for one in standing_of(place, ON, target).results}
        for target, place in (("street-bases", offices.county.county), ("district-base-area", offices.county.county))
    }
    assert figure == {"street-bases": {"平湖县": Decimal(1)}, "district-base-area": {"平湖县": None}}
    assert city.level == 2
