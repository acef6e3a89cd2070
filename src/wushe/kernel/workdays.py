"""Working days. A calendar is values; where the values come from (packs, the published holiday list) is not its concern."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import chinese_calendar

from wushe.kernel.clock import POLICY_ZONE

SATURDAY = 5


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are working days: exceptions first, then the published list, then Monday to Friday."""

    exceptions: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, on: date) -> bool:
        """Whether offices work on the day. Years that the published list does not cover fall back to weekdays."""
        if on in self.exceptions:
            return self.exceptions[on]
        try:
            return bool(chinese_calendar.is_workday(on))
        except NotImplementedError:
            return on.weekday() < SATURDAY

    def add(self, start: date, days: int) -> date:
        """The day on which the n-th working day after `start` falls; the starting day is not counted."""
        current = start
        left = days
        while left > 0:
            current += timedelta(days=1)
            left -= self.is_working(current)
        return current

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`."""
        span = (end - start).days
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, span + 1))


def end_of_day(on: date) -> datetime:
    """The last second of the policy day, aware: when a clock of whole days runs out."""
    return datetime.combine(on, time(23, 59, 59), tzinfo=POLICY_ZONE)
