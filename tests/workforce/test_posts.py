from datetime import date, timedelta

import pytest

from tests.workforce.factories import AT, JOINED, ON, make_posts, make_worker, place
from wushe.accounts.queries import scope_of
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted
from wushe.policies.errors import UnknownCode
from wushe.workforce.actions import end_posting, give_up_posts
from wushe.workforce.errors import BodyElsewhere, NotYet, OutOfOrder, PostsGivenUp
from wushe.workforce.models import Establishment
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import establishment_by_number, posts_in
from wushe.workforce.rules import Span, vacancy

pytestmark = pytest.mark.django_db
TOMORROW = ON + timedelta(days=1)


def scope(user):
    return scope_of(user, Permission.VIEW_WORKERS, ON)


def test_posts_stand_beside_who_fills_them(cast):
    make_posts(cast, posts=2, since=date(2026, 1, 1), body=cast.station.body)
    worker = make_worker(cast)
    posting = place(cast, worker, body=cast.station.body)
    (found,) = posts_in(scope(cast.head), ON)
    standing = found.standing
    assert (standing.required, standing.filled, standing.vacant) == (2, 1, 1)
    assert (standing.since, standing.days, standing.days_this_year) == (date(2026, 1, 1), 152, 152)
    assert found.place == cast.station.body.name
    end_posting(posting=posting, until=date(2026, 5, 30), reason="到期", by=cast.head, at=AT)
    (found,) = posts_in(scope(cast.head), ON)
    assert (found.standing.filled, found.standing.days_this_year) == (0, 155)


def test_documents_add_up_and_other_towns_see_nothing(cast):
    make_posts(cast)
    make_posts(cast, posts=2, document="县人社发〔2026〕9号")
    (found,) = posts_in(scope(cast.auditor), ON)
    assert (found.standing.required, len(found.documents)) == (3, 2)
    assert posts_in(scope(cast.other_head), ON) == []
    with pytest.raises(NotFound):
        establishment_by_number(found.documents[0].number, scope(cast.other_head))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"document": " "}, FieldRequired),
        ({"posts": 0}, FieldRequired),
        ({"since": TOMORROW}, NotYet),
        ({"position": "wizard"}, UnknownCode),
    ],
)
def test_what_cannot_be_true_is_refused(cast, change, refusal):
    with pytest.raises(refusal):
        make_posts(cast, **change)
    assert not Establishment.objects.exists()


def test_posts_of_a_station_stand_where_it_stands(cast):
    with pytest.raises(BodyElsewhere):
        make_posts(cast, region=cast.county.other_town, body=cast.station.body)


def test_others_set_up_and_give_up_nothing(cast):
    row = make_posts(cast)
    for other in (cast.worker, cast.community, cast.other_head, cast.auditor):
        with pytest.raises(NotPermitted):
            make_posts(cast, by=other)
        with pytest.raises(NotPermitted):
            give_up_posts(establishment=row, until=ON, reason="撤并", by=other, at=AT)


def test_posts_are_given_up_once_with_a_day_and_a_reason(cast):
    row = make_posts(cast)
    for until, reason, refusal in ((JOINED, "撤并", OutOfOrder), (TOMORROW, "撤并", NotYet), (ON, " ", FieldRequired)):
        with pytest.raises(refusal):
            give_up_posts(establishment=row, until=until, reason=reason, by=cast.head, at=AT)
    give_up_posts(establishment=row, until=ON, reason="撤并", by=cast.head, at=AT)
    assert posts_in(scope(cast.head), ON) == []
    with pytest.raises(PostsGivenUp):
        give_up_posts(establishment=row, until=ON, reason="撤并", by=cast.head, at=AT)


def test_a_vacancy_counts_post_days_of_the_year_up_to_the_day():
    required = [Span(date(2025, 1, 1), None, posts=2)]
    filled = [Span(date(2025, 1, 1), date(2026, 1, 11)), Span(date(2026, 1, 21), None)]
    found = vacancy(required, filled, date(2026, 1, 31))
    assert (found.required, found.filled, found.vacant, found.since) == (2, 1, 1, date(2025, 1, 1))
    assert found.days_this_year == 10 * 1 + 10 * 2 + 11 * 1


def test_more_people_than_posts_are_no_vacancy():
    found = vacancy([Span(date(2026, 1, 1), None)], [Span(date(2026, 1, 1), None), Span(date(2026, 1, 1), None)], ON)
    assert (found.vacant, found.since, found.days) == (0, None, 0)
