import threading
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from tests.accounts.factories import make_holder, make_user
from tests.policies.factories import load_policy
from tests.regions.factories import plant_county
from tests.stations.factories import AT, ON, PROFILE, make_station
from wushe.accounts.models import BodyKind, Post
from wushe.audit.models import Entry
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted
from wushe.stations.actions import NewRoom, add_room, close_station, update_station
from wushe.stations.errors import (
    AreaNotPositive,
    ClosingOutOfOrder,
    NoStationHere,
    OpeningInFuture,
    RoomNameTaken,
    StationClosed,
    StationExists,
    StationStaffed,
)
from wushe.stations.facts import living_stations
from wushe.stations.models import Room, Station, StationLevel
from wushe.stations.queries import Staff, staff_on, station_by_number, station_of, stations_under

pytestmark = pytest.mark.django_db
ROOM = NewRoom(kinds=("casework",), name="个案室", used_from=date(2025, 1, 1), area_m2=Decimal("12.00"))


@pytest.fixture
def place():
    return plant_county()


@pytest.fixture
def clerk(place):
    return make_holder("county_station", region=place.county)


def test_a_station_opens_with_its_body_at_the_level_of_its_region(place, clerk):
    stations = [make_station(clerk, region) for region in (place.county, place.town, place.village)]
    assert [station.level for station in stations] == [StationLevel.COUNTY, StationLevel.TOWN, StationLevel.COMMUNITY]
    assert {station.body.kind for station in stations} == {BodyKind.STATION}
    assert station_by_number(stations[1].number) == stations[1]
    assert Entry.objects.filter(verb="stations.open_station", subject=stations[0].number).count() == 1
    with pytest.raises(NotFound):
        station_by_number("station-990326-2026-000099")


def test_a_station_is_opened_by_who_holds_the_right_above_it(place, clerk):
    head = make_holder("town_station_head", region=place.town)
    assert make_station(head, place.communities[0]).region == place.communities[0]
    with pytest.raises(NotPermitted):
        make_station(head, place.village)
    for role in ("social_worker", "community_worker", "finance_officer", "auditor"):
        with pytest.raises(NotPermitted):
            make_station(make_holder(role, region=place.county), place.village)


def test_what_cannot_be_is_refused(place):
    chief = make_holder("county_station", region=place.city)
    with pytest.raises(NoStationHere):
        make_station(chief, place.city)
    with pytest.raises(OpeningInFuture):
        make_station(chief, place.town, opened_on=date(2026, 3, 3))
    with pytest.raises(FieldRequired):
        make_station(chief, place.town, profile=replace(PROFILE, name=" "))
    with pytest.raises(AreaNotPositive):
        make_station(chief, place.town, profile=replace(PROFILE, area_m2=Decimal(0)))
    assert not Station.objects.exists()


def test_a_region_has_one_station_on_a_day(place, clerk):
    station = make_station(clerk, place.town)
    with pytest.raises(StationExists):
        make_station(clerk, place.town, opened_on=ON)
    close_station(station=station, closed_on=date(2026, 2, 1), reason="合并", by=clerk, at=AT)
    with pytest.raises(StationExists):
        make_station(clerk, place.town, opened_on=date(2026, 1, 31))
    successor = make_station(clerk, place.town, opened_on=date(2026, 2, 1))
    days = (date(2021, 12, 31), date(2022, 1, 1), date(2026, 1, 31), date(2026, 2, 1))
    assert [station_of(place.town, day) for day in days] == [None, station, station, successor]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_open_one_station_at_once_one_is_refused():
    place = plant_county()
    clerk = make_holder("county_station", region=place.county)
    barrier, refusals = threading.Barrier(2), []

    def enter() -> None:
        try:
            barrier.wait()
            make_station(clerk, place.town)
        except StationExists as refusal:
            refusals.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=enter) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refusals), Station.objects.count()) == (1, 1)


def test_a_correction_names_what_changed(place, clerk):
    station = make_station(clerk, place.town)
    update_station(station=station, profile=PROFILE, by=clerk, at=AT)
    assert not Entry.objects.filter(verb="stations.update_station").exists()
    updated = update_station(station=station, profile=replace(PROFILE, name="明德站", area_m2=Decimal("80.00")), by=clerk, at=AT)
    updated.refresh_from_db()
    assert (updated.name, updated.body.name, updated.area_m2) == ("明德站", "明德站", Decimal("80.00"))
    assert Entry.objects.get(verb="stations.update_station").data == {"changed": ["name", "area_m2"]}
    with pytest.raises(FieldRequired):
        update_station(station=station, profile=replace(PROFILE, name=""), by=clerk, at=AT)
    with pytest.raises(AreaNotPositive):
        update_station(station=station, profile=replace(PROFILE, area_m2=Decimal(-1)), by=clerk, at=AT)
    with pytest.raises(NotPermitted):
        update_station(station=station, profile=PROFILE, by=make_user(), at=AT)


