"""Words of stations that the desk and the portal share."""

from collections.abc import Iterable
from datetime import time
from itertools import groupby

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wushe.stations.models import OpeningTime
from wushe.stations.queries import CommitmentState
from wushe.web.common.weekdays import WEEKDAYS

COMMITMENT_STATES = {
    CommitmentState.OPEN: _("still to come"),
    CommitmentState.OVERDUE: _("past its day"),
    CommitmentState.DELIVERED: _("kept in time"),
    CommitmentState.LATE: _("kept late"),
    CommitmentState.WITHDRAWN: _("taken back"),
}


def span_in_words(opens: time, closes: time) -> str:
    """From an hour until an hour."""
    return f"{opens:%H:%M}–{closes:%H:%M}"


def hours_by_day(times: Iterable[OpeningTime]) -> list[tuple[str, list[str]]]:
    """The days on which something is open, in the order of the hours, each with its spans; days in a row that are alike are one line."""
    runs: list[list[tuple[int, list[str]]]] = []
    for day, hours in groupby(times, key=lambda each: each.weekday):
        spans = [span_in_words(each.opens, each.closes) for each in hours]
        if runs and runs[-1][-1] == (day - 1, spans):
            runs[-1].append((day, spans))
        else:
            runs.append([(day, spans)])
    return [(_days(run[0][0], run[-1][0]), run[0][1]) for run in runs]


def _days(first: int, last: int) -> str:
    if first == last:
        return str(WEEKDAYS[first])
    return gettext("%(first)s to %(last)s") % {"first": WEEKDAYS[first], "last": WEEKDAYS[last]}


def hours_in_words(times: Iterable[OpeningTime], said: str = "") -> str:
    """The same in one line, after what the station says of its hours besides."""
    comma = gettext(", ")
    days = [f"{day} {comma.join(spans)}" for day, spans in hours_by_day(times)]
    return gettext("; ").join([said, *days] if said else days)
