from dataclasses import dataclass

import pytest

from tests.accounts.factories import make_holder
from tests.planted import planted_once
from tests.policies.factories import load_policy
from tests.regions.factories import County, plant_county
from wushe.accounts.models import User
from wushe.regions.models import Region


@dataclass(frozen=True, slots=True)
class Cast:
    """A county with its policy, and the people who answer for its needs."""

    place: County
    home: Region
    worker: User
    head: User
    county: User


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@planted_once
def make_cast() -> Cast:
    place = plant_county()
    load_policy(place.county)
    home = place.communities[0]
    return Cast(
        place,
        home,
        worker=make_holder("community_worker", region=home),
        head=make_holder("town_station_head", region=place.town),
        county=make_holder("county_station", region=place.county),
    )
