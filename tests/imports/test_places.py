from datetime import date

import pytest

from tests.accounts.factories import BEFORE, make_user
from tests.regions.factories import make_region, plant_county
from wushe.accounts.models import Post
from wushe.accounts.queries import Scope
from wushe.config.roles import install
from wushe.imports.errors import PlaceAmbiguous, PlaceMerged, PlaceUnknown
from wushe.imports.queries import Places, sending_places
from wushe.kernel.errors import NotPermitted
from wushe.needs.permissions import Permission
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


@pytest.fixture
def villages(county):
    """Villages as the tree of the statistics writes them, one of them beside a community of its name."""
    names = ("三寨村委会", "第五村村委会", "梁村村委会", "马家村委会", "马家社区居委会")
    return [make_region(f"990326101{n}", name, Level.COMMUNITY, county.other_town) for n, name in enumerate(names, 202)]


@pytest.mark.parametrize("start", ["", "石桥镇", "青原省云川市平湖县石桥镇", "平湖县 / "])
@pytest.mark.parametrize(
    ("text", "which"),
    [
        *((text, 0) for text in ("三寨村委会", "三寨村", "三寨", "三寨村村委会", "三寨村民委员会", "三寨村村民委员会")),
        *((text, 1) for text in ("第五村村委会", "第五村", "第五村委会", "第五村村民委员会")),
        *((text, 2) for text in ("梁村村委会", "梁村", "梁村民委员会")),
        *((text, 3) for text in ("马家村委会", "马家村", "马家村村委会", "马家村民委员会")),
        *((text, 4) for text in ("马家社区居委会", "马家社区", "马家社区居民委员会")),
    ],
)
def test_a_village_is_found_however_its_committee_is_written(county, villages, start, text, which):
    assert place(county.county, start + text) == villages[which]


def test_a_name_of_a_village_and_of_a_community_needs_more(county, villages):
    with pytest.raises(PlaceAmbiguous) as refused:
        place(county.county, "石桥镇马家")
    assert len(refused.value.places) == 2


def test_every_text_is_judged_by_itself(county, villages):
    texts = ["三寨", "石桥镇西风村", "梁村", "马家", "没有的村委会"]
    together = Places(Scope(regions=(county.county,)))
    together.look_up(texts)
    alone = [Places(Scope(regions=(county.county,))) for _ in texts]
    for places, text in zip(alone, texts, strict=True):
        places.look_up([text])
    assert [str(together.found[text]) for text in texts] == [str(places.found[text]) for places, text in zip(alone, texts, strict=True)]


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


def test_tables_are_brought_only_into_places_where_both_posts_reach(county):
    install()
    user = make_user()
    Post.objects.create(user=user, role="social_worker", region=county.village, since=BEFORE)
    with pytest.raises(NotPermitted):
        sending_places(user, Permission.RECORD_NEED, BEFORE)
    user.known_posts = None
    Post.objects.create(user=user, role="town_station_head", region=county.town, since=BEFORE)
    assert sending_places(user, Permission.RECORD_NEED, BEFORE).regions == (county.town,)
