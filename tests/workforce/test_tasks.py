"""What counties and towns are reminded of day by day about their people."""

from datetime import datetime

import pytest

from tests.cast import Cast, moment
from tests.policies.factories import load_policy
from tests.workforce.factories import AT, ON, make_worker, place
from wushe.inbox.models import Todo
from wushe.policies.queries import policy_for
from wushe.workforce.actions import end_posting
from wushe.workforce.tasks import ask_for_leaders

pytestmark = pytest.mark.django_db


def asked(at: datetime) -> list[str]:
    ask_for_leaders(at=at)
    return sorted(Todo.objects.open().filter(step="name_leader").values_list("subject", flat=True))


def test_a_leader_is_asked_for_where_the_policy_wants_one_and_people_are_known(cast: Cast):
    home = cast.county.communities[0]
    place(cast, make_worker(cast, region=home), region=home, position="community_worker")
    assert asked(AT) == []
    load_policy(cast.county.county, "xiamen-2014")
    assert asked(AT) == [home.code]
    due = policy_for(cast.county.county, ON).deadline("leader.naming_period", ON)
    assert Todo.objects.open().for_user(cast.head, AT).get(step="name_leader").due_at == due
    head = make_worker(cast, 2, region=home)
    posting = place(cast, head, region=home, position="community_head", is_leader=True)
    assert not Todo.objects.open().filter(step="name_leader").exists()
    end_posting(posting=posting, until=ON, reason="退休", by=cast.reviewer, at=AT)
    assert asked(moment(6, 2)) == [home.code]
