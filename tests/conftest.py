import pytest
from django.conf import settings

from tests.cast import Cast, make_cast
from tests.database import migrated


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Let the test database be a copy of the migrated one: migrating takes longer than most runs of a few tests."""
    settings.DATABASES["default"]["TEST"]["TEMPLATE"] = migrated()


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()
