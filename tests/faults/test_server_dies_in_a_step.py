"""The award writes to many tables. Whoever dies between the first and the last of them leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing, contextmanager

import psycopg
import pytest

from tests.faults.test_server_dies import postmaster

TOKEN = "t" * 32
COUNTS = """
    SELECT (SELECT state FROM projects_project), (SELECT count(*) FROM projects_award), (SELECT count(*) FROM audit_entry),
           (SELECT count(*) FROM inbox_todo), (SELECT count(*) FROM inbox_notice), (SELECT count(*) FROM reports_release),
           (SELECT sum(last) FROM kernel_counter)"""
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'INSERT INTO \"reports_release\"%'"


@pytest.fixture
def scored(installation):
    """A running installation with a project to award; how to award it."""
    installation.start()
    line = [sys.executable, "-c", "import django; django.setup(); from tests.faults.before_the_award import main; main()"]
    environment = installation.environment | {"DJANGO_SETTINGS_MODULE": "wushe.config.settings"}
    made = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)


def award(installation, scored):
    """The answer of the server to the reviewer's form; 0 when it dies over it."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{installation.port}{scored['page']}",
        data=urllib.parse.urlencode(scored["form"] | {"csrfmiddlewaretoken": TOKEN}).encode(),
        headers={"Cookie": f"sessionid={scored['session']}; csrftoken={TOKEN}"},
    )
    try:
        return urllib.request.urlopen(request, timeout=30).status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


@contextmanager
def stuck_before_the_last_table(installation, scored):
    """The award has written everything but its open-data release, and waits."""
    answers = []
    url = installation.database.url
    with closing(psycopg.connect(url)) as other, closing(psycopg.connect(url, autocommit=True)) as watch:
        other.execute("LOCK TABLE reports_release IN SHARE MODE")
        reviewer = threading.Thread(target=lambda: answers.append(award(installation, scored)))
        reviewer.start()
        installation.wait_until(lambda: watch.execute(WAITING).fetchone() == (1,))
        yield answers
    reviewer.join()


def counted(installation):
    with psycopg.connect(installation.database.url) as connection:
        return connection.execute(COUNTS).fetchone()


def nothing_happened_and_it_can_be_done(installation, scored, before):
    assert counted(installation) == before
    assert installation.command("audit", "verify").returncode == 0
    assert award(installation, scored) == 200
    state, awards, *others = counted(installation)
    assert (state, awards) == ("awarded", 1)
    assert all(now > then for now, then in zip(others, before[2:], strict=True))
    assert installation.command("audit", "verify").returncode == 0


def test_a_server_killed_in_the_middle_of_an_award_leaves_nothing_half_done(installation, scored):
    before = counted(installation)
    with stuck_before_the_last_table(installation, scored) as answers:
        installation.end(signal.SIGKILL)
        installation.wait_until(lambda: answers)
    assert answers == [0]

    installation.start()

    nothing_happened_and_it_can_be_done(installation, scored, before)


def test_a_database_killed_in_the_middle_of_an_award_leaves_nothing_half_done(installation, scored):
    before = counted(installation)
    with stuck_before_the_last_table(installation, scored) as answers:
        os.kill(postmaster(installation.database.data), signal.SIGKILL)
        installation.wait_until(lambda: answers)
    assert answers == [500]
    installation.end(signal.SIGKILL)

    installation.start()

    nothing_happened_and_it_can_be_done(installation, scored, before)
