"""How far places have stations and service centres."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.cast import Cast
from tests.policies.factories import load_policy
from tests.stations.factories import AT, ON, make_station
from wushe.accounts.models import User
from wushe.indicators.queries import MEASURES, Facts, Figure
from wushe.regions.models import Level, Region
from wushe.stations.actions import NewStation, StationProfile, open_station
from wushe.stations.errors import StationExists
from wushe.stations.models import Station, StationKind


def figure(measure: str, region: Region) -> Figure | None:
    return MEASURES[measure]([region], Facts(region, ON)).get(region.pk)


def centre(by: User, region: Region, area: str = "520") -> Station:
    profile = StationProfile(name=f"{region.name}综合服务中心", area_m2=Decimal(area))
    return open_station(draft=NewStation(profile, region, ON - timedelta(days=1), StationKind.SERVICE_CENTRE), by=by, at=AT)


def test_coverage_counts_real_towns_with_a_station_of_social_work(cast: Cast):
    province = cast.county.province
    towns = Region.objects.filter(county=cast.county.county, level=Level.TOWN).counted().count()
    before = figure("town_station_coverage", province)
    assert (before.numerator, before.denominator) == (1, towns)
    centre(cast.reviewer, cast.county.other_town)
    assert figure("town_station_coverage", province).numerator == 1
    make_station(cast.reviewer, cast.county.other_town)
    found = figure("town_station_coverage", province)
    assert (found.numerator, [row.counted for row in found.rows]) == (2, [True] * 2)


def test_a_place_has_one_of_a_kind(cast: Cast):
    centre(cast.reviewer, cast.county.town)
    with pytest.raises(StationExists):
        centre(cast.reviewer, cast.county.town)


def test_facilities_cover_city_communities_and_not_villages(cast: Cast):
    centre(cast.reviewer, cast.county.communities[0])
    centre(cast.reviewer, cast.county.village)
    found = figure("urban_service_facility_coverage", cast.county.city)
    assert (found.numerator, found.denominator) == (1, len(cast.county.communities))


def test_a_model_centre_has_the_floor_space_that_the_policy_asks_for(cast: Cast):
    assert figure("model_street_centres", cast.county.county) is None
    load_policy(cast.county.city, "shijiazhuang-2016")
    enough, small = centre(cast.reviewer, cast.county.town, "500"), centre(cast.reviewer, cast.county.other_town, "499.99")
    assert figure("model_street_centres", cast.county.city).value == 0
    Station.objects.filter(pk__in=[enough.pk, small.pk]).update(functions=["demonstration", "incubation"])
    found = figure("model_street_centres", cast.county.city)
    assert (found.value, [row.number for row in found.rows]) == (Decimal(1), [enough.number])
