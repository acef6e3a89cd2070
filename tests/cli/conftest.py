import pytest

from tests.faults.installation import Installation, open_folder


@pytest.fixture
def empty():
    with open_folder() as var:
        yield Installation(var)


@pytest.fixture(scope="module")
def installation():
    with open_folder() as var:
        made = Installation(var)
        migrated = made.command("migrate")
        assert migrated.returncode == 0, migrated.stderr
        yield made
