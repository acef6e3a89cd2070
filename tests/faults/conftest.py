import signal
import subprocess

import pytest

from tests.faults.installation import Installation, open_folder


@pytest.fixture(scope="session")
def installed():
    """An installation that was migrated, for the tests to take copies of."""
    with open_folder() as var:
        made = Installation(var)
        migrated = made.command("migrate")
        assert migrated.returncode == 0, migrated.stderr
        yield made


@pytest.fixture
def installation(installed):
    with open_folder() as var:
        # the server's files belong to another user when we are root
        subprocess.run(["cp", "-a", f"{installed.var}/.", str(var)], check=True)
        made = Installation(var)
        yield made
        if made.process and made.process.poll() is None:
            made.end(signal.SIGTERM)
        if made.database.is_running():
            made.database.stop()
