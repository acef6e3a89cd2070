"""A base takes young organisations in by contract, helps them with slips, and lets them go grown up or before."""

import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from tests.organisations.applications import make_offices
from tests.organisations.factories import AT, ON, make_organisation
from wushe.audit.models import Entry
from wushe.indicators.queries import standing_of
from wushe.indicators.queries.facts import Facts
from wushe.indicators.queries.measures import MEASURES
from wushe.kernel.errors import FieldRequired, NotPermitted, StepNotAllowed
from wushe.organisations import actions
from wushe.organisations.actions import BaseFacts, EntryDraft, NewBase, SlipDraft
from wushe.organisations.errors import (
    AlreadyIncubated,
    AreaUnseen,
    BaseClosed,
    BaseFull,
    BaseInUse,
    BaseOutOfPlace,
    CandidateJudged,
    CandidateKnown,
    DatesOutOfOrder,
    DayInFuture,
    EntryUnmet,
    IncubationOver,
    MemberElsewhere,
    NotChosen,
)
from wushe.organisations.models import Kind, Leaving, PurposeClass
from wushe.organisations.queries import candidatures_of, stay_of
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
    draft = NewBase("明德街道孵化基地", region or offices.county.town, OPENED, Decimal(320), "租赁合同")
    return actions.open_base(draft=replace(draft, **other), by=by or offices.head, at=AT)


def team(offices, name="东风志愿队", place=None, **other):
    return make_organisation(offices.reviewer, place or offices.county.communities[0], name=name, **TEAM | other)


def enter(offices, base, organisation, **other):
    draft = EntryDraft(organisation, "入驻协议1号", ON, date(2027, 3, 1))
    return actions.enter_base(base=base, draft=replace(draft, **other), by=offices.head, at=AT)


def test_who_was_struck_off_comes_into_no_base(offices, base):
    over = team(offices)
    actions.deregister_organisation(organisation=over, deregistered_on=ON, reason="解散", by=offices.reviewer, at=AT)
    with pytest.raises(StepNotAllowed):
        enter(offices, base, over)


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


def test_a_floor_space_comes_with_what_shows_it(offices, base):
    with pytest.raises(AreaUnseen):
        open_base(offices, name="二号基地", area_evidence=" ")
    bare = open_base(offices, name="三号基地", area_m2=None, area_evidence="")
    told = {"base": bare, "by": offices.head, "at": AT}
    with pytest.raises(AreaUnseen):
        actions.correct_base(facts=BaseFacts("三号基地", Decimal(150)), **told)
    with pytest.raises(FieldRequired):
        actions.correct_base(facts=BaseFacts(" "), **told)
    with pytest.raises(NotPermitted):
        actions.correct_base(facts=BaseFacts("三号基地"), base=bare, by=offices.stranger, at=AT)
    mended = actions.correct_base(facts=BaseFacts("三号基地", Decimal(150), "测绘报告", places=6), **told)
    assert (mended.area_m2, mended.area_evidence, mended.places) == (150, "测绘报告", 6)
    entry = Entry.objects.get(verb="organisations.base_corrected")
    assert sorted(entry.data["changed"]) == ["area_evidence", "area_m2", "places"]


def test_a_cohort_takes_in_whom_it_has_chosen(offices, base):
    told = {"by": offices.head, "at": AT}
    cohort = actions.open_cohort(base=base, name="第一期", starts_on=OPENED, ends_on=date(2027, 1, 1), **told)
    one, two, old = team(offices), team(offices, "合唱团"), team(offices, "老队", filed_on=date(2021, 1, 1))
    enter(offices, base, team(offices, "先来的队"), cohort=cohort)  # before anybody is a candidate there is no selection
    rows = [actions.nominate_candidate(cohort=cohort, organisation=row, applied_on=ON, **told) for row in (one, two, old)]
    with pytest.raises(CandidateKnown):
        actions.nominate_candidate(cohort=cohort, organisation=one, applied_on=ON, **told)
    elsewhere = team(offices, "别处的队", place=offices.county.village)
    with pytest.raises(MemberElsewhere):
        actions.nominate_candidate(cohort=cohort, organisation=elsewhere, applied_on=ON, **told)
    with pytest.raises(NotPermitted):
        actions.nominate_candidate(cohort=cohort, organisation=one, applied_on=ON, by=offices.stranger, at=AT)
    with pytest.raises(FieldRequired):
        actions.judge_candidate(candidature=rows[0], chosen=True, reason=" ", **told)
    with pytest.raises(EntryUnmet):
        actions.judge_candidate(candidature=rows[2], chosen=True, reason="有特色", **told)
    actions.judge_candidate(candidature=rows[0], chosen=True, reason="公益性强", **told)
    actions.judge_candidate(candidature=rows[1], chosen=False, reason="计划不具体", **told)
    with pytest.raises(CandidateJudged):
        actions.judge_candidate(candidature=rows[1], chosen=True, reason="改判", **told)
    with pytest.raises(NotChosen):
        enter(offices, base, two, cohort=cohort)
    assert enter(offices, base, one, cohort=cohort).cohort == cohort
    assert [(row.organisation.name, row.chosen) for row in candidatures_of(base)] == [
        ("老队", None),
        ("东风志愿队", True),
        ("合唱团", False),
    ]


