import os
from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.cast import make_cast as plant

# the driver runs a loop in this thread; all database work of a walk is done before or after it
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture
def make_cast() -> Callable[[], Cast]:
    """The cast, planted when the test asks for it."""
    return plant
