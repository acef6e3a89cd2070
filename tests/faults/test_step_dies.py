"""A step of the chain is killed after its first writes: all of it stands afterwards, or nothing.

Another connection holds a table that the step writes late, so the step hangs there. The last is the head of the audit chain, written at the commit.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from http.client import HTTPConnection

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from tests.faults.installation import Installation, Scene, postmaster

HEAD = "audit_chainhead"
WRITTEN = {
    "award_tender": {"inbox_notice", "inbox_todo", "projects_award", "projects_lostbid", "projects_project", "reports_release"},
    "pay_tranche": {
        "inbox_notice",
        "inbox_todo",
        "ledger_account",
        "ledger_entry",
        "ledger_line",
        "projects_payment",
        "projects_tranche",
        "reports_release",
    },
}
ALWAYS = {"audit_entry", HEAD, "kernel_counter"}
# who was answered is led there again by the same form
ANSWERED = {"accounts_session"}


@pytest.mark.parametrize(("step", "table"), [("award_tender", "reports_release"), ("pay_tranche", "projects_tranche")])
def test_nothing_stays_of_a_step_in_which_the_server_is_killed(installation, step, table):
    installation.start()
    scene = installation.play(step)
    before = rows(installation)
    with hung(installation, scene, table):
        installation.end(signal.SIGKILL)
    installation.wait_until(lambda: at_rest(installation))
    assert changed(before, rows(installation)) == set()

    installation.start()
    assert installation.command("audit", "verify").returncode == 0
    assert installation.post(scene) == 302
    assert changed(before, rows(installation)) == WRITTEN[step] | ALWAYS | ANSWERED


def test_nothing_stays_of_a_step_in_which_the_database_is_killed_and_the_server_starts_it_again(installation):
    installation.start()
    scene = installation.play("pay_tranche")
    before = rows(installation)
    with hung(installation, scene, HEAD) as sent:
        os.kill(postmaster(installation.database.data), signal.SIGKILL)
        installation.wait_until(lambda: "died and was started again" in installation.log)
        assert sent.getresponse().status == 500
    installation.wait_until(installation.is_ready)
    assert changed(before, rows(installation)) == set()
    assert installation.command("audit", "verify").returncode == 0

    assert installation.post(scene) == 302
    assert changed(before, rows(installation)) == WRITTEN["pay_tranche"] | ALWAYS | ANSWERED
    installation.end(signal.SIGTERM)
    assert not installation.database.is_running()


def test_a_step_stands_whole_when_the_server_is_killed_at_its_commit(installation):
    installation.start()
    scene = installation.play("award_tender")
    before = rows(installation)
    with hung(installation, scene, HEAD):
        installation.end(signal.SIGKILL)
    installation.wait_until(lambda: at_rest(installation))
    after = rows(installation)
    assert changed(before, after) == WRITTEN["award_tender"] | ALWAYS

    installation.start()
    assert installation.command("audit", "verify").returncode == 0
    assert installation.post(scene) == 422
    assert changed(after, rows(installation)) == set()


@contextmanager
def hung(installation: Installation, scene: Scene, table: str) -> Iterator[HTTPConnection]:
    """The step on its way and waiting for the table, which is let go at the end."""
    with (
        closing(psycopg.connect(installation.database.url, autocommit=True)) as watcher,
        closing(psycopg.connect(installation.database.url)) as holder,
    ):
        holder.execute(SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(Identifier(table)))
        waits = SQL("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = {}::regclass)").format(table)
        with closing(installation.send(scene)) as sent:
            installation.wait_until(lambda: watcher.execute(waits).fetchone() == (True,))
            yield sent


def rows(installation: Installation) -> dict[str, str]:
    """Every table with a digest of all its rows."""
    with psycopg.connect(installation.database.url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        found = {name: connection.execute(SQL("SELECT t::text FROM {} t ORDER BY 1").format(Identifier(name))) for (name,) in tables}
        return {name: sha256(repr(cursor.fetchall()).encode()).hexdigest() for name, cursor in found.items()}


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before if before[name] != after[name]}


def at_rest(installation: Installation) -> bool:
    """Whether nobody is in the middle of anything: those whose client is gone have been undone."""
    with psycopg.connect(installation.database.url) as connection:
        busy = "SELECT FROM pg_stat_activity WHERE backend_type = 'client backend' AND state <> 'idle' AND pid <> pg_backend_pid()"
        return connection.execute(busy).fetchone() is None
