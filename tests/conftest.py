import pytest
from django.conf import settings
from django.utils import translation

from tests.cast import Cast, make_cast
from tests.database import migrated


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Let the test database be a copy of the migrated one: migrating takes longer than most runs of a few tests."""
    settings.DATABASES["default"]["TEST"]["TEMPLATE"] = migrated()


@pytest.fixture(autouse=True)
def own_language() -> None:
    """Each test begins in the language of the house, whatever the last page of the test before it was read in."""
    translation.deactivate()


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()
