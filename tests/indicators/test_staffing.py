from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.cast import Cast
from tests.workforce.factories import AT, ISSUED, ON, certify, make_worker, place
from wushe.indicators.queries import MEASURES, Facts, Status, standing_of
from wushe.regions.models import Region
from wushe.workforce.actions import end_posting

pytestmark = pytest.mark.django_db


def figure(measure: str, place: Region, on: date = ON):
    return MEASURES[measure]([place], Facts(place, on)).get(place.pk)


def test_a_station_has_the_people_who_are_posted_there_on_the_day(cast: Cast):
    town = cast.county.town
    posting = place(cast, make_worker(cast), body=cast.station.body)
    licensed = make_worker(cast, 2)
    certify(cast, licensed)
    place(cast, licensed, body=cast.station.body)
    place(cast, make_worker(cast, 3), body=cast.station.body, full_time=False)
    assert figure("town_station_staff", town).numerator == Decimal(2)
    professionals = figure("town_station_professionals", town)
    assert (professionals.numerator, [row.counted for row in professionals.rows]) == (Decimal(1), [False, True])
    assert professionals.rows[0].name == professionals.rows[0].number
    end_posting(posting=posting, until=ON, reason="到期", by=cast.head, at=AT)
    assert figure("town_station_staff", town).numerator == Decimal(1)
    assert figure("town_station_staff", town, ON - timedelta(days=1)).numerator == Decimal(2)
    assert figure("town_station_professionals", town, ISSUED) is None


def test_a_place_without_a_station_has_nobody_and_a_station_that_says_nothing_no_data(cast: Cast):
    results = {result.place: result for result in standing_of(cast.county.county, ON, "town-station-staff").results}
    assert results[cast.county.town].status == Status.NO_DATA
    assert (results[cast.county.other_town].status, results[cast.county.other_town].gap) == (Status.SHORT, Decimal(3))
