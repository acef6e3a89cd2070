import pytest

from tests.faults.installation import Installation, copied, open_folder


@pytest.fixture
def empty():
    with open_folder() as var:
        yield Installation(var)


@pytest.fixture(scope="module")
def installation():
    with copied() as made:
        yield made
