from datetime import timedelta

from tests.needs.factories import AT, make_need
from wushe.kernel.clock import local_date
from wushe.needs.actions import mark_duplicate
from wushe.needs.facts import needs_reported


def test_each_need_is_one_row_from_the_day_it_was_told(cast):
    need = make_need(cast.home)
    make_need(cast.home, at=AT + timedelta(days=1))
    twice = make_need(cast.home)
    mark_duplicate(need_id=twice.pk, of_id=need.pk, by=cast.head, at=AT)
    assert [(row.pk, row.settlement) for row in needs_reported(local_date(AT))] == [(need.pk, "urban")]
    assert needs_reported(local_date(AT - timedelta(days=1))).count() == 0
    assert needs_reported(local_date(AT + timedelta(days=1))).count() == 2
