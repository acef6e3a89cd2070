import select
from typing import Any, Self

from django.db.backends.postgresql import base, operations
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor
from psycopg.pq import TransactionStatus


class PreparedCursor(Cursor[tuple[Any, ...]]):
    """Sends its parameters beside the statement, which the server parses and plans once for each connection."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:
        """As psycopg's, prepared at the first time."""
        return super().execute(query, params, **options | {"prepare": True})


class DatabaseOperations(operations.DatabaseOperations):
    """Django's, which also knows what a prepared cursor was asked."""

    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str:
        """What was sent; a prepared statement as it was written."""
        return super().last_executed_query(cursor, sql, params) or str(sql)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, which asks less of the server on every request."""

    ops_class = DatabaseOperations

    def is_usable(self) -> bool:
        """Whether the connection takes statements. A socket with nothing to read was not closed by the server, so nothing needs to be sent."""
        if self.connection is None or self.connection.info.transaction_status == TransactionStatus.INERROR:
            return False
        return not _is_readable(self.connection.fileno()) or super().is_usable()

    def prepared_cursor(self) -> CursorWrapper:
        """For the few statements that are the same at every request."""
        with self.cursor() as plain:  # connects where needed, and counts the query where somebody watches
            return type(plain)(PreparedCursor(self.connection), self)


def _is_readable(descriptor: int) -> bool:
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN)
    return bool(waiting.poll(0))
