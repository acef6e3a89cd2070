from datetime import date
from decimal import Decimal

import pytest

from tests.cast import Cast
from tests.policies.factories import load_policy
from tests.workforce.factories import AT, ON, certify, make_worker, place
from wushe.accounts.queries import Scope
from wushe.workforce.actions import end_posting
from wushe.workforce.queries import allowances_of

pytestmark = pytest.mark.django_db
APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


def lines(cast: Cast, first: date, on: date = ON) -> list[tuple[str, int, Decimal]]:
    return [(row.rule.level, row.days, row.amount) for row in allowances_of(Scope(regions=(cast.county.county,)), first, on)]


@pytest.fixture
def amounts(cast: Cast) -> None:
    """The town pays by a policy of its own."""
    load_policy(cast.county.town, "example-quarterly")


def test_without_a_rule_nothing_is_paid(cast: Cast):
    worker = make_worker(cast)
    certify(cast, worker)
    place(cast, worker)
    assert lines(cast, MAY) == []


@pytest.mark.usefixtures("amounts")
def test_days_in_the_post_and_the_highest_certificate_of_the_day_make_the_amount(cast: Cast):
    worker = make_worker(cast)
    certify(cast, worker)
    certify(cast, worker, level="intermediate", certificate="2026", issued_on=date(2026, 4, 16))
    posting = place(cast, worker)
    assert lines(cast, APRIL) == [("assistant", 15, Decimal("50.00")), ("intermediate", 15, Decimal("100.00"))]
    end_posting(posting=posting, until=date(2026, 5, 11), reason="调离", by=cast.reviewer, at=AT)
    assert lines(cast, MAY) == [("intermediate", 10, Decimal("64.52"))]
    assert lines(cast, date(2026, 6, 1)) == []


@pytest.mark.usefixtures("amounts")
def test_part_time_posts_and_people_without_a_certificate_earn_none(cast: Cast):
    place(cast, make_worker(cast))
    second = make_worker(cast, 2)
    certify(cast, second)
    place(cast, second, full_time=False)
    assert lines(cast, MAY) == []


@pytest.mark.usefixtures("amounts")
def test_a_running_month_counts_up_to_the_day_and_a_month_to_come_not_at_all(cast: Cast):
    worker = make_worker(cast)
    certify(cast, worker)
    place(cast, worker)
    assert lines(cast, MAY, date(2026, 5, 10)) == [("assistant", 10, Decimal("32.26"))]
    assert lines(cast, date(2026, 7, 1)) == []


def test_a_rule_may_speak_of_some_positions_alone(cast: Cast):
    rule = ("extra: {monthly: 100}", "extra: {monthly: 100, positions: [community_worker]}")
    load_policy(cast.county.town, "example-quarterly", replace=(rule,))
    for order, position in ((1, "community_worker"), (2, "station_worker")):
        worker = make_worker(cast, order)
        certify(cast, worker, certificate=f"2022{order}")
        place(cast, worker, position=position)
    (line,) = allowances_of(Scope(regions=(cast.county.county,)), MAY, ON)
    assert (line.posting.position, line.amount) == ("community_worker", Decimal("100.00"))
    assert line.rule.origin.is_default


@pytest.mark.usefixtures("amounts")
def test_the_list_asks_the_same_number_of_questions_for_one_place_and_for_four(cast: Cast, django_assert_num_queries):
    scope = Scope(regions=(cast.county.county,))
    for order, region in enumerate(cast.county.communities, start=1):
        worker = make_worker(cast, order)
        certify(cast, worker, certificate=f"2022{order}")
        place(cast, worker, region=region, position="community_worker")
        if order in (1, 4):
            with django_assert_num_queries(3):
                assert len(allowances_of(scope, MAY, ON)) == order
