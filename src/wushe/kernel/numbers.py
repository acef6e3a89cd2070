"""Stable public numbers: `need-610326-2026-000123`. A number is drawn in the transaction that uses it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db import connection

DRAW = """
INSERT INTO kernel_counter (series, last) VALUES (%s, 1)
ON CONFLICT (series) DO UPDATE SET last = kernel_counter.last + 1
RETURNING last
"""
DRAW_MANY = """
INSERT INTO kernel_counter (series, last) VALUES (%s, %s)
ON CONFLICT (series) DO UPDATE SET last = kernel_counter.last + excluded.last
RETURNING last
"""


def draw(kind: str, *, place: str, on: date) -> str:
    """The next number of the kind for a place (six digits of the county) and year. Two callers never get the same."""
    series = f"{kind}-{place}-{on.year}"
    return f"{series}-{serial(series):06d}"


def serial(series: str) -> int:
    """The next number of a series, from 1."""
    with connection.cursor() as cursor:
        cursor.execute(DRAW, [series])
        (last,) = cursor.fetchone()
    return int(last)


def draw_many(kind: str, *, place: str, on: date, count: int) -> list[str]:
    """The next numbers of the kind, in one go."""
    series = f"{kind}-{place}-{on.year}"
    with connection.cursor() as cursor:
        cursor.execute(DRAW_MANY, [series, count])
        (last,) = cursor.fetchone()
    return [f"{series}-{number:06d}" for number in range(last - count + 1, last + 1)]


def draw_each(kind: str, *, places: Sequence[str], on: date) -> list[str]:
    """The next number of the kind for each of the places, in their order."""
    counts = sorted(Counter(places).items())
    drawn = {place: iter(draw_many(kind, place=place, on=on, count=count)) for place, count in counts}
    return [next(drawn[place]) for place in places]
