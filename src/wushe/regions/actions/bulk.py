"""Large loads without the cost of keeping every index and checking every key row by row."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

TABLES = ["regions_region", "regions_tenure"]
CONSTRAINTS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'x') ORDER BY contype DESC
"""
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
FROM pg_index i WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary AND NOT indisunique
  AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
"""


@contextmanager
def without_indexes(cursor: Any) -> Iterator[None]:
    """Inside the caller's transaction: take indexes, foreign keys and exclusions of the tree away and build them again at the end.

    The database then checks the whole table in one pass, so nothing is less true than before. Unique indexes stay.
    """
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to come cannot be altered
    cursor.execute(CONSTRAINTS, [TABLES])
    constraints = cursor.fetchall()
    cursor.execute(INDEXES, [TABLES])
    indexes = cursor.fetchall()
    for table, name, _ in constraints:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
    for _, definition in indexes:
        cursor.execute(definition)
    for table, name, definition in constraints:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
