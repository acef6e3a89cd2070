import pytest

from tests.regions.factories import plant_county
from wushe.regions.models import Region

pytestmark = pytest.mark.django_db


def test_under_gives_the_region_and_everything_below_it():
    place = plant_county()
    assert set(Region.objects.under(place.town)) == {place.town, *place.communities}
    assert set(Region.objects.under(place.nation)) == set(Region.objects.all())
    assert list(Region.objects.under(place.village)) == [place.village]


def test_a_second_county_can_stand_beside_the_first():
    first, second = plant_county(), plant_county("98", "南湖县")
    assert first.nation == second.nation
    assert not Region.objects.under(first.county).filter(pk=second.village.pk).exists()


def test_ancestor_ids_hold_itself_and_all_above_it():
    place = plant_county()
    assert set(place.village.ancestor_ids) == {place.province.pk, place.city.pk, place.county.pk, place.other_town.pk, place.village.pk}
    assert place.village.county_code == "990326"
