import pytest

from tests.ledger.factories import Treasury, make_treasury


@pytest.fixture
def treasury(db: None) -> Treasury:
    return make_treasury()
