"""Two requests with one key, over two real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

from wushe.kernel.turns import turn_of

pytestmark = pytest.mark.django_db(transaction=True)


def enter(key: bytes, inside: Event) -> None:
    try:
        with turn_of(key):
            inside.set()
    finally:
        connection.close()


def test_the_same_key_waits_and_another_does_not():
    waiting, other = Event(), Event()
    with ThreadPoolExecutor(2) as pool:
        with turn_of(b"one form of one person"):
            pool.submit(enter, b"one form of one person", waiting)
            pool.submit(enter, b"another form", other).result(timeout=30)
            assert (waiting.wait(0.2), other.is_set()) == (False, True)
        assert waiting.wait(30)


def test_a_turn_is_over_after_a_fault():
    with pytest.raises(ZeroDivisionError), turn_of(b"one form of one person"):
        raise ZeroDivisionError
    inside = Event()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(enter, b"one form of one person", inside)
        assert inside.wait(30)
