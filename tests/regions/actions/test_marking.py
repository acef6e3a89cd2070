from datetime import date

import pytest

from tests.regions.factories import plant_county
from wushe.audit.queries import entries_of
from wushe.kernel.actors import SYSTEM
from wushe.kernel.clock import now
from wushe.kernel.errors import FieldRequired
from wushe.regions.actions import record_population, set_coverage, set_settlement
from wushe.regions.errors import ChangeInFuture, ChangeTooEarly, UnknownPlace
from wushe.regions.models import Level, Region, Settlement
from wushe.regions.queries import PlacesOn, counted_communities
from wushe.regions.rules import default_settlement

pytestmark = pytest.mark.django_db


def mark(region, settlement, on):
    return set_settlement(region_id=region.pk, settlement=settlement, on=on, by=SYSTEM, at=now())


def test_a_village_that_becomes_urban_was_rural_before():
    village = plant_county().village
    assert PlacesOn(date(2024, 1, 1)).settlement(village) == Settlement.RURAL
    mark(village, Settlement.URBAN, date(2024, 1, 1))
    mark(village, Settlement.RURAL, date(2025, 1, 1))
    village.refresh_from_db()
    days = (date(2023, 12, 31), date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 1))
    assert [PlacesOn(day).settlement(village) for day in days] == ["rural", "urban", "urban", "rural"]
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
    set_coverage(region_id=place.village.pk, counts=False, on=date(2024, 1, 1), by=SYSTEM, at=now())
    assert list(counted_communities(place.county)) == list(place.communities)
    assert entries_of("region", place.village.code).get().data == {"counts": False, "on": "2024-01-01"}
    counted = [
        Region.objects.filter(PlacesOn(day).counted(), pk=place.village.pk).count() for day in (date(2023, 12, 31), date(2024, 1, 1))
    ]
    assert counted == [1, 0]


def test_coverage_is_set_neither_in_future_nor_before_the_last_change():
    village = plant_county().village
    set_coverage(region_id=village.pk, counts=False, on=date(2024, 1, 1), by=SYSTEM, at=now())
    with pytest.raises(ChangeTooEarly):
        set_coverage(region_id=village.pk, counts=True, on=date(2024, 1, 1), by=SYSTEM, at=now())
    with pytest.raises(ChangeInFuture):
        set_coverage(region_id=village.pk, counts=True, on=date(9999, 1, 1), by=SYSTEM, at=now())


def test_an_unknown_region_is_refused():
    with pytest.raises(UnknownPlace):
        set_coverage(region_id=0, counts=False, on=date(2024, 1, 1), by=SYSTEM, at=now())


def count(region, residents, year=2024, source="统计年鉴"):
    return record_population(region_id=region.pk, year=year, residents=residents, source=source, by=SYSTEM, at=now())


def test_a_second_count_of_a_year_corrects_the_first():
    village = plant_county().village
    count(village, 900)
    count(village, 950)
    count(village, 970, year=2025)
    assert list(village.populations.order_by("year").values_list("year", "residents")) == [(2024, 950), (2025, 970)]
    assert [entry.verb for entry in entries_of("region", village.code)] == ["regions.population_recorded"] * 3


def test_a_count_says_where_it_comes_from_and_is_not_of_the_future():
    village = plant_county().village
    with pytest.raises(FieldRequired):
        count(village, 900, source=" ")
    with pytest.raises(ChangeInFuture):
        count(village, 900, year=9999)
    with pytest.raises(UnknownPlace):
        record_population(region_id=0, year=2024, residents=1, source="统计年鉴", by=SYSTEM, at=now())


@pytest.mark.parametrize(
    ("code", "level", "kind"),
    [
        ("130102000000", Level.COUNTY, "urban"),
        ("130123000000", Level.COUNTY, "rural"),
        ("130102001000", Level.TOWN, "urban"),
        ("130123100000", Level.TOWN, "rural"),
        ("130123200000", Level.TOWN, "rural"),
        ("130102001001", Level.COMMUNITY, "urban"),
        ("130123200201", Level.COMMUNITY, "rural"),
        ("130100000000", Level.CITY, ""),
    ],
)
def test_the_code_says_what_is_urban(code, level, kind):
    assert default_settlement(code, level) == kind
