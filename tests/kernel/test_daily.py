"""What the house does once a day by itself."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import moment
from wushe.kernel import daily
from wushe.kernel.daily import DailyWork, LastRun, add_daily_work, last_runs, run_daily
from wushe.kernel.models import DailyRun

AT = moment(6, 1)


@pytest.fixture
def done(monkeypatch) -> list[str]:
    """The days on which the one piece of work was done; it fails while "fail" is on top."""
    days: list[str] = []

    def note(*, at):
        if days[-1:] == ["fail"]:
            raise ValueError
        days.append(at.date().isoformat())

    monkeypatch.setattr(daily, "_works", [])
    add_daily_work(DailyWork("notes", note))
    return days


@pytest.mark.django_db
def test_work_is_done_once_a_local_day_and_again_on_the_next_that_comes(done):
    assert run_daily(at=AT) == {"notes": True}
    assert run_daily(at=AT + timedelta(hours=14, minutes=59)) == {}
    assert run_daily(at=AT + timedelta(hours=15)) == {"notes": True}
    assert run_daily(at=AT + timedelta(days=9)) == {"notes": True}
    assert len(done) == 3
    assert last_runs() == [LastRun("notes", date(2026, 6, 10), failed=False)]


@pytest.mark.django_db
def test_work_that_fails_stops_no_other_and_is_tried_again_after_an_hour_or_at_once_by_hand(done):
    add_daily_work(DailyWork("sums", lambda *, at: at))
    done.append("fail")
    assert run_daily(at=AT) == {"notes": False, "sums": True}
    assert last_runs() == [LastRun("notes", None, failed=True), LastRun("sums", AT.date(), failed=False)]
    done.clear()
    assert run_daily(at=AT + timedelta(minutes=59)) == {}
    assert run_daily(at=AT + timedelta(minutes=59), failed_before=AT) == {"notes": True}
    assert last_runs()[0] == LastRun("notes", AT.date(), failed=False)


@pytest.mark.django_db
def test_the_database_holds_one_row_for_a_work_and_a_day(done):
    run_daily(at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        DailyRun.objects.create(work="notes", day=AT.date(), ran_at=AT)


@pytest.mark.django_db(transaction=True)
def test_of_two_processes_at_one_moment_one_does_it(done):
    barrier, found = threading.Barrier(2), []

    def run() -> None:
        try:
            barrier.wait()
            found.append(run_daily(at=AT))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(done), sorted(map(len, found))) == (1, [0, 1])
