import shutil

import pytest

from tests.faults.installation import Installation


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    var = tmp_path_factory.mktemp("installation")
    for folder in (var, *var.parents[:3]):
        folder.chmod(0o755)
    made = Installation(var)
    yield made
    shutil.rmtree(made.database.place, ignore_errors=True)
