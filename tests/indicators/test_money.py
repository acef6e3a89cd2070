"""What the book says of promised money."""

from datetime import timedelta
from decimal import Decimal

from tests.cast import GRANT, Cast, grant, moment
from tests.policies.factories import load_policy
from wushe.indicators.queries import Result, Status, standing_of
from wushe.kernel.clock import local_date
from wushe.ledger.actions import Allotment, allot_to_body, open_source
from wushe.stations.queries import standing_of as standing_of_station

AT = moment(3, 12)
ON = local_date(AT)


def allot(cast: Cast, amount: int) -> str:
    draft = Allotment(source=cast.source.number, body=cast.station.body, amount=Decimal(amount), voucher_no="拨-1", occurred_on=ON)
    return allot_to_body(draft=draft, by=cast.finance, at=AT).number


def of_town(cast: Cast, on=ON) -> Result:
    found = standing_of(cast.county.county, on, "town-station-money")
    return next(result for result in found.results if result.place.pk == cast.station.region_id)


def test_a_county_that_books_no_station_money_says_nothing(cast: Cast):
    assert of_town(cast).status == Status.NO_DATA


def test_the_year_s_allotments_of_a_station_are_added_up(cast: Cast):
    numbers = [allot(cast, 12_000), allot(cast, 7_999)]
    result = of_town(cast)
    assert (result.status, result.gap) == (Status.SHORT, Decimal(1))
    assert [row.number for row in result.figure.rows] == numbers
    allot(cast, 1)
    assert of_town(cast).status == Status.MET


def test_only_money_of_the_public_budget_is_county_finance(cast: Cast):
    donated = open_source(draft=grant(cast.county, kind="donation", name="慈善捐赠"), by=cast.finance, at=AT)
    draft = Allotment(source=donated.number, body=cast.station.body, amount=Decimal(20_000), voucher_no="捐-1", occurred_on=ON)
    number = allot_to_body(draft=draft, by=cast.finance, at=AT).number
    result = of_town(cast)
    assert (result.status, result.figure.value, result.gap) == (Status.SHORT, 0, Decimal(20_000))
    assert [(row.number, row.counted) for row in result.figure.rows] == [(number, False)]
    booked = {each.item.code: each.known for each in standing_of_station(cast.station, ON)}
    assert booked["money"] == 0
    allot(cast, 500)
    assert of_town(cast).figure.value == 500


def test_a_new_year_begins_with_nothing(cast: Cast):
    allot(cast, 20_000)
    assert of_town(cast, ON.replace(year=ON.year + 1)).status == Status.NO_DATA
    assert of_town(cast, ON - timedelta(days=1)).status == Status.NO_DATA


def test_a_station_without_money_in_a_county_that_books_it_has_nought(cast: Cast):
    allot(cast, 20_000)
    found = standing_of(cast.county.county, ON, "town-station-money")
    others = [result for result in found.results if result.place.pk != cast.station.region_id]
    assert others
    assert {result.figure.numerator for result in others} == {Decimal(0)}


def of_county(cast: Cast) -> Result:
    found = standing_of(cast.county.province, ON, "lottery-money")
    return next(result for result in found.results if result.place == cast.county.county)


def test_lottery_money_is_what_the_level_s_own_lottery_sources_hold(cast: Cast):
    load_policy(cast.county.province, "hubei-2021")
    assert (of_county(cast).status, of_county(cast).figure.rows) == (Status.SHORT, ())
    lottery = open_source(draft=grant(cast.county, kind="welfare_lottery", name="福彩公益金"), by=cast.finance, at=AT)
    result = of_county(cast)
    assert (result.status, result.figure.numerator) == (Status.MET, GRANT)
    assert [row.number for row in result.figure.rows] == [lottery.number]


def test_a_level_without_any_source_of_the_year_says_nothing_of_lottery_money(cast: Cast):
    load_policy(cast.county.province, "hubei-2021")
    found = standing_of(cast.county.province, ON, "lottery-money")
    assert {result.status for result in found.results if result.place != cast.county.county} == {Status.NO_DATA}
