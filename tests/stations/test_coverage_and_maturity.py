"""How far stations cover the places that count, and how far each has come."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.accounts.factories import make_holder
from tests.policies.factories import load_policy
from tests.regions.factories import make_region, plant_county
from tests.stations.factories import ON, make_station
from wushe.regions.models import Level, Region
from wushe.stations.models import StationLevel
from wushe.stations.queries import coverage_below, coverage_line, maturity_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return plant_county()


@pytest.fixture
def clerk(place):
    return make_holder("county_station", region=place.county)


def test_coverage_is_drawn_against_the_steps_on_real_streets_only(place, clerk, django_assert_num_queries):
    load_policy(place.province, "hubei-2021")
    make_region("990326901", "试验区", Level.TOWN, place.county, counts_for_coverage=False)
    pseudo = Region.objects.get(name="试验区")
    make_station(clerk, pseudo, opened_on=date(2021, 1, 1))
    make_station(clerk, place.town, opened_on=date(2021, 6, 1))
    line = coverage_line(place.province, StationLevel.TOWN, ON)
    assert (line.today.reached, line.today.places, line.today.share) == (1, 2, 0.5)
    assert [(step.due_on.year, step.value) for step in line.steps] == [
        (2021, Decimal("0.3")), (2022, Decimal("0.5")), (2023, Decimal("0.7")), (2024, Decimal(1)),
    ]  # fmt: skip
    found = {moment.on: (moment.share, moment.step) for moment in line.moments}
    assert found[date(2021, 6, 30)] == (0.5, None)
    assert found[date(2021, 12, 31)] == (0.5, Decimal("0.3"))
    assert found[date(2023, 12, 31)] == (0.5, Decimal("0.7"))
    assert found[ON] == (0.5, Decimal(1))
    assert (line.meant, line.next_step, line.opened, line.full_on) == (True, None, 0, None)
    assert not coverage_line(place.county, StationLevel.TOWN, ON).meant
    assert coverage_below(place.province, StationLevel.TOWN, ON) == [(place.city, 1, 2)]
    assert coverage_below(place.town, StationLevel.TOWN, ON) == []


def test_the_pace_of_the_last_twelve_months_leads_to_a_day(place, clerk):
    load_policy(place.county)
    make_station(clerk, place.town, opened_on=ON - timedelta(days=100))
    line = coverage_line(place.county, StationLevel.TOWN, ON)
    assert (line.opened, line.full_on, line.steps) == (1, ON + timedelta(days=365), ())
    make_station(clerk, place.other_town, opened_on=ON)
    assert coverage_line(place.county, StationLevel.TOWN, ON).full_on is None


def test_days_to_come_have_a_step_and_no_share(place, clerk):
    load_policy(place.province, "hubei-2021")
    make_station(clerk, place.town, opened_on=date(2021, 6, 1))
    line = coverage_line(place.province, StationLevel.TOWN, date(2023, 3, 1))
    last = line.moments[-1]
    assert (last.on, last.share, last.step) == (date(2024, 12, 31), None, Decimal(1))
    assert line.next_step.due_on == date(2023, 12, 31)


def test_a_station_that_is_open_is_covered_and_not_yet_standardised(place, clerk):
    load_policy(place.county)
    station = make_station(clerk, place.town)
    found = maturity_of([station], ON)[station.pk]
    assert found.stage.code == "covered"
    judged = {each.criterion.code: (each.met, each.actual) for _stage, criteria in found.stages for each in criteria}
    assert judged["standard"] == (False, Decimal(1) / 8)
    assert judged["inspected"] == (None, None)
    assert judged["room_use"] == (None, None)
    assert judged["duties"] == (False, Decimal(0))
