from calendar import monthrange
from collections.abc import Sequence
from datetime import date


def report_until(on: date, months: Sequence[int], day: int) -> date:
    """The last day of the report that is next on the day: the `day` of one of the months, or the month's last where it is shorter."""
    ends = (_day_in(year, month, day) for year in (on.year, on.year + 1) for month in sorted(months))
    return next(end for end in ends if end >= on)


def after_years(start: date, years: int) -> date:
    """The same day some years later; 29 February becomes 1 March."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 3, 1)


def months_before(on: date, months: int) -> date:
    """The same day some months earlier, or the last of its month where it is shorter."""
    order = on.year * 12 + on.month - 1 - months
    return _day_in(order // 12, order % 12 + 1, on.day)


def _day_in(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
