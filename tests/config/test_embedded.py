import os
import signal
import stat
import time
from pathlib import Path

import psycopg
import pytest

from tests.faults.installation import open_folder, postmaster
from wushe.config.embedded import Server

root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has another user's server")


@pytest.fixture
def server():
    with open_folder() as folder:
        made = Server(folder / "postgres", fast=True)
        yield made
        made.stop()


def test_the_last_to_let_go_stops_the_server(server):
    with server.held():
        with server.held():
            assert server.is_running()
        assert server.is_running()
    assert not server.is_running()


def test_a_server_that_was_up_before_is_left_alone(server):
    server.ensure_running()
    with server.held():
        pass
    assert server.is_running()


def test_it_starts_again_after_a_kill(server):
    with server.held():
        os.kill(postmaster(server.data), signal.SIGKILL)
        assert server.ensure_running()


def test_a_watched_server_starts_again_by_itself_and_is_stopped_at_the_end(server):
    with server.held(), server.watched():
        os.kill(postmaster(server.data), signal.SIGKILL)
        deadline = time.monotonic() + 30
        while not server.is_running():
            assert time.monotonic() < deadline
            time.sleep(0.1)
    assert not server.is_running()


def test_a_folder_that_was_moved_starts_with_its_data(server):
    with server.held(), psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept ()")
    moved = Server(server.home.rename(server.home.with_name("moved")), fast=True)
    with moved.held(), psycopg.connect(moved.url) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_a_half_made_cluster_is_made_again(server):
    (server.home / "data.new").mkdir(parents=True)
    (server.home / "data.new" / "PG_VERSION").write_text("18")
    assert server.ensure_running()


def test_the_socket_is_private(server):
    server.ensure_running()
    assert stat.S_IMODE(server.socket_dir.stat().st_mode) == 0o700


@root
def test_a_folder_that_the_server_cannot_enter_is_replaced_by_one_it_can(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    place = Server(closed / "postgres").place
    assert place.parent.parent == Path("/var/lib/wushe")
    assert place == Server(closed / "postgres").place
