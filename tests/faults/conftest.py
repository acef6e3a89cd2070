import shutil
import signal

import pytest

from tests.faults.installation import Installation


@pytest.fixture
def installation(tmp_path):
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(0o755)
    made = Installation(tmp_path)
    yield made
    if made.process and made.process.poll() is None:
        made.end(signal.SIGTERM)
    if made.database.is_running():
        made.database.stop()
    shutil.rmtree(made.database.place, ignore_errors=True)
