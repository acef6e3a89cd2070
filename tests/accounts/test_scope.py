import pytest
from django.db.models import Q

from tests.accounts.factories import BEFORE, make_user
from tests.regions.factories import make_region, plant_county
from wushe.accounts.models import Body, BodyKind, Post
from wushe.accounts.queries import Scope, scope_of
from wushe.config.roles import install
from wushe.needs.permissions import Permission
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


def test_the_order_of_posts_is_of_no_account():
    install()
    county, user = plant_county(), make_user()
    for role, place in (
        ("community_worker", county.village),
        ("town_station_head", county.other_town),
        ("town_station_head", county.town),
        ("social_worker", county.town),
    ):
        Post.objects.create(user=user, role=role, region=place, since=BEFORE)
    scope = scope_of(user, Permission.VIEW_NEED, BEFORE)
    assert scope.regions == (*sorted([county.town, county.other_town], key=lambda town: town.code), county.village)
    assert (scope.first_place, scope.only_place) == (scope.regions[0], None)
    assert Scope(regions=(county.town,)).only_place == county.town
