from datetime import date
from decimal import Decimal

import pytest

from tests.cast import Cast
from tests.policies.factories import load_policy
from tests.workforce.factories import AT, certify, make_worker, place
from wushe.accounts.queries import Scope
from wushe.workforce.actions import end_posting
from wushe.workforce.queries import allowances_of

pytestmark = pytest.mark.django_db
APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


def lines(cast: Cast, first: date) -> list[tuple[str, int, Decimal]]:
    return [(row.level, row.days, row.amount) for row in allowances_of(Scope(regions=(cast.county.county,)), first)]


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
