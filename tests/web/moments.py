"""Pages opened at a chosen moment: the clock is read in one place, and there it is set."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from wushe.kernel import clock


@contextmanager
def opened_at(at: datetime) -> Iterator[None]:
    """Every request inside happens at the moment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: at)
        yield
