from datetime import date

import pytest

from tests.regions.factories import make_region, plant_county
from wushe.accounts.queries import Scope
from wushe.imports.errors import PlaceAmbiguous, PlaceMerged, PlaceUnknown
from wushe.imports.queries import Places
from wushe.regions.models import Level

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return plant_county()


def place(region, text):
    places = Places(Scope(regions=(region,)))
    places.look_up([text])
    return places.place(text)


@pytest.mark.parametrize(
    "text",
    [
        "东风社区",
        "东风社区居委会",
        "东风社区居民委员会",
        "明德街道东风社区",
        "明德街道 / 东风社区",
        "平湖县东风社区",
        "青原省云川市平湖县明德街道东风社区",
        "云川市-平湖县-明德街道-东风社区",
        "990326001001",
    ],
)
def test_a_place_is_found_by_any_part_of_its_path_or_its_code(county, text):
    assert place(county.county, text) == county.communities[0]


@pytest.mark.parametrize(
    ("text", "name"), [("石桥镇", "石桥镇"), ("990326101", "石桥镇"), ("990326", "平湖县"), ("石桥镇柳树村委会", "柳树村")]
)
def test_towns_villages_and_short_codes_are_found(county, text, name):
    assert place(county.county, text).name == name


@pytest.mark.parametrize("text", ["西风社区", "石桥镇东风社区", "990326009", "风"])
def test_what_is_no_place_is_refused(county, text):
    with pytest.raises(PlaceUnknown):
        place(county.county, text)


@pytest.mark.parametrize("text", ["柳树村", "990326101201"])
def test_what_lies_outside_the_senders_places_is_refused(county, text):
    with pytest.raises(PlaceUnknown):
        place(county.town, text)


def test_two_places_of_one_name_need_the_town(county):
    second = make_region("990326101001", "东风社区", Level.COMMUNITY, county.other_town)
    with pytest.raises(PlaceAmbiguous) as refused:
        place(county.county, "东风社区")
    assert len(refused.value.places) == 2
    assert place(county.county, "石桥镇东风社区") == second


def test_a_place_that_was_merged_leads_to_its_successor_with_a_doubt(county):
    old = make_region(
        "990326001009", "老街社区", Level.COMMUNITY, county.town, valid_until=date(2024, 1, 1), successor=county.communities[1]
    )
    found = place(county.county, old.code)
    assert found.value == county.communities[1]
    assert isinstance(found.doubt, PlaceMerged)


def test_the_nation_has_all_places(county):
    assert place(county.nation, "平湖县柳树村") == county.village


def test_all_texts_of_a_chunk_cost_two_queries(county, django_assert_num_queries):
    places = Places(Scope(regions=(county.county,)))
    with django_assert_num_queries(2):
        places.look_up(["东风社区", "和平社区", "柳树村", "990326001", "没有的地方"])
        places.look_up(["东风社区"])
