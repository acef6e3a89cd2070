"""What stations are reminded of day by day."""

from datetime import date, datetime

import pytest

from tests.cast import Cast, moment
from wushe.accounts.models import User
from wushe.inbox.models import Todo
from wushe.stations.actions import DutyDraft, close_station, record_duty, withdraw_duty
from wushe.stations.tasks import ask_for_duties

pytestmark = pytest.mark.django_db


def asked(cast: Cast, at: datetime, by: User | None = None) -> list[date]:
    """The days by which the station's duties are due for this person, after the work of the day."""
    ask_for_duties(at=at)
    mine = Todo.objects.open().for_user(by or cast.head, at).filter(step="record_duty", subject=cast.station.number)
    return [todo.due_at.date() for todo in mine if todo.due_at]


def record(cast: Cast, at: datetime, *duties: str, month: int = 3) -> None:
    for duty in duties:
        draft = DutyDraft(duty, 2026, month, at.date(), words="召开项目推进会")
        record_duty(station=cast.station, draft=draft, by=cast.head, at=at)


def test_a_station_is_asked_in_the_last_days_of_a_month_until_every_duty_of_it_is_shown(cast: Cast):
    assert asked(cast, moment(3, 25)) == []
    assert asked(cast, moment(3, 26)) == [date(2026, 3, 31)]
    assert asked(cast, moment(3, 27)) == [date(2026, 3, 31)]
    assert asked(cast, moment(3, 27), cast.worker) == [date(2026, 3, 31)]
    assert asked(cast, moment(3, 27), cast.other_head) == []
    record(cast, moment(3, 30), "projects")
    assert Todo.objects.open().filter(step="record_duty").count() == 1
    record(cast, moment(3, 30), "guide_communities")
    assert not Todo.objects.open().filter(step="record_duty").exists()
    assert asked(cast, moment(3, 31)) == []


def test_days_on_which_nothing_ran_are_made_up_for_and_what_is_taken_back_is_asked_again(cast: Cast):
    assert asked(cast, moment(4, 9)) == [date(2026, 3, 31)]
    record(cast, moment(4, 9), "projects", "guide_communities")
    assert asked(cast, moment(4, 10)) == []
    done = cast.station.duty_records.get(duty="projects")
    withdraw_duty(station=cast.station, record_id=done.pk, reason="误录", by=cast.head, at=moment(4, 10))
    assert asked(cast, moment(4, 11)) == [date(2026, 3, 31)]
    assert asked(cast, moment(1, 20, year=2027)) == [date(2026, 3, 31)]


def test_a_station_that_closes_is_asked_no_more(cast: Cast):
    assert len(asked(cast, moment(4, 9))) == 1
    close_station(station=cast.station, closed_on=date(2026, 4, 9), reason="撤并", by=cast.reviewer, at=moment(4, 9))
    assert not Todo.objects.open().filter(step="record_duty").exists()


def test_many_stations_are_asked_with_as_few_questions_as_one(cast: Cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        ask_for_duties(at=moment(4, 9))
