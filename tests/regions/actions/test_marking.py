from datetime import date

import pytest

from tests.regions.factories import plant_county
from wushe.audit.queries import entries_of
from wushe.kernel.actors import SYSTEM
from wushe.kernel.clock import now
from wushe.regions.actions import set_coverage, set_settlement
from wushe.regions.errors import ChangeInFuture, ChangeTooEarly, UnknownPlace
from wushe.regions.models import Settlement
from wushe.regions.queries import counted_communities, settlement_on

pytestmark = pytest.mark.django_db


def mark(region, settlement, on):
    return set_settlement(region_id=region.pk, settlement=settlement, on=on, by=SYSTEM, at=now())


def test_a_village_that_becomes_urban_was_rural_before():
    village = plant_county().village
    assert settlement_on(village, date(2024, 1, 1)) == Settlement.RURAL
    mark(village, Settlement.URBAN, date(2024, 1, 1))
    mark(village, Settlement.RURAL, date(2025, 1, 1))
    village.refresh_from_db()
    days = (date(2023, 12, 31), date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 1))
    assert [settlement_on(village, day) for day in days] == ["rural", "urban", "urban", "rural"]
    assert village.settlement == Settlement.RURAL
    entries = entries_of("region", village.code)
    assert entries.first().data == {"from": "rural", "to": "urban", "on": "2024-01-01"}


def test_a_settlement_is_set_neither_in_future_nor_before_the_last_change():
    village = plant_county().village
    mark(village, Settlement.URBAN, date(2024, 1, 1))
    with pytest.raises(ChangeTooEarly):
        mark(village, Settlement.RURAL, date(2024, 1, 1))
    with pytest.raises(ChangeInFuture):
        mark(village, Settlement.RURAL, date(9999, 1, 1))


def test_a_region_taken_out_of_coverage_is_not_counted():
    place = plant_county()
    set_coverage(region_id=place.village.pk, counts=False, by=SYSTEM, at=now())
    assert list(counted_communities(place.county)) == list(place.communities)
    assert entries_of("region", place.village.code).get().data == {"counts": False}


def test_an_unknown_region_is_refused():
    with pytest.raises(UnknownPlace):
        set_coverage(region_id=0, counts=False, by=SYSTEM, at=now())
