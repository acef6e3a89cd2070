from datetime import date
from itertools import pairwise

from wushe.organisations.errors import DatesOutOfOrder, DayInFuture


def refuse_disorder(on: date, **days: date | None) -> None:
    """Refuse days that lie after `on` or in another order than they are given. Days that are not known are passed over."""
    known = [(name, day) for name, day in days.items() if day is not None]
    for name, day in known:
        if day > on:
            raise DayInFuture(name=name, day=day)
    for (first, earlier), (second, later) in pairwise(known):
        if later < earlier:
            raise DatesOutOfOrder(first=first, second=second)
