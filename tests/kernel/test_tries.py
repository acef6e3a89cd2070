from datetime import UTC, datetime, timedelta

import pytest

from wushe.kernel.errors import TooManySent
from wushe.kernel.models import Tries
from wushe.kernel.tries import Guarded, Sender, clear_old_tries, count_sent, count_try, forget_tries, take_back_try

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 12, 1, tzinfo=UTC)
DOOR = Guarded("door", "front", 3)


def tried(times: int, *, at: datetime = AT) -> list[int]:
    return [count_try(DOOR, at=at) for _ in range(times)]


def test_so_many_tries_are_free_and_the_next_waits():
    assert tried(4) == [0, 0, 0, 15]


def test_waiting_is_counted_from_the_last_free_try():
    tried(3)
    assert [count_try(DOOR, at=AT + timedelta(minutes=minutes)) for minutes in (5, 14, 15)] == [10, 1, 0]


def test_tries_long_ago_do_not_count():
    tried(2)
    assert tried(4, at=AT + timedelta(minutes=15)) == [0, 0, 0, 15]


def test_a_right_try_forgets_the_wrong_ones():
    tried(3)
    forget_tries(DOOR)
    assert tried(3) == [0, 0, 0]


def test_a_try_taken_back_leaves_the_others():
    tried(3)
    take_back_try(DOOR)
    assert tried(2) == [0, 15]


def test_each_thing_counts_for_itself():
    tried(4)
    assert [count_try(other, at=AT) for other in (Guarded("door", "back", 3), Guarded("window", "front", 3))] == [0, 0]


def test_what_was_typed_is_not_kept_and_goes_when_it_holds_nobody_back():
    tried(1)
    assert "front" not in Tries.objects.get().key
    clear_old_tries(at=AT + timedelta(minutes=14))
    assert Tries.objects.count() == 1
    clear_old_tries(at=AT + timedelta(minutes=15))
    assert Tries.objects.count() == 0


def test_one_sender_waits_after_so_many_things_and_a_shared_address_after_more():
    alone, shared = Sender("192.0.2.1"), Sender("192.0.2.2", is_shared=True)
    count_sent(alone, "letter", 1, at=AT)
    with pytest.raises(TooManySent) as held:
        count_sent(alone, "letter", 1, at=AT)
    assert held.value.minutes == 15
    for _ in range(10):
        count_sent(shared, "letter", 1, at=AT)
    with pytest.raises(TooManySent):
        count_sent(shared, "letter", 1, at=AT)
