import pytest
from django.db.models import Q

from tests.regions.factories import plant_county
from wushe.accounts.models import Body, BodyKind
from wushe.accounts.queries import Scope

pytestmark = pytest.mark.django_db


def test_the_whole_country_stays_the_whole_country_beside_another_condition():
    county = plant_county()
    body = Body.objects.create(number="body-990326-2026-000001", name="青禾社工中心", kind=BodyKind.AGENCY, region=county.county)
    everywhere = Scope(regions=(county.nation,)).where("region")
    assert list(Body.objects.filter(everywhere | Q(pk__in=[]))) == [body]
    assert list(Body.objects.filter(everywhere & Q(name="青禾"))) == []
