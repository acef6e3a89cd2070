from dataclasses import replace
from datetime import date

import pytest

from tests.accounts.factories import make_holder
from tests.organisations.factories import AT, ON, OTHER_USCC, USCC, draft, make_organisation
from tests.regions.factories import plant_county
from wushe.audit.models import Entry
from wushe.kernel.errors import FieldRequired, NotPermitted, StepNotAllowed
from wushe.organisations.actions import begin_preparing, deregister_organisation, record_filing, record_registration, register_organisation
from wushe.organisations.errors import DatesOutOfOrder, DayInFuture, UsccInvalid, UsccTaken
from wushe.organisations.models import Kind, Organisation
from wushe.organisations.queries import life_line
from wushe.organisations.rules import state_of
from wushe.organisations.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return plant_county()


@pytest.fixture
def clerk(place):
    return make_holder("county_station", region=place.county)


@pytest.fixture
def group(place, clerk):
    new = replace(draft(place.town, kind=Kind.COMMUNITY_ORGANISATION, uscc="", name="银龄互助队"), registered_on=None)
    return register_organisation(draft=new, by=clerk, at=AT)


def test_a_group_grows_from_preparation_to_a_legal_person_and_ends(place, clerk, group):
    begin_preparing(organisation=group, preparing_on=date(2021, 6, 1), by=clerk, at=AT)
    record_filing(organisation=group, filed_on=date(2022, 3, 1), document="明街备〔2022〕1号", by=clerk, at=AT)
    record_registration(organisation=group, registered_on=date(2024, 3, 1), uscc=USCC, by=clerk, at=AT)
    ended = deregister_organisation(organisation=group, deregistered_on=ON, reason="会员大会决定", by=clerk, at=AT)
    days = (date(2021, 1, 1), date(2021, 6, 1), date(2022, 3, 1), date(2024, 2, 29), date(2024, 3, 1), date(2026, 3, 1), ON)
    states = [State.GROUP, State.PREPARING, State.FILED, State.FILED, State.REGISTERED, State.REGISTERED, State.DEREGISTERED]
    assert [state_of(ended, day) for day in days] == states
    assert [Organisation.objects.with_state(day).get(pk=ended.pk).state for day in days] == states
    assert list(Entry.objects.filter(subject=group.number).order_by("id").values_list("verb", "data__day"))[1:] == [
        ("organisations.begin_preparing", "2021-06-01"),
        ("organisations.record_filing", "2022-03-01"),
        ("organisations.record_registration", "2024-03-01"),
        ("organisations.deregister_organisation", "2026-03-02"),
    ]
    assert [(moment.kind, moment.on.isoformat(), moment.document) for moment in life_line(ended, ON)] == [
        ("founded", "2020-05-01", ""),
        ("preparing", "2021-06-01", ""),
        ("filed", "2022-03-01", "明街备〔2022〕1号"),
        ("registered", "2024-03-01", ""),
        ("deregistered", "2026-03-02", ""),
    ]


def test_steps_start_only_where_the_table_says(place, clerk):
    agency = make_organisation(clerk, place.town)
    with pytest.raises(StepNotAllowed):
        record_filing(organisation=agency, filed_on=ON, by=clerk, at=AT)
    with pytest.raises(StepNotAllowed):
        record_registration(organisation=agency, registered_on=ON, uscc=USCC, by=clerk, at=AT)
    with pytest.raises(StepNotAllowed):
        begin_preparing(organisation=agency, preparing_on=ON, by=clerk, at=AT)
    deregister_organisation(organisation=agency, deregistered_on=ON, reason="解散", by=clerk, at=AT)
    with pytest.raises(StepNotAllowed):
        deregister_organisation(organisation=agency, deregistered_on=ON, reason="解散", by=clerk, at=AT)


def test_a_town_files_but_leaves_registration_to_the_county(place, clerk, group):
    head = make_holder("town_station_head", region=place.town)
    assert record_filing(organisation=group, filed_on=ON, by=head, at=AT).filed_on == ON
    with pytest.raises(NotPermitted):
        record_registration(organisation=group, registered_on=ON, uscc=USCC, by=head, at=AT)
    outsider = make_holder("town_station_head", region=place.other_town, username="zhao")
    with pytest.raises(NotPermitted):
        deregister_organisation(organisation=group, deregistered_on=ON, reason="解散", by=outsider, at=AT)


def test_days_out_of_order_or_to_come_are_refused(clerk, group):
    with pytest.raises(DatesOutOfOrder):
        record_filing(organisation=group, filed_on=date(2019, 1, 1), by=clerk, at=AT)
    with pytest.raises(DayInFuture):
        record_filing(organisation=group, filed_on=date(2026, 3, 3), by=clerk, at=AT)
    record_filing(organisation=group, filed_on=date(2022, 3, 1), by=clerk, at=AT)
    with pytest.raises(DatesOutOfOrder):
        record_registration(organisation=group, registered_on=date(2022, 2, 1), uscc=USCC, by=clerk, at=AT)
    with pytest.raises(DatesOutOfOrder):
        deregister_organisation(organisation=group, deregistered_on=date(2022, 3, 1), reason="解散", by=clerk, at=AT)


def test_registration_wants_a_right_code_that_nobody_else_has(place, clerk, group):
    with pytest.raises(UsccInvalid):
        record_registration(organisation=group, registered_on=ON, uscc="1", by=clerk, at=AT)
    make_organisation(clerk, place.town, uscc=OTHER_USCC)
    with pytest.raises(UsccTaken):
        record_registration(organisation=group, registered_on=ON, uscc=OTHER_USCC, by=clerk, at=AT)


def test_striking_off_needs_a_reason(clerk, group):
    with pytest.raises(FieldRequired):
        deregister_organisation(organisation=group, deregistered_on=ON, reason=" ", by=clerk, at=AT)
