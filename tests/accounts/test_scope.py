import pytest
from django.db.models import Q

from tests.regions.factories import make_region, plant_county
from wushe.accounts.models import Body, BodyKind
from wushe.accounts.queries import Scope
from wushe.regions.models import Level

pytestmark = pytest.mark.django_db


def test_the_whole_country_stays_the_whole_country_beside_another_condition():
    county = plant_county()
    body = Body.objects.create(number="body-990326-2026-000001", name="青禾社工中心", kind=BodyKind.AGENCY, region=county.county)
    everywhere = Scope(regions=(county.nation,)).where("region")
    assert list(Body.objects.filter(everywhere | Q(pk__in=[]))) == [body]
    assert list(Body.objects.filter(everywhere & Q(name="青禾"))) == []


def test_several_places_share_the_smallest_that_holds_them_all():
    county = plant_county()
    first, second = county.communities[:2]
    far = make_region("88", "白水省", Level.PROVINCE, county.nation)
    assert Scope(regions=(first,)).common_place == first
    assert Scope(regions=(second, first)).common_place == first.town
    assert Scope(regions=(first, county.other_town)).common_place == county.county
    assert Scope(regions=(first, far)).common_place == county.nation
