import signal

import pytest

from tests.faults.installation import copied


@pytest.fixture
def installation():
    with copied() as made:
        yield made
        if made.process and made.process.poll() is None:
            made.end(signal.SIGTERM)
        if made.database.is_running():
            made.database.stop()
