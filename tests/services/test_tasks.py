"""What towns are reminded of day by day about agencies at work."""

from datetime import date, datetime, time, timedelta

import pytest

from tests import stories
from tests.cast import Cast
from wushe.inbox.models import Todo
from wushe.kernel.clock import POLICY_ZONE
from wushe.services.actions import enter_station, set_room_end
from wushe.services.tasks import ask_about_free_rooms

pytestmark = pytest.mark.django_db


def asked(cast: Cast, day: date) -> list[date]:
    at = datetime.combine(day, time(1), tzinfo=POLICY_ZONE)
    ask_about_free_rooms(at=at)
    mine = Todo.objects.open().for_user(cast.head, at).filter(step="set_room_end")
    return [todo.due_at.date() for todo in mine if todo.due_at]


def test_a_town_is_asked_about_a_free_room_from_thirty_days_before_its_end_until_it_says_what_becomes_of_it(cast: Cast):
    project = stories.contracted(cast)
    entry = enter_station(project_id=project.pk, draft=stories.entry_draft(cast), by=cast.managers[0], at=stories.ENTERED)
    end = entry.room_until
    assert asked(cast, end - timedelta(days=31)) == []
    assert asked(cast, end - timedelta(days=30)) == [end]
    assert asked(cast, end + timedelta(days=3)) == [end]
    longer = end + timedelta(days=90)
    set_room_end(project_id=project.pk, until=longer, by=cast.head, at=stories.HELD)
    assert not Todo.objects.open().filter(step="set_room_end").exists()
    assert asked(cast, end + timedelta(days=4)) == []
    assert asked(cast, longer) == [longer]


def test_a_room_that_is_paid_for_is_nobodys_to_do(cast: Cast):
    project = stories.contracted(cast)
    draft = stories.entry_draft(cast, room_is_free=False)
    enter_station(project_id=project.pk, draft=draft, by=cast.managers[0], at=stories.ENTERED)
    assert asked(cast, project.agreement.ends_on) == []
