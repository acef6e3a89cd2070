import pytest
from django.db import DataError, connection, connections
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other():
    """A second connection, made as the first is."""
    made = connections.create_connection("default")
    made.connect()
    yield made
    made.close()


def test_a_quiet_connection_is_usable_without_a_question(other):
    before = _last_statement(other)
    assert other.is_usable()
    assert _last_statement(other) == before


def test_a_connection_that_the_server_ended_is_not_usable(other):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [other.connection.info.backend_pid])
    assert not other.is_usable()


def test_a_connection_whose_transaction_failed_is_not_usable(other):
    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        with pytest.raises(DataError):
            cursor.execute("SELECT 1 / 0")
    assert not other.is_usable()


def test_a_connection_that_was_never_made_is_not_usable():
    assert not connections.create_connection("default").is_usable()


def test_a_prepared_statement_is_planned_once_and_counted_every_time(other):
    with CaptureQueriesContext(other) as seen:
        for number in (3, 4):
            with other.prepared_cursor() as cursor:
                cursor.execute("SELECT %s::int * 2", [number])
                assert cursor.fetchone() == (number * 2,)
    assert [query["sql"] for query in seen] == ["SELECT %s::int * 2"] * 2
    with other.cursor() as cursor:
        cursor.execute("SELECT count(*), sum(generic_plans + custom_plans) FROM pg_prepared_statements")
        assert cursor.fetchone() == (1, 2)


def _last_statement(other):
    with connection.cursor() as cursor:
        cursor.execute("SELECT query_start, query FROM pg_stat_activity WHERE pid = %s", [other.connection.info.backend_pid])
        return cursor.fetchone()
