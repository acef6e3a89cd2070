"""What a station has to have, what it says, what others find, and how a shortfall is mended."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.accounts.factories import make_holder, make_user
from tests.policies.factories import load_policy
from tests.regions.factories import plant_county
from tests.stations.factories import AT, ON, PROFILE, make_station
from wushe.accounts.models import Post
from wushe.accounts.queries import scope_of
from wushe.audit.models import Entry
from wushe.inbox.models import Todo
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted
from wushe.policies.errors import UnknownCode
from wushe.stations.actions import (
    CheckDraft,
    FindingDraft,
    NewRoom,
    NewStation,
    RemedyDraft,
    add_room,
    check_station,
    close_station,
    drop_remedy,
    finish_remedy,
    give_up_room,
    inspect_station,
    open_station,
    plan_remedy,
    share_premises,
    update_station,
)
from wushe.stations.errors import (
    AreaInspected,
    CheckOutOfTime,
    ItemsNotChecked,
    NoStandard,
    NothingShown,
    NotInStandard,
    OpeningInFuture,
    RemedyDueInPast,
    RemedyEnded,
    RemedyUnderWay,
    RoomNameTaken,
    RoomNotInUse,
    StationClosed,
)
from wushe.stations.models import Check, CheckKind, Finding, StationKind, StationLevel
from wushe.stations.permissions import Permission
from wushe.stations.queries import StationFilter, area_origin, places_without, standing_of, standings_of, stations_in

pytestmark = pytest.mark.django_db
ROOM = NewRoom(kinds=("casework", "group_work"), name="多功能室", used_from=date(2025, 1, 1), area_m2=Decimal("20.00"))
REMEDY = RemedyDraft(item="area", mode="rebuild", plan="腾出二楼两间办公室", due_on=ON + timedelta(days=60), cost=Decimal(30000))


@pytest.fixture
def place():
    place = plant_county()
    load_policy(place.county)
    return place


@pytest.fixture
def clerk(place):
    return make_holder("county_station", region=place.county)


@pytest.fixture
def head(place):
    return make_holder("town_station_head", region=place.town)


@pytest.fixture
def station(place, clerk):
    return make_station(clerk, place.town)


def look(area="66.5", met=True, **changes):
    """A town station's check: floor space, three people with one professional, four rooms."""
    numbers = {"area": Decimal(area), "staff": Decimal(3), "professionals": Decimal(1)}
    findings = [FindingDraft(code, value=value, evidence="现场丈量") for code, value in numbers.items()]
    findings += [FindingDraft(code, met=met, evidence="照片" if met else "") for code in ("office", "casework", "group_work", "meeting")]
    return replace(CheckDraft(checked_on=ON, findings=tuple(findings)), **changes)


def by_item(station):
    return {standing.item.code: standing for standing in standing_of(station, ON)}


def test_the_register_knows_floor_space_and_rooms_before_anybody_looks_and_people_once_posted(station, head):
    add_room(station=station, draft=ROOM, by=head, at=AT)
    Post.objects.create(user=make_user(), role="social_worker", body=station.body, since=date(2025, 1, 1))
    items = by_item(station)
    assert list(items) == ["area", "staff", "professionals", "office", "casework", "group_work", "meeting", "money"]
    assert {code: item.known for code, item in items.items()} == {
        "area": Decimal("66.50"), "staff": None, "professionals": None, "office": 0, "casework": 1, "group_work": 1, "meeting": 0, "money": None,
    }  # fmt: skip
    assert [items[code].met for code in ("area", "staff", "professionals", "casework", "office")] == [True, None, None, True, False]


def test_a_room_serves_several_purposes_until_it_is_given_up(station, head):
    room = add_room(station=station, draft=ROOM, by=head, at=AT)
    assert room.kinds == ["casework", "group_work"]
    give_up_room(station=station, room_id=room.pk, on=ON, by=head, at=AT)
    assert by_item(station)["casework"].known == 0
    assert add_room(station=station, draft=ROOM, by=head, at=AT).name == room.name


