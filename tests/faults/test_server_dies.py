import os
import signal

import psycopg
import pytest

from tests.faults.installation import postmaster


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_server_takes_its_database_with_it(installation, how):
    installation.start()
    installation.end(how)
    assert installation.get("/healthz") == 0
    assert not installation.database.is_running()


def test_a_killed_server_frees_its_port_and_starts_again(installation):
    installation.start()
    installation.end(signal.SIGKILL)
    installation.wait_until(lambda: installation.get("/healthz") == 0)
    installation.start()
    installation.end(signal.SIGTERM)
    assert not installation.database.is_running()


def test_a_busy_port_is_named_with_what_to_do(installation):
    installation.start()
    refused = installation.command("serve")
    assert refused.returncode == 1
    assert f"PORT={installation.port + 1} make run" in refused.stderr
    assert installation.get("/readyz") == 200


def test_nothing_is_half_done_when_database_and_server_are_killed(installation):
    installation.start()
    client = psycopg.connect(installation.database.url)
    client.execute("CREATE TABLE faults_done (step text)")
    client.execute("INSERT INTO faults_done VALUES ('whole')")
    client.commit()
    client.execute("INSERT INTO faults_done VALUES ('half')")
    os.kill(postmaster(installation.database.data), signal.SIGKILL)
    client.close()
    installation.wait_until(lambda: installation.get("/healthz") == 200)
    installation.end(signal.SIGKILL)

    installation.start()

    with psycopg.connect(installation.database.url) as connection:
        assert connection.execute("SELECT step FROM faults_done").fetchall() == [("whole",)]
    assert installation.command("audit", "verify").returncode == 0


def test_a_start_removes_what_an_interrupted_upload_left(installation):
    waiting_room = installation.var / "files" / "incoming"
    waiting_room.mkdir(parents=True, exist_ok=True)
    (waiting_room / ".half").write_bytes(b"%PDF-1.7")
    os.utime(waiting_room / ".half", (0, 0))
    installation.start()
    assert list(waiting_room.iterdir()) == []
    assert "removed interrupted uploads: 1" in (installation.var / "serve.log").read_text()
