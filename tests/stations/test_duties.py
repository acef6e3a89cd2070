"""What a station has to do in the months of a year, and what shows that it did."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.accounts.factories import make_holder
from tests.policies.factories import load_policy
from tests.regions.factories import plant_county
from tests.stations.factories import AT, ON, make_station
from wushe.audit.models import Entry
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted
from wushe.stations.actions import DutyDraft, close_station, record_duty, withdraw_duty
from wushe.stations.errors import DutyNotShown, DutyOutOfTime, DutyRecorded, DutyWithdrawn, NotADuty, StationClosed
from wushe.stations.models import DutyRecord, Station
from wushe.stations.queries import SlotState, slots_in, slots_of, tally_of

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
DRAFT = DutyDraft("projects", 2026, 3, ON, words="召开项目推进会")
JULY = datetime(2026, 7, 5, 1, tzinfo=UTC)


@pytest.fixture
def place():
    place = plant_county()
    load_policy(place.county)
    return place


@pytest.fixture
def head(place):
    return make_holder("town_station_head", region=place.town)


@pytest.fixture
def clerk(place):
    return make_holder("county_station", region=place.county)


@pytest.fixture
def station(place, clerk):
    return make_station(clerk, place.town)


def state(station, duty, month, on=ON):
    return next(slot.state for slot in slots_in(station, *YEAR, on) if (slot.duty.code, slot.due_on.month) == (duty, month))


def test_the_year_of_a_town_station_comes_from_its_policy(station):
    slots = slots_in(station, *YEAR, ON)
    assert {slot.duty.code for slot in slots} == {"projects", "cultivate", "guide_communities", "training_plan", "charity"}
    assert [slot.due_on for slot in slots if slot.duty.code == "projects"] == [
        date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31),
    ]  # fmt: skip
    assert slots[0].duty.source.article == "三(一)2"
    assert tally_of(slots).planned == 14


def test_a_duty_is_due_done_late_or_missing(station, head):
    assert (state(station, "projects", 3), state(station, "projects", 6)) == (SlotState.DUE, SlotState.AHEAD)
    assert (state(station, "projects", 3, date(2026, 3, 31)), state(station, "projects", 3, date(2026, 4, 1))) == (
        SlotState.DUE, SlotState.MISSING,
    )  # fmt: skip
    record_duty(station=station, draft=DRAFT, by=head, at=AT)
    assert state(station, "projects", 3) == SlotState.DONE
    record_duty(station=station, draft=replace(DRAFT, month=6, done_on=date(2026, 7, 2)), by=head, at=JULY)
    july = slots_in(station, *YEAR, JULY.date())
    assert state(station, "projects", 6, JULY.date()) == SlotState.LATE
    tally = tally_of(july)
    assert (tally.done, tally.due, tally.missing) == (2, 7, 5)
    assert Entry.objects.filter(subject=station.number, verb="stations.record_duty").count() == 2


def test_months_before_the_opening_do_not_count(place, clerk):
    station = make_station(clerk, place.town, opened_on=date(2026, 2, 1))
    assert {slot.due_on.month for slot in slots_in(station, *YEAR, ON)} == {3, 6, 9, 12}
    assert slots_in(station, date(2025, 1, 1), date(2025, 12, 31), ON) == []


def test_the_month_in_which_a_station_opened_or_closed_does_not_count(place, clerk, head):
    opened = make_station(clerk, place.town, opened_on=date(2026, 3, 2))
    assert {slot.due_on.month for slot in slots_in(opened, *YEAR, ON)} == {6, 9, 12}
    with pytest.raises(NotADuty):
        record_duty(station=opened, draft=DRAFT, by=head, at=AT)
    Station.objects.filter(pk=opened.pk).update(opened_on=date(2026, 3, 1))
    opened.refresh_from_db()
    record_duty(station=opened, draft=DRAFT, by=head, at=AT)
    Station.objects.filter(pk=opened.pk).update(opened_on=date(2026, 3, 2), closed_on=date(2026, 12, 31), closing_reason="合并")
    opened.refresh_from_db()
    assert [(slot.duty.code, slot.due_on.month) for slot in slots_in(opened, *YEAR, ON) if slot.due_on.month in {3, 12}] == [
        ("projects", 3)
    ]


def test_a_record_is_withdrawn_and_the_duty_is_open_again(station, head):
    record = record_duty(station=station, draft=replace(DRAFT, words="", link="https://example.org/news"), by=head, at=AT)
    with pytest.raises(FieldRequired):
        withdraw_duty(station=station, record_id=record.pk, reason=" ", by=head, at=AT)
    withdraw_duty(station=station, record_id=record.pk, reason="登记错月份", by=head, at=AT)
    assert state(station, "projects", 3) == SlotState.DUE
    with pytest.raises(DutyWithdrawn):
        withdraw_duty(station=station, record_id=record.pk, reason="再次撤回", by=head, at=AT)
    with pytest.raises(NotFound):
        withdraw_duty(station=station, record_id=record.pk + 1, reason="无此记录", by=head, at=AT)
    assert record_duty(station=station, draft=DRAFT, by=head, at=AT).pk != record.pk


def test_records_that_cannot_be_are_refused(station, head, clerk, place):
    for wrong, error in (
        ({"duty": "annual_plan"}, NotADuty),
        ({"month": 4}, NotADuty),
        ({"done_on": ON + timedelta(days=1)}, DutyOutOfTime),
        ({"done_on": date(2025, 12, 31)}, DutyOutOfTime),
        ({"words": " "}, DutyNotShown),
    ):
        with pytest.raises(error):
            record_duty(station=station, draft=replace(DRAFT, **wrong), by=head, at=AT)
    record_duty(station=station, draft=DRAFT, by=head, at=AT)
    with pytest.raises(DutyRecorded):
        record_duty(station=station, draft=DRAFT, by=head, at=AT)
    with pytest.raises(NotPermitted):
        record_duty(station=station, draft=DRAFT, by=make_holder("auditor", region=place.county), at=AT)
    close_station(station=station, closed_on=ON, reason="合并", by=clerk, at=AT)
    with pytest.raises(StationClosed):
        record_duty(station=station, draft=replace(DRAFT, duty="charity", month=6), by=head, at=AT)


@pytest.mark.parametrize("changes", [{"month": 13}, {"words": ""}, {"reason": "撤回"}])
def test_the_database_holds_the_rules_too(station, head, changes):
    record = record_duty(station=station, draft=DRAFT, by=head, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        DutyRecord.objects.filter(pk=record.pk).update(**changes)


def test_the_matrix_asks_once_for_all_records(place, station, clerk, django_assert_num_queries):
    rooms = [make_station(clerk, region) for region in place.communities]
    with django_assert_num_queries(2):
        found = slots_of([station, *rooms], *YEAR, ON)
    assert len(found[rooms[0].pk]) == 11
