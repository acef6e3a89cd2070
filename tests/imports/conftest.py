from collections.abc import Iterator

import pytest
from django.utils.translation import override


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Labels are compared as an office reads them, whichever language an earlier test has left behind."""
    with override("zh-hans"):
        yield