def test_closing_needs_a_reason_a_day_in_order_and_no_staff(place, clerk):
    station = make_station(clerk, place.town)
    worker = make_holder("social_worker", region=place.town, body=station.body)
    with pytest.raises(NotPermitted):
        close_station(station=station, closed_on=ON, reason="合并", by=worker, at=AT)
    with pytest.raises(FieldRequired):
        close_station(station=station, closed_on=ON, reason="", by=clerk, at=AT)
    for day in (date(2022, 1, 1), date(2026, 3, 3)):
        with pytest.raises(ClosingOutOfOrder):
            close_station(station=station, closed_on=day, reason="合并", by=clerk, at=AT)
    with pytest.raises(StationStaffed) as refusal:
        close_station(station=station, closed_on=ON, reason="合并", by=clerk, at=AT)
    assert refusal.value.posts == 1
    # a post that only begins later runs on, too
    Post.objects.filter(body=station.body).update(since=ON + timedelta(days=30))
    with pytest.raises(StationStaffed):
        close_station(station=station, closed_on=ON, reason="合并", by=clerk, at=AT)
    Post.objects.filter(body=station.body).update(since=date(2026, 1, 1), until=ON)
    assert close_station(station=station, closed_on=ON, reason="合并", by=clerk, at=AT).closed_on == ON


def test_nothing_changes_at_a_closed_station(place, clerk):
    station = make_station(clerk, place.town)
    close_station(station=station, closed_on=ON, reason="合并", by=clerk, at=AT)
    with pytest.raises(StationClosed):
        update_station(station=station, profile=PROFILE, by=clerk, at=AT)
    with pytest.raises(StationClosed):
        close_station(station=station, closed_on=ON, reason="合并", by=clerk, at=AT)
    with pytest.raises(StationClosed):
        add_room(station=station, draft=ROOM, by=clerk, at=AT)


def test_a_room_is_added_once_under_its_name(place, clerk):
    load_policy(place.county)
    station = make_station(clerk, place.town)
    room = add_room(station=station, draft=ROOM, by=clerk, at=AT)
    assert (room.kinds, room.name, room.area_m2) == (["casework"], "个案室", Decimal("12.00"))
    assert Entry.objects.get(verb="stations.add_room").data == {"kinds": ["casework"], "room": "个案室"}
    for changes, refusal in (
        ({}, RoomNameTaken),
        ({"name": " "}, FieldRequired),
        ({"kinds": ()}, FieldRequired),
        ({"name": "小组室", "area_m2": Decimal(0)}, AreaNotPositive),
    ):
        with pytest.raises(refusal):
            add_room(station=station, draft=replace(ROOM, **changes), by=clerk, at=AT)
    with pytest.raises(NotPermitted):
        add_room(station=station, draft=replace(ROOM, name="小组室"), by=make_user(), at=AT)
    assert Room.objects.count() == 1


def test_stations_under_a_region_and_their_facts(place, clerk, django_assert_num_queries):
    town, village = make_station(clerk, place.town), make_station(clerk, place.village, opened_on=ON)
    county = make_station(clerk, place.county)
    with django_assert_num_queries(1):
        assert [(station, station.region.name) for station in stations_under(place.county, ON)] == [
            (county, place.county.name),
            (town, place.town.name),
            (village, place.village.name),
        ]
    assert list(stations_under(place.other_town, date(2026, 3, 1))) == []
    assert list(living_stations(ON).order_by("pk").values_list("level", "region_id", "settlement", "area_m2")) == [
        ("town", place.town.pk, "", Decimal("66.50")),
        ("community", place.village.pk, "rural", Decimal("66.50")),
        ("county", place.county.pk, "", Decimal("66.50")),
    ]


def test_staff_are_people_with_posts_at_the_station_on_the_day(place, clerk):
    station = make_station(clerk, place.town)
    head = make_holder("town_station_head", region=place.town, body=station.body)
    Post.objects.create(user=head, role="social_worker", region=place.town, body=station.body, since=date(2022, 1, 1))
    make_holder("community_worker", region=place.town, body=station.body, until=date(2023, 1, 1))
    make_holder("auditor", region=place.town, body=station.body)
    make_holder("social_worker", region=place.other_town)
    make_holder("county_station", region=place.county, username="county")
    assert staff_on(station, ON) == Staff(persons=1, posts_by_role={"town_station_head": 1, "social_worker": 1}, professionals=None)
    make_holder("social_worker", region=place.town, username="colleague")
    assert staff_on(station, ON) == Staff(persons=2, posts_by_role={"town_station_head": 1, "social_worker": 2}, professionals=None)
    assert staff_on(station, date(2022, 12, 31)).persons == 3


@pytest.mark.parametrize(
    "changes", [{"closed_on": ON}, {"closing_reason": "合并"}, {"area_m2": 0}, {"opened_on": ON, "closed_on": ON, "closing_reason": "合并"}]
)
def test_the_database_holds_the_rules_too(place, clerk, changes):
    station = make_station(clerk, place.town)
    with pytest.raises(IntegrityError), transaction.atomic():
        Station.objects.filter(pk=station.pk).update(**changes)
