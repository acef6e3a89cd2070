"""What the house does once a day by itself: to-dos that nobody's step would bring up, and clearing away what is over.

Work is registered in `wushe.config.wiring`. It is told the moment alone and looks at how things stand then, so that days on which nothing
ran are made up for by the next one that runs.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from django.db import InterfaceError, OperationalError, connection, transaction

from wushe.kernel.clock import local_date
from wushe.kernel.models import DailyRun

logger = logging.getLogger("wushe.daily")
TRY_AGAIN_AFTER = timedelta(hours=1)
# who comes second waits here until the first has done it, and then has nothing to do
TAKE = """
INSERT INTO kernel_daily_run AS run (work, day, ran_at, failed) VALUES (%(work)s, %(day)s, %(at)s, false)
ON CONFLICT (work, day) DO UPDATE SET ran_at = %(at)s, failed = false WHERE run.failed AND run.ran_at <= %(failed_before)s
RETURNING id
"""


class Work(Protocol):
    """What is done; it may be done again on the same day without harm."""

    def __call__(self, *, at: datetime) -> object: ...


@dataclass(frozen=True, slots=True)
class DailyWork:
    """A piece of work with the name under which its days are kept."""

    name: str
    do: Work


@dataclass(frozen=True, slots=True)
class LastRun:
    """On which day a piece of work was last done, if ever, and whether the last try failed."""

    name: str
    day: date | None
    failed: bool


_works: list[DailyWork] = []


def add_daily_work(work: DailyWork) -> None:
    """Make a piece of work known. Called once at start."""
    if work not in _works:
        _works.append(work)


def run_daily(*, at: datetime, failed_before: datetime | None = None) -> dict[str, bool]:
    """Do what is not done yet on the day of the moment, each in a transaction of its own. By name, whether it went well.

    What failed is tried again if that was by `failed_before`; an hour ago unless said otherwise.
    """
    day = local_date(at)
    limit = at - TRY_AGAIN_AFTER if failed_before is None else failed_before
    done = set(DailyRun.objects.filter(day=day, failed=False).values_list("work", flat=True))
    found = {work.name: _run(work, day, at, limit) for work in _works if work.name not in done}
    return {name: went_well for name, went_well in found.items() if went_well is not None}


def last_runs() -> list[LastRun]:
    """How every piece of work stands, in the order in which they are registered."""
    rows = DailyRun.objects.order_by("work", "-day").distinct("work")
    last = {row.work: row for row in rows}
    done = dict(DailyRun.objects.filter(failed=False).order_by("work", "-day").distinct("work").values_list("work", "day"))
    return [LastRun(work.name, done.get(work.name), work.name in last and last[work.name].failed) for work in _works]


def _run(work: DailyWork, day: date, at: datetime, failed_before: datetime) -> bool | None:
    """Whether it went well; None when another process has done it, or it failed a moment ago."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(TAKE, {"work": work.name, "day": day, "at": at, "failed_before": failed_before})
            taken = cursor.fetchone()
        if taken is None:
            return None
        went_well = _done(work.do, work.name, at)
        if not went_well:
            DailyRun.objects.filter(pk=taken[0]).update(failed=True)
        return went_well


def _done(do: Callable[..., object], name: str, at: datetime) -> bool:
    try:
        with transaction.atomic():
            do(at=at)
    except (InterfaceError, OperationalError):
        raise  # the database is not there: nothing can be kept of it
    except Exception:  # whatever it was, the other work shall be done
        logger.exception("daily work failed", extra={"work": name})
        return False
    return True