def test_rooms_that_cannot_be_are_refused(station, head, place):
    with pytest.raises(UnknownCode):
        add_room(station=station, draft=replace(ROOM, kinds=("cellar",)), by=head, at=AT)
    with pytest.raises(FieldRequired):
        add_room(station=station, draft=replace(ROOM, kinds=()), by=head, at=AT)
    with pytest.raises(OpeningInFuture):
        add_room(station=station, draft=replace(ROOM, used_from=ON + timedelta(days=1)), by=head, at=AT)
    room = add_room(station=station, draft=ROOM, by=head, at=AT)
    with pytest.raises(RoomNameTaken):
        add_room(station=station, draft=ROOM, by=head, at=AT)
    for day in (ROOM.used_from, ON + timedelta(days=1)):
        with pytest.raises(RoomNotInUse):
            give_up_room(station=station, room_id=room.pk, on=day, by=head, at=AT)
    with pytest.raises(NotFound):
        give_up_room(station=station, room_id=room.pk + 1, on=ON, by=head, at=AT)
    with pytest.raises(NotPermitted):
        give_up_room(station=station, room_id=room.pk, on=ON, by=make_holder("auditor", region=place.county), at=AT)


def test_what_others_find_goes_before_what_the_station_says(station, head, clerk):
    check_station(station=station, draft=look("72"), by=head, at=AT)
    station.refresh_from_db()
    assert station.area_m2 == 72
    inspect_station(station=station, draft=look("58"), by=clerk, at=AT)
    station.refresh_from_db()
    area = by_item(station)["area"]
    assert (area.said.value, area.found.value, area.known) == (72, 58, 58)
    assert (area.met, area.differs) == (False, True)
    check_station(station=station, draft=look("72"), by=head, at=AT)
    station.refresh_from_db()
    assert station.area_m2 == 58
    verbs = list(Entry.objects.filter(subject=station.number).order_by("id").values_list("verb", flat=True))
    assert verbs == ["stations.open_station", "stations.check_station", "stations.inspect_station", "stations.check_station"]


def test_the_bound_itself_meets_the_standard(station, head):
    check_station(station=station, draft=look("60"), by=head, at=AT)
    assert by_item(station)["area"].met is True
    check_station(station=station, draft=look("59.99"), by=head, at=AT)
    assert by_item(station)["area"].met is False


def test_nobody_inspects_at_their_own_level(place, station, head, clerk):
    with pytest.raises(NotPermitted):
        inspect_station(station=station, draft=look(), by=head, at=AT)
    room = make_station(clerk, place.communities[0])
    findings = (FindingDraft("area", value=Decimal(31), evidence="丈量"), FindingDraft("casework"), FindingDraft("group_work"))
    inspect_station(station=room, draft=CheckDraft(ON, findings), by=head, at=AT)
    with pytest.raises(NotPermitted):
        inspect_station(
            station=room, draft=CheckDraft(ON, findings), by=make_holder("community_worker", region=place.communities[0]), at=AT
        )


def test_checks_that_leave_something_open_are_refused_and_leave_nothing(station, head):
    with pytest.raises(ItemsNotChecked) as refused:
        check_station(station=station, draft=look(findings=look().findings[:5]), by=head, at=AT)
    assert refused.value.missing == ("group_work", "meeting")
    with pytest.raises(NothingShown) as shown:
        check_station(
            station=station, draft=look(findings=(replace(look().findings[0], evidence=" "), *look().findings[1:])), by=head, at=AT
        )
    assert shown.value.field == "words_area"
    with pytest.raises(FieldRequired):
        check_station(station=station, draft=look(findings=(FindingDraft("area"), *look().findings[1:])), by=head, at=AT)
    for day in (station.opened_on - timedelta(days=1), ON + timedelta(days=1)):
        with pytest.raises(CheckOutOfTime):
            check_station(station=station, draft=look(checked_on=day), by=head, at=AT)
    assert not Check.objects.exists()
    check_station(station=station, draft=look(), by=head, at=AT)
    with pytest.raises(CheckOutOfTime):
        check_station(station=station, draft=look(checked_on=ON - timedelta(days=1)), by=head, at=AT)


