"""One at a time, over all processes of an installation."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

BYTES = 8  # of a key of the database's


@contextmanager
def turn_of(key: bytes) -> Iterator[None]:
    """Wait until nobody else is inside with this key. The database gives the turn back by itself when the process dies."""
    number = int.from_bytes(key[:BYTES], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [number])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
