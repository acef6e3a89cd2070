"""What a station keeps, under whose roof it stands, and who guides it."""

import threading
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from tests.accounts.factories import make_holder
from tests.policies.factories import load_policy
from tests.regions.factories import plant_county
from tests.stations.factories import AT, ON, PROFILE, make_station
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted
from wushe.policies.errors import UnknownCode
from wushe.stations.actions import (
    AssetDraft,
    NewStation,
    close_station,
    enter_asset,
    hand_over_asset,
    open_station,
    share_premises,
    tie_station,
    write_off_asset,
)
from wushe.stations.errors import AssetGone, AssetOutOfTime, NoHost, NotAbove, TieOutOfTime
from wushe.stations.models import Asset, Station, StationKind, Tie
from wushe.stations.queries import floor_space, guides_of, may_guide, may_house, standing_of

pytestmark = pytest.mark.django_db
DESKS = AssetDraft("desks", "会议桌椅", 12, "王芳", "fiscal", date(2025, 5, 1), Decimal(6000))


@pytest.fixture
def place():
    place = plant_county()
    load_policy(place.county)
    return place


@pytest.fixture
def clerk(place):
    return make_holder("county_station", region=place.county)


@pytest.fixture
def county(place, clerk):
    return make_station(clerk, place.county)


@pytest.fixture
def town(place, clerk):
    return make_station(clerk, place.town)


def known(station, item, on=ON):
    return next(standing for standing in standing_of(station, on) if standing.item.code == item).known


def test_equipment_has_a_keeper_and_money_and_answers_its_item(county, clerk):
    assert known(county, "desks") is None
    asset = enter_asset(station=county, draft=DESKS, by=clerk, at=AT)
    assert (known(county, "desks"), known(county, "computers")) == (12, 0)
    assert known(county, "desks", date(2025, 4, 30)) is None
    hand_over_asset(number=asset.number, custodian="李强", by=clerk, at=AT)
    asset.refresh_from_db()
    assert asset.custodian == "李强"
    write_off_asset(number=asset.number, on=ON, reason="报废", by=clerk, at=AT)
    assert known(county, "desks") is None
    for step in (
        lambda: hand_over_asset(number=asset.number, custodian="王芳", by=clerk, at=AT),
        lambda: write_off_asset(number=asset.number, on=ON, reason="报废", by=clerk, at=AT),
    ):
        with pytest.raises(AssetGone):
            step()