def test_a_base_takes_in_as_many_as_it_has_places(offices):
    base = open_base(offices, places=1)
    cohort = actions.open_cohort(base=base, name="第一期", starts_on=OPENED, ends_on=date(2027, 1, 1), by=offices.head, at=AT)
    told = {"by": offices.head, "at": AT}
    one, two = (
        actions.nominate_candidate(cohort=cohort, organisation=team(offices, name), applied_on=ON, **told) for name in ("一队", "二队")
    )
    actions.judge_candidate(candidature=one, chosen=True, reason="公益性强", **told)
    with pytest.raises(BaseFull):
        actions.judge_candidate(candidature=two, chosen=True, reason="公益性强", **told)
    enter(offices, base, one.organisation, cohort=cohort)
    with pytest.raises(BaseFull):
        enter(offices, base, two.organisation)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_last_place_at_once_one_is_refused():
    offices = make_offices("shijiazhuang-2016")
    base = open_base(offices, places=1)
    rows, barrier, refusals = [team(offices, name) for name in ("一队", "二队")], threading.Barrier(2), []

    def come_in(row):
        try:
            barrier.wait(5)
            enter(offices, base, row)
        except BaseFull as error:
            refusals.append(error.places)
        finally:
            connection.close()

    threads = [threading.Thread(target=come_in, args=(row,)) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (refusals, base.stays.count()) == ([1], 1)


def test_the_floor_space_of_the_base_of_a_city_is_that_of_a_comprehensive_one(offices):
    county = offices.county.county
    base = open_base(offices, county, offices.reviewer, name="城区基地", area_m2=Decimal(700))

    def area():
        return MEASURES["city_incubation_base_area"]([county], Facts(county, ON))[county.pk].value

    assert area() == 0
    facts = BaseFacts("城区基地", Decimal(700), "租赁合同", comprehensive=True)
    actions.correct_base(base=base, facts=facts, by=offices.reviewer, at=AT)
    assert area() == 700


def test_a_cohort_ends_after_it_begins(offices, base):
    told = {"base": base, "by": offices.head, "at": AT}
    with pytest.raises(DatesOutOfOrder):
        actions.open_cohort(name="第一期", starts_on=ON, ends_on=ON, **told)
    with pytest.raises(FieldRequired):
        actions.open_cohort(name=" ", starts_on=OPENED, ends_on=ON, **told)


# the county is one of the inner districts, and of a city that counts its towns
INNER = (
    ("levels: [county], settlement: urban", "levels: [county]"),
    ('only: ["130102000000", ', 'only: ["990326000000", '),
)


def test_the_targets_count_bases_and_measure_them():
    offices = make_offices("shijiazhuang-2016", replace=INNER)
    city = offices.county.city
    county_head = offices.reviewer
    open_base(offices)
    open_base(offices, offices.county.county, county_head, name="区基地", area_m2=None, area_evidence="")
    figure = {
        target: {one.place.name: one.figure.value if one.figure else None for one in standing_of(place, ON, target).results}
        for target, place in (("street-bases", offices.county.county), ("district-base-area", offices.county.county))
    }
    assert figure == {"street-bases": {"平湖县": Decimal(1)}, "district-base-area": {"平湖县": None}}
    assert city.level == 2
