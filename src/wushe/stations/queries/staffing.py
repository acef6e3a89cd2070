"""How many people stations have. The register of workers stands on a higher floor and is made known at start."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class StaffCount:
    """People who work full time at a station on a day, and how many of them have a certificate."""

    full_time: int
    licensed: int


# by the ids of bodies: those of which nothing is known are missing
Counter = Callable[[Iterable[int], date], Mapping[int, StaffCount]]

_counters: list[Counter] = []


def count_staff_with(counter: Counter) -> None:
    """Let a register say who works at stations. Called once at start."""
    if counter not in _counters:
        _counters.append(counter)


def counted_staff(body_ids: Iterable[int], on: date) -> dict[int, StaffCount]:
    """What the registers know, by the stations' bodies."""
    ids = list(body_ids)
    return {body: count for counter in _counters for body, count in counter(ids, on).items()}