def test_equipment_that_cannot_be_is_refused(county, clerk, place):
    for wrong, error in (
        ({"kind": "piano"}, UnknownCode),
        ({"source": "lottery"}, UnknownCode),
        ({"name": " "}, FieldRequired),
        ({"custodian": " "}, FieldRequired),
        ({"quantity": 0}, FieldRequired),
        ({"received_on": ON + timedelta(days=1)}, AssetOutOfTime),
    ):
        with pytest.raises(error):
            enter_asset(station=county, draft=replace(DESKS, **wrong), by=clerk, at=AT)
    asset = enter_asset(station=county, draft=DESKS, by=clerk, at=AT)
    with pytest.raises(AssetOutOfTime):
        write_off_asset(number=asset.number, on=DESKS.received_on, reason="报废", by=clerk, at=AT)
    with pytest.raises(FieldRequired):
        write_off_asset(number=asset.number, on=ON, reason=" ", by=clerk, at=AT)
    with pytest.raises(FieldRequired):
        hand_over_asset(number=asset.number, custodian=" ", by=clerk, at=AT)
    with pytest.raises(NotFound):
        hand_over_asset(number="asset-0", custodian="李强", by=clerk, at=AT)
    with pytest.raises(NotPermitted):
        enter_asset(station=county, draft=DESKS, by=make_holder("town_station_head", region=place.town), at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Asset.objects.filter(pk=asset.pk).update(custodian="")


def test_floor_space_under_one_roof_counts_once(town, clerk, place):
    draft = NewStation(replace(PROFILE, name="明德街道综合服务中心", area_m2=Decimal(520)), place.town, ON, StationKind.SERVICE_CENTRE)
    centre = open_station(draft=draft, by=clerk, at=AT)
    both = Station.objects.filter(region=place.town)
    assert floor_space(both, ON) == Decimal("586.50")
    share_premises(station=town, functions=("party_service", "volunteer_station"), housed_in=centre, by=clerk, at=AT)
    town.refresh_from_db()
    assert (town.functions, town.housed_in, town.area_m2) == (["party_service", "volunteer_station"], centre, Decimal("66.50"))
    assert floor_space(both, ON) == Decimal("520.00")
    assert floor_space(both.filter(pk=town.pk), ON) == Decimal("66.50")
    assert known(town, "area") == Decimal("66.50")
    assert list(may_house(town, ON)) == [centre]
    for station, host in ((centre, town), (town, town)):
        with pytest.raises(NoHost):
            share_premises(station=station, functions=(), housed_in=host, by=clerk, at=AT)
    with pytest.raises(UnknownCode):
        share_premises(station=town, functions=("casino",), housed_in=None, by=clerk, at=AT)
    with pytest.raises(NotPermitted):
        share_premises(station=town, functions=(), housed_in=None, by=make_holder("social_worker", region=place.town), at=AT)
    close_station(station=centre, closed_on=ON + timedelta(days=1), reason="搬迁", by=clerk, at=AT + timedelta(days=2))
    assert floor_space(both, ON + timedelta(days=1)) == Decimal("586.50")
    with pytest.raises(IntegrityError), transaction.atomic():
        Station.objects.filter(pk=town.pk).update(housed_in=town.pk)


def test_stations_are_guided_by_place_unless_they_are_tied_to_another(county, town, clerk, place):
    room = make_station(clerk, place.communities[0])
    village = make_station(clerk, place.village)
    other = make_station(clerk, place.other_town, opened_on=date(2026, 2, 1))
    assert guides_of([county, town, room, village], ON) == {town.pk: county, room.pk: town, village.pk: other}
    assert set(may_guide(room, ON)) == {county, town, other}
    tie_station(station=room, above=other, since=date(2026, 2, 20), by=clerk, at=AT)
    assert guides_of([room], date(2026, 2, 19))[room.pk] == town
    assert guides_of([room], ON)[room.pk] == other
    tie_station(station=room, above=county, since=ON, by=clerk, at=AT)
    assert list(Tie.objects.order_by("since").values_list("above", "until")) == [(other.pk, ON), (county.pk, None)]
    for above, since, error in (
        (room, ON, NotAbove),
        (village, ON, NotAbove),
        (town, ON + timedelta(days=1), TieOutOfTime),
        (town, date(2026, 2, 1), TieOutOfTime),
    ):
        with pytest.raises(error):
            tie_station(station=room, above=above, since=since, by=clerk, at=AT)
    with pytest.raises(NotPermitted):
        tie_station(station=room, above=town, since=ON, by=make_holder("social_worker", region=place.town), at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.objects.create(station=room, above=town, since=ON)


@pytest.mark.django_db(transaction=True)
def test_two_stations_do_not_move_into_each_other_at_one_moment():
    place = plant_county()
    load_policy(place.county)
    clerk = make_holder("county_station", region=place.county)
    pair = [make_station(clerk, region) for region in (place.town, place.other_town)]
    barrier, refusals = threading.Barrier(2), []

    def move_in(station: Station, host: Station) -> None:
        try:
            barrier.wait()
            share_premises(station=station, functions=(), housed_in=host, by=clerk, at=AT)
        except NoHost as refusal:
            refusals.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=move_in, args=each) for each in (pair, pair[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refusals), Station.objects.filter(housed_in__isnull=False).count()) == (1, 1)
