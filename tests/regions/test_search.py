import pytest

from tests.regions.factories import make_region, plant_county
from wushe.regions.models import Level, Region
from wushe.regions.queries import search_places

pytestmark = pytest.mark.django_db


def names(text, **options):
    return [region.name for region in search_places(text, **options)]


def test_any_part_of_the_name_finds_a_place():
    plant_county()
    assert names("东风社区") == names("东风") == names("风社") == names("东风社") == ["东风社区"]
    assert names("社区") == ["东风社区", "和平社区", "朝阳社区", "滨水社区"]
    assert names("不存在") == []


def test_the_whole_name_comes_before_its_beginning_and_that_before_any_part():
    place = plant_county()
    for number, name in enumerate(("大东风", "东风东路社区", "东风"), 11):
        make_region(f"990326101{number:03d}", name, Level.COMMUNITY, place.other_town)
    assert names("东风") == ["东风", "东风社区", "东风东路社区", "大东风"]
    assert names("东风", limit=2) == ["东风", "东风社区"]


def test_higher_places_come_first():
    place = plant_county()
    make_region("990326101300", "石桥", Level.COMMUNITY, place.other_town)
    make_region("990326101301", "石桥村", Level.COMMUNITY, place.other_town)
    assert names("石桥") == ["石桥", "石桥镇", "石桥村"]


def test_words_before_the_last_stand_in_the_path():
    plant_county()
    plant_county("98", "南湖县")
    found = search_places("南湖 东风")
    assert [region.full_name for region in found] == ["青原省云川市南湖县明德街道东风社区"]


def test_initials_find_a_place_in_any_case():
    plant_county()
    assert names("dfsq") == names("DFSQ") == names("df") == ["东风社区"]


def test_the_beginning_of_a_code_finds_what_is_below():
    place = plant_county()
    assert [region.code for region in search_places("990326101")] == [place.other_town.code, place.village.code]


def test_a_search_stays_within_a_region_and_its_levels():
    place = plant_county()
    plant_county("98", "南湖县")
    assert [region.pk for region in search_places("柳树", within=place.county)] == [place.village.pk]
    assert names("湖", levels=[Level.COUNTY]) == ["南湖县", "平湖县"]
    assert names("湖", levels=[Level.COMMUNITY]) == []


def test_one_character_finds_high_places_and_everything_within_a_county():
    place = plant_county()
    assert names("湖") == ["平湖县"]
    assert names("柳") == []
    assert names("柳", within=place.county) == ["柳树村"]


def test_places_that_ended_or_that_no_government_has_are_not_found():
    place = plant_county()
    Region.objects.filter(pk=place.village.pk).update(is_artificial=True)
    assert names("柳树") == []


def test_nothing_typed_finds_nothing_and_signs_do_no_harm():
    plant_county()
    assert names("  ") == names("%") == names("_风") == names("东\\") == []
