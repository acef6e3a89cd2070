"""What most tests begin with is made once in a process, by the actions themselves; from then on its rows are put back in one question."""

import pickle
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.db import connection, transaction

T = TypeVar("T")
P = ParamSpec("P")
COLUMNS = "SELECT quote_ident(column_name) FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'"


def planted_once(make: Callable[P, T]) -> Callable[P, T]:
    """Let `make` run for the first test that begins with nothing; the others get the same rows, and a copy of what it returned.

    A test that has written rows of its own before gets more of its own.
    """
    kept: dict[Any, tuple[str, str, bytes]] = {}

    @wraps(make)
    def planted(*args: P.args, **others: P.kwargs) -> T:
        asked = (args, tuple(sorted(others.items())))
        if asked in kept:
            emptiness, rows, made = kept[asked]
            if not _ask(emptiness)[0][0]:
                return make(*args, **others)
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(rows)
            return pickle.loads(made)
        # entries of the audit that were committed are links of a chain, and could not be written again
        begins = connection.in_atomic_block and not _filled()
        first = make(*args, **others)
        if begins:
            tables = _filled()
            kept[asked] = (_emptiness_of(tables), "".join(map(_rows_of, tables)), pickle.dumps(first))
        return first

    return planted


def _ask(question: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values or None)
        return cursor.fetchall()


def _filled() -> list[str]:
    """Tables of ours with rows, from the lowest floor to the highest."""
    ours = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("wushe.")]
    return [model._meta.db_table for model in ours if model.objects.exists()]


def _emptiness_of(tables: list[str]) -> str:
    return "SELECT " + " AND ".join(f'NOT EXISTS (SELECT FROM "{table}")' for table in tables)


def _rows_of(table: str) -> str:
    """The statement that writes the rows of a table again, each with its key."""
    columns = ", ".join(name for (name,) in _ask(COLUMNS, table))
    rows = _ask(f'SELECT json_agg("{table}")::text FROM "{table}"')[0][0].replace("'", "''")
    return f"""INSERT INTO "{table}" ({columns}) SELECT {columns} FROM json_populate_recordset(NULL::"{table}", '{rows}');\n"""
