import signal

import pytest

from tests.faults.installation import Installation, open_folder


@pytest.fixture
def installation():
    with open_folder() as var:
        made = Installation(var)
        yield made
        if made.process and made.process.poll() is None:
            made.end(signal.SIGTERM)
        if made.database.is_running():
            made.database.stop()
