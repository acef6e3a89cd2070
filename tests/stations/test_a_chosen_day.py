"""A station against its standard on any day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.cast import Cast, moment
from tests.workforce.factories import certify, make_worker, place
from wushe.stations.actions import CheckDraft, FindingDraft, RemedyDraft, inspect_station, plan_remedy
from wushe.stations.queries import standing_of, unplanned
from wushe.workforce.actions import end_posting

pytestmark = pytest.mark.django_db
LOOKED, ON = date(2026, 5, 1), date(2026, 6, 1)


def inspect(cast: Cast, *, day: date, area: int, staff: int) -> None:
    numbers = {"area": Decimal(area), "staff": Decimal(staff), "professionals": Decimal(0)}
    findings = [FindingDraft(code, value=value, evidence="实地查看") for code, value in numbers.items()]
    findings += [FindingDraft(code) for code in ("office", "casework", "group_work", "meeting")]
    at = moment(day.month, day.day)
    inspect_station(station=cast.station, draft=CheckDraft(day, tuple(findings)), by=cast.reviewer, at=at)


def item(cast: Cast, code: str, on: date):
    return next(standing for standing in standing_of(cast.station, on) if standing.item.code == code)


def test_who_is_posted_on_the_day_decides_whatever_an_inspection_once_saw(cast: Cast):
    inspect(cast, day=LOOKED, area=66, staff=3)
    assert (item(cast, "staff", ON).found.met, item(cast, "staff", ON).met) == (True, None)
    workers = [make_worker(cast, order) for order in (1, 2, 3)]
    certify(cast, workers[0])
    postings = [place(cast, worker, body=cast.station.body, since=date(2026, 3, 1)) for worker in workers]
    assert (item(cast, "staff", ON).known, item(cast, "staff", ON).met) == (3, True)
    assert item(cast, "professionals", ON).met is True
    end_posting(posting=postings[0], until=ON, reason="调离", by=cast.reviewer, at=moment(6, 1))
    assert (item(cast, "staff", ON).known, item(cast, "staff", ON).met) == (2, False)
    assert item(cast, "professionals", ON).met is False
    assert item(cast, "staff", ON - timedelta(days=1)).met is True
    assert item(cast, "staff", date(2026, 2, 28)).met is None


def test_a_past_day_knows_no_later_look_and_no_later_remedy(cast: Cast):
    inspect(cast, day=LOOKED, area=58, staff=3)
    draft = RemedyDraft("area", "rebuild", "腾出二楼两间办公室", ON + timedelta(days=60))
    plan_remedy(station=cast.station, draft=draft, by=cast.head, at=moment(5, 20))
    inspect(cast, day=ON, area=64, staff=3)
    assert [item(cast, "area", day).met for day in (LOOKED, ON - timedelta(days=1), ON)] == [False, False, True]
    assert [item(cast, "area", day).remedy is None for day in (LOOKED, ON)] == [True, False]
    assert ["area" in unplanned([cast.station], day)[cast.station.pk] for day in (LOOKED, ON)] == [True, False]