def test_where_no_paper_sets_a_standard_nothing_can_be_checked(clerk):
    elsewhere = plant_county("98", "远山县")
    load_policy(elsewhere.county, replace=(("code: meixian-2022", "code: bare-2024"), ("  station_town:", "  station_hall:")))
    keeper = make_holder("county_station", region=elsewhere.county, username="keeper")
    station = make_station(keeper, elsewhere.town)
    assert standing_of(station, ON) == []
    with pytest.raises(NoStandard):
        check_station(station=station, draft=look(), by=keeper, at=AT)


def test_a_number_in_the_database_decides_whether_it_is_met(station, head):
    check = check_station(station=station, draft=look("58"), by=head, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(look=check, item="area").update(met=True)


def test_a_shortfall_is_planned_for_mended_and_seen_at_the_next_look(station, head, clerk):
    inspect_station(station=station, draft=look("58"), by=clerk, at=AT)
    assert Todo.objects.open().get(step="plan_remedy", subject=station.number).due_at.date() == date(2026, 3, 16)
    remedy = plan_remedy(station=station, draft=REMEDY, by=head, at=AT)
    assert not Todo.objects.open().filter(step="plan_remedy").exists()
    assert Todo.objects.open().get(step="finish_remedy").subject == remedy.number
    assert by_item(station)["area"].remedy == remedy
    finish_remedy(number=remedy.number, outcome="已扩建，面积64平方米", file=None, by=head, at=AT)
    assert not Todo.objects.open().exists()
    assert by_item(station)["area"].met is False
    inspect_station(station=station, draft=look("64"), by=clerk, at=AT)
    assert by_item(station)["area"].met is True
    assert not Todo.objects.open().exists()


def test_remedies_that_cannot_be_are_refused(station, head, place):
    for wrong, error in (
        ({"item": "garden"}, NotInStandard),
        ({"mode": "wait"}, UnknownCode),
        ({"plan": " "}, FieldRequired),
        ({"due_on": ON - timedelta(days=1)}, RemedyDueInPast),
    ):
        with pytest.raises(error):
            plan_remedy(station=station, draft=replace(REMEDY, **wrong), by=head, at=AT)
    remedy = plan_remedy(station=station, draft=REMEDY, by=head, at=AT)
    with pytest.raises(RemedyUnderWay):
        plan_remedy(station=station, draft=REMEDY, by=head, at=AT)
    with pytest.raises(FieldRequired):
        drop_remedy(number=remedy.number, reason=" ", by=head, at=AT)
    with pytest.raises(NotPermitted):
        finish_remedy(number=remedy.number, outcome="完成", file=None, by=make_holder("auditor", region=place.county), at=AT)
    drop_remedy(number=remedy.number, reason="改为购买", by=head, at=AT)
    with pytest.raises(RemedyEnded):
        finish_remedy(number=remedy.number, outcome="完成", file=None, by=head, at=AT)
    with pytest.raises(NotFound):
        finish_remedy(number="remedy-0", outcome="完成", file=None, by=head, at=AT)
    assert plan_remedy(station=station, draft=REMEDY, by=head, at=AT).number != remedy.number


def test_a_closed_station_is_not_looked_at_any_more(station, clerk, head):
    close_station(station=station, closed_on=ON, reason="合并", by=clerk, at=AT)
    with pytest.raises(StationClosed):
        check_station(station=station, draft=look(), by=head, at=AT)


def test_many_stations_cost_no_more_queries_than_one(place, clerk, station, django_assert_num_queries):
    rooms = [make_station(clerk, region) for region in place.communities]
    with django_assert_num_queries(9):
        standings = standings_of([station, *rooms], ON)
    assert {len(standings[room.pk]) for room in rooms} == {4}


def test_the_register_lists_stations_and_the_places_without(place, clerk, head, station):
    scope = scope_of(clerk, Permission.VIEW_STATIONS, ON)
    make_station(clerk, place.communities[0])
    assert stations_in(scope, StationFilter(), ON).count() == 2
    assert list(stations_in(scope, StationFilter(level=StationLevel.TOWN, text=station.name[:2], region=place.town), ON)) == [station]
    assert list(places_without(scope, StationLevel.TOWN, ON)) == [place.other_town]
    mine = scope_of(head, Permission.VIEW_STATIONS, ON)
    assert list(places_without(mine, StationLevel.COMMUNITY, ON)) == list(place.communities[1:])
    close_station(station=station, closed_on=ON, reason="合并", by=clerk, at=AT)
    assert list(stations_in(scope, StationFilter(closed=True), ON)) == [station]


def test_a_correction_does_not_change_a_floor_space_that_was_inspected(station, head, clerk):
    profile = replace(PROFILE, area_m2=Decimal(64))
    update_station(station=station, profile=profile, by=head, at=AT)
    check_station(station=station, draft=look("62"), by=head, at=AT)
    assert area_origin(station, ON).look.kind == CheckKind.SELF
    update_station(station=station, profile=profile, by=head, at=AT)
    inspect_station(station=station, draft=look("58"), by=clerk, at=AT)
    for by in (head, clerk):
        with pytest.raises(AreaInspected) as refused:
            update_station(station=station, profile=profile, by=by, at=AT)
    assert (refused.value.area_m2, refused.value.inspected_on) == (58, ON)
    kept = update_station(station=station, profile=replace(profile, area_m2=Decimal(58), address="明德路2号"), by=head, at=AT)
    assert (kept.area_m2, kept.address) == (58, "明德路2号")


def test_a_floor_space_needs_something_that_shows_it_even_when_it_is_too_small(station, head):
    unshown = FindingDraft("area", value=Decimal(12), evidence=" ")
    with pytest.raises(NothingShown):
        check_station(station=station, draft=look(findings=(unshown, *look().findings[1:])), by=head, at=AT)
    assert area_origin(station, ON) is None
    check_station(station=station, draft=look(findings=(FindingDraft("area", value=Decimal(0)), *look().findings[1:])), by=head, at=AT)
    station.refresh_from_db()
    assert station.area_m2 == PROFILE.area_m2


def test_a_floor_space_without_a_number_is_measured_and_judged_and_may_be_mended():
    place = plant_county()
    load_policy(place.county, "shijiazhuang-2016")
    by = make_holder("county_station", region=place.county)
    profile = replace(PROFILE, name="社区综合服务站", area_m2=Decimal(240))
    facility = open_station(draft=NewStation(profile, place.communities[0], ON, StationKind.SERVICE_CENTRE), by=by, at=AT)
    assert (by_item(facility)["area"].known, by_item(facility)["area"].met) == (240, None)
    findings = [FindingDraft(standing.item.code) for standing in standing_of(facility, ON)]
    with pytest.raises(FieldRequired):
        inspect_station(station=facility, draft=CheckDraft(ON, tuple(findings)), by=by, at=AT)
    findings[0] = FindingDraft("area", value=Decimal(180), met=False, evidence="丈量")
    inspect_station(station=facility, draft=CheckDraft(ON, tuple(findings)), by=by, at=AT)
    facility.refresh_from_db()
    assert (facility.area_m2, by_item(facility)["area"].met) == (180, False)
    assert plan_remedy(station=facility, draft=replace(REMEDY, mode="buy"), by=by, at=AT).item == "area"


def test_the_number_for_model_centres_is_asked_of_those_alone_and_their_functions_of_every_street():
    place = plant_county()
    load_policy(place.county, "shijiazhuang-2016")
    by = make_holder("county_station", region=place.county)
    profile = replace(PROFILE, name="街道综合服务中心", area_m2=Decimal(380))
    centre = open_station(draft=NewStation(profile, place.town, ON, StationKind.SERVICE_CENTRE), by=by, at=AT)
    items = by_item(centre)
    assert {code: standing.met for code, standing in items.items()} == dict.fromkeys(items, None)
    assert (list(items), items["area"].item.at_least) == (["area", "government_desk", "community_service", "incubation"], None)
    signs = ("demonstration", "government_desk", "community_service")
    centre = share_premises(station=centre, functions=signs, housed_in=None, by=by, at=AT)
    items = by_item(centre)
    assert items["area"].item.at_least == 500
    assert [standing.met for standing in items.values()] == [False, True, True, False]


def test_county_money_is_asked_of_the_rooms_of_urban_communities_alone(place, clerk):
    urban, rural = (make_station(clerk, region) for region in (place.communities[0], place.village))
    assert [[standing.item.code for standing in standing_of(each, ON)][3:] for each in (urban, rural)] == [["money"], []]
