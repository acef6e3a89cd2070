"""The annual check: filled in from what is known, confirmed by the community, judged by the county."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from threading import Event
from time import sleep

import pytest
from django.db import IntegrityError, connection, transaction

from tests.organisations.applications import make_offices
from tests.organisations.factories import AT, ON, make_organisation
from wushe.inbox.queries import todos_for
from wushe.kernel.errors import CheckerIsMaker, FieldRequired, NotFound, NotPermitted
from wushe.organisations import actions
from wushe.organisations.actions import AnnualDraft, profile_of
from wushe.organisations.errors import CheckOfCounty, CheckOpened, FormNotOpen, MembersBelowParty
from wushe.organisations.models import AnnualForm, AnnualState, Kind, Organisation
from wushe.organisations.queries import check_by_number, form_of, life_line
from wushe.policies.queries import policy_for

pytestmark = pytest.mark.django_db

DUE = date(2026, 4, 30)
TEAM = {"kind": Kind.COMMUNITY_ORGANISATION, "uscc": "", "registered_on": None}
YEAR = AnnualDraft("东风志愿服务队", members=14, premises="社区活动室", activities=24, income=Decimal(500), funds=Decimal(300))


@pytest.fixture
def offices():
    return make_offices()


@pytest.fixture
def teams(offices):
    filed = {**TEAM, "filed_on": date(2025, 1, 1)}
    return [
        make_organisation(offices.reviewer, offices.county.communities[0], name="东风志愿队", members=12, **filed),
        make_organisation(offices.reviewer, offices.county.communities[1], name="和平合唱团", **filed),
    ]


def opened(offices, year=2025, county=None, by=None):
    return actions.open_annual_check(county=county or offices.county.county, year=year, due_on=DUE, by=by or offices.reviewer, at=AT)


def confirmed(offices, form, draft=YEAR):
    return actions.confirm_annual_form(form=form, draft=draft, by=offices.community, at=AT)


def steps(person):
    return [todo.step for todo in todos_for(person, AT)]


def test_every_filed_or_registered_organisation_has_a_form_with_what_is_known(offices, teams):
    make_organisation(offices.reviewer, offices.county.communities[0], name="兴趣小组", **TEAM)
    check = opened(offices)
    assert list(check.forms.order_by("pk").values_list("name", "members", "state")) == [
        ("东风志愿队", 12, "annual_waiting"),
        ("和平合唱团", None, "annual_waiting"),
    ]
    assert steps(offices.community) == ["confirm_annual_form"]
    assert todos_for(offices.community, AT).get().due_at.date() == DUE


def test_a_county_checks_once_a_year(offices):
    opened(offices)
    with pytest.raises(CheckOpened):
        opened(offices)
    with pytest.raises(CheckOfCounty):
        opened(offices, county=offices.county.town)
    for person in (offices.head, offices.community):
        with pytest.raises(NotPermitted):
            opened(offices, 2024, by=person)


def test_the_community_confirms_and_the_county_accepts(offices, teams):
    check = opened(offices)
    form = check.forms.get(organisation=teams[0])
    confirmed(offices, form)
    assert (steps(offices.community), steps(offices.reviewer)) == ([], ["judge_annual_form"])
    judging = policy_for(offices.county.county, DUE).deadline("annual.judging_period", DUE)
    assert todos_for(offices.reviewer, AT).get().due_at == judging
    actions.accept_annual_forms(forms=[form], by=offices.reviewer, at=AT)
    teams[0].refresh_from_db()
    assert (teams[0].name, teams[0].members, teams[0].premises, teams[0].funds) == ("东风志愿服务队", 14, "社区活动室", Decimal(300))
    assert teams[0].body.name == "东风志愿服务队"
    assert steps(offices.reviewer) == []
    assert check.forms.get(organisation=teams[0]).state == AnnualState.ACCEPTED
    # next year's form knows this year's
    following = opened(offices, 2026).forms.get(organisation=teams[0])
    assert (following.activities, following.income) == (24, Decimal(500))


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_the_last_forms_at_one_moment_leave_no_to_do(offices):
    filed = {**TEAM, "filed_on": date(2025, 1, 1)}
    for name in ("东风志愿队", "东风合唱团"):
        make_organisation(offices.reviewer, offices.county.communities[0], name=name, **filed)
    forms = list(opened(offices).forms.all())
    both_began = Event()

    def first():
        with transaction.atomic():
            confirmed(offices, forms[0])
            both_began.set()
            sleep(1)  # the other one looks while this is not committed
        connection.close()

    def second():
        both_began.wait()
        confirmed(offices, forms[1])
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(first), pool.submit(second)]:
            done.result()
    assert steps(offices.community) == []


def test_a_form_comes_back_with_a_reason_and_goes_again(offices, teams):
    form = opened(offices).forms.get(organisation=teams[0])
    confirmed(offices, form)
    told = {"form": form, "by": offices.reviewer, "at": AT}
    with pytest.raises(FieldRequired):
        actions.return_annual_form(reason=" ", **told)
    returned = actions.return_annual_form(reason="请补报支出", **told)
    assert (returned.state, returned.reason, steps(offices.community)) == (AnnualState.RETURNED, "请补报支出", ["confirm_annual_form"])
    with pytest.raises(FormNotOpen):
        actions.return_annual_form(reason="再退", **told)
    again = confirmed(offices, form)
    assert (again.state, again.reason) == (AnnualState.CONFIRMED, "")


def test_a_name_that_changes_with_the_form_stands_on_the_life_line(offices, teams):
    check = opened(offices)
    form = confirmed(offices, check.forms.get(organisation=teams[0]))
    actions.accept_annual_forms(forms=[form], by=offices.reviewer, at=AT)
    moment = life_line(teams[0], ON)[-1]
    assert (moment.kind, moment.document, moment.note) == ("amended", check.number, "东风志愿队 → 东风志愿服务队")


def test_what_the_form_did_not_change_is_left_as_the_register_has_it_by_then(offices, teams):
    form = confirmed(offices, opened(offices).forms.get(organisation=teams[0]), AnnualDraft("东风志愿队", 20, activities=3))
    new = replace(profile_of(Organisation.objects.get(pk=teams[0].pk)), name="东风志愿服务队", premises="新活动室")
    change = {"amended_on": ON, "what": "更名", "document": "决议1"}
    actions.amend_organisation(organisation=teams[0], profile=new, **change, by=offices.reviewer, at=AT)
    actions.accept_annual_forms(forms=[form], by=offices.reviewer, at=AT)
    teams[0].refresh_from_db()
    assert (teams[0].name, teams[0].premises, teams[0].members) == ("东风志愿服务队", "新活动室", 20)


def test_fewer_members_than_party_members_are_neither_confirmed_nor_accepted(offices, teams):
    form = opened(offices).forms.get(organisation=teams[0])
    Organisation.objects.filter(pk=teams[0].pk).update(party_members=10)
    with pytest.raises(MembersBelowParty):
        confirmed(offices, form, AnnualDraft("东风志愿队", 5, activities=3))
    confirmed(offices, form, AnnualDraft("东风志愿队", 11, activities=3))
    Organisation.objects.filter(pk=teams[0].pk).update(party_members=12)
    with pytest.raises(MembersBelowParty) as refused:
        actions.accept_annual_forms(forms=[form], by=offices.reviewer, at=AT)
    assert (refused.value.organisation, refused.value.party_members, refused.value.members) == ("东风志愿队", 12, 11)


def test_the_form_of_an_organisation_that_is_over_is_accepted_and_leaves_the_register(offices, teams):
    form = confirmed(offices, opened(offices).forms.get(organisation=teams[0]))
    actions.deregister_organisation(organisation=teams[0], deregistered_on=ON, reason="解散", by=offices.reviewer, at=AT)
    (accepted,) = actions.accept_annual_forms(forms=[form], by=offices.reviewer, at=AT + timedelta(days=1))
    teams[0].refresh_from_db()
    assert (accepted.state, teams[0].name) == (AnnualState.ACCEPTED, "东风志愿队")


def test_the_database_keeps_whoever_confirmed_from_judging(offices, teams):
    form = confirmed(offices, opened(offices).forms.get(organisation=teams[0]))
    with pytest.raises(IntegrityError, match="organisations_who_confirms_does_not_judge"):
        AnnualForm.objects.filter(pk=form.pk).update(judged_by=offices.community)


def test_who_may_not_and_when(offices, teams):
    form = opened(offices).forms.get(organisation=teams[0])
    with pytest.raises(NotPermitted):
        actions.confirm_annual_form(form=form, draft=YEAR, by=offices.reviewer, at=AT)
    with pytest.raises(NotPermitted):
        actions.confirm_annual_form(form=form, draft=YEAR, by=offices.stranger, at=AT)
    for lacking in (AnnualDraft("", 1, activities=1), AnnualDraft("队", None, activities=1), AnnualDraft("队", 1)):
        with pytest.raises(FieldRequired):
            confirmed(offices, form, lacking)
    with pytest.raises(FormNotOpen):
        actions.accept_annual_forms(forms=[form], by=offices.reviewer, at=AT)
    confirmed(offices, form)
    with pytest.raises(FormNotOpen):
        confirmed(offices, form)
    with pytest.raises(NotPermitted):
        actions.accept_annual_forms(forms=[form], by=offices.head, at=AT)
    AnnualForm.objects.filter(pk=form.pk).update(confirmed_by=offices.reviewer)
    with pytest.raises(CheckerIsMaker):
        actions.accept_annual_forms(forms=[form], by=offices.reviewer, at=AT)


def test_the_last_form_of_a_community_settles_its_reminder(offices, teams):
    filed = {**TEAM, "filed_on": date(2025, 1, 1)}
    second = make_organisation(offices.reviewer, offices.county.communities[0], name="书法社", **filed)
    check = opened(offices)
    confirmed(offices, check.forms.get(organisation=teams[0]))
    assert steps(offices.community) == ["confirm_annual_form"]
    confirmed(offices, check.forms.get(organisation=second), AnnualDraft("书法社", 5, activities=3))
    assert steps(offices.community) == []


def test_people_see_the_forms_of_their_places(offices, teams):
    check = opened(offices)
    mine = check_by_number(check.number, user=offices.community, at=AT)
    assert (mine.size, mine.annual_waiting) == (1, 1)
    assert form_of(mine, teams[0].number, user=offices.community, at=AT).name == "东风志愿队"
    with pytest.raises(NotFound):
        form_of(mine, teams[1].number, user=offices.community, at=AT)
    assert check_by_number(check.number, user=offices.reviewer, at=AT).size == 2
    assert ON < DUE
