"""The five lights of a community, each switched on by what the registers hold, and unknown while they hold nothing."""

from datetime import date
from decimal import Decimal

from tests.cast import Cast
from tests.organisations.factories import make_organisation
from tests.stations.factories import PROFILE
from tests.stories import contracted
from tests.workforce.factories import AT, ON, certify, make_posts, make_worker, place
from wushe.indicators.queries import Light, communities_in, lights_of
from wushe.ledger.actions import Allotment, allot_to_body
from wushe.organisations.actions import record_filing
from wushe.stations.actions import NewRoom, NewStation, StationProfile, add_room, open_station


def lights(cast: Cast) -> dict[str, Light]:
    community = cast.county.communities[0]
    return {light.part.code: light for light in lights_of([community], ON)[community.pk]}


def on(cast: Cast) -> dict[str, bool | None]:
    return {code: light.on for code, light in lights(cast).items()}


def test_where_no_register_says_anything_most_lights_are_unknown(cast: Cast):
    # the register of stations is complete by its nature, and the county books money
    assert on(cast) == {"body": None, "posts": None, "volunteers": None, "place": False, "funds": False}


def test_a_post_needs_somebody_with_a_certificate_who_works_full_time(cast: Cast):
    community = cast.county.communities[0]
    make_posts(cast, region=community)
    assert on(cast)["posts"] is False
    worker = make_worker(cast)
    place(cast, worker, region=community)
    assert on(cast)["posts"] is False
    certify(cast, worker)
    assert on(cast)["posts"] is True
    assert {row.kind for row in lights(cast)["posts"].rows} == {"establishment", "worker"}


def test_organisations_are_agencies_volunteers_or_neither(cast: Cast):
    community = cast.county.communities[0]
    days = {"registered_on": None, "uscc": ""}
    make_organisation(cast.reviewer, community, kind="community_organisation", name="书法社", **days)
    assert (on(cast)["body"], on(cast)["volunteers"]) == (False, False)
    team = make_organisation(cast.reviewer, community, kind="volunteer_team", name="银龄志愿队", **days)
    agency = make_organisation(cast.reviewer, community, name="启明社会工作服务中心")
    found = lights(cast)
    assert (found["body"].on, found["volunteers"].on) == (True, True)
    assert [row.number for row in (*found["body"].rows, *found["volunteers"].rows)] == [agency.number, team.number]
    record_filing(organisation=team, filed_on=ON, by=cast.reviewer, at=AT)
    assert on(cast)["volunteers"] is True


def test_a_place_has_floor_space_or_a_room_and_money_comes_to_its_station(cast: Cast):
    community = cast.county.communities[0]
    draft = NewStation(StationProfile(name=PROFILE.name), community, date(2025, 1, 1))
    station = open_station(draft=draft, by=cast.reviewer, at=AT)
    assert on(cast)["place"] is None
    add_room(station=station, draft=NewRoom(("casework",), "个案室", date(2025, 1, 1)), by=cast.reviewer, at=AT)
    assert on(cast)["place"] is True
    draft = Allotment(
        source=cast.source.number, body=station.body, amount=Decimal(10_000), voucher_no="记-18", occurred_on=date(2026, 5, 6)
    )
    given = allot_to_body(draft=draft, by=cast.finance, at=AT)
    assert [(row.kind, row.number) for row in lights(cast)["funds"].rows] == [("entry", given.number)]


def test_a_project_for_the_needs_of_people_here_brings_an_agency_and_money(cast: Cast):
    project = contracted(cast)
    found = lights(cast)
    assert [row.number for row in found["body"].rows] == [project.number]
    assert (found["body"].on, found["funds"].on) == (True, True)


def test_many_communities_cost_no_more_queries_than_one(cast: Cast, django_assert_max_num_queries):
    communities = list(communities_in(cast.county.county, ON))
    with django_assert_max_num_queries(30):
        found = lights_of(communities, ON)
    assert len(found) == 5
    assert lights_of([], ON) == {}
