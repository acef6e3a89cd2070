import pytest

from tests.surveys.factories import Asked, make_asked


@pytest.fixture
def asked(db: None) -> Asked:
    return make_asked()
