"""One embedded server for all test workers. Loaded with `-p tests.database`, before Django reads its settings."""

import os
from pathlib import Path

from wushe.config.embedded import Server

SERVER = Server(Path(os.environ.get("WUSHE_TEST_DB", Path(__file__).parent.parent / "var" / "test-postgres")), fast=True)

if "DATABASE_URL" not in os.environ and "PYTEST_XDIST_WORKER" not in os.environ:
    started = SERVER.ensure_running()
    os.environ["DATABASE_URL"] = SERVER.url
else:
    started = False


def pytest_unconfigure() -> None:
    """Stop what this process started."""
    if started:
        SERVER.stop()
