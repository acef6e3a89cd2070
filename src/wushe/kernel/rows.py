"""Rows without models: as JSON written by the database, which is a tenth of the work, and from statements that it planned before."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self, cast

from django.contrib.postgres.fields import ArrayField
from django.db import connection, transaction
from django.db.models import BigIntegerField, BooleanField, F, Field, Func, Model, QuerySet, TextField, Value

from wushe.kernel.postgres.base import DatabaseWrapper


def rows_of(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What one of the few statements finds that are the same at every request. The server plans it once for each connection."""
    with cast("DatabaseWrapper", connection).prepared_cursor() as cursor:
        cursor.execute(statement, parameters)
        return cast("list[tuple[Any, ...]]", cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Columns:
    """What programs are shown of a row, put into words once and not at every request. `text` is a list of columns, each with its name."""

    model: type[Model]
    text: str

    @classmethod
    def of(cls, model: type[Model], **shown: str) -> Self:
        """Columns by the name they are shown under: a field of the model, or `key__field` for one of the row that a foreign key names.

        Such a field is asked for by itself: a join would be made for all rows that fit, and not only for those of a page.
        """
        return cls(model, ", ".join(f'{_column(model, path)} AS "{name}"' for name, path in shown.items()))

    def shown_by(self, rows: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
        """The statement and parameters that show these columns of plain rows of the model, sorted and cut as they are."""
        found, parameters = rows.values("pk").query.sql_with_params()
        key = self.model._meta.pk.column  # noqa: SLF001 -- documented for use
        chosen = f'SELECT "{self.model._meta.db_table}"."{key}" AS "pk" '  # noqa: SLF001 -- documented for use
        if not found.startswith(chosen):
            message = f"rows that are grouped or made distinct have no columns of their own: {found[:80]}"
            raise ValueError(message)
        return f"SELECT {self.text} {found.removeprefix(chosen)}", parameters


def _column(model: type[Model], path: str) -> str:
    options = model._meta  # noqa: SLF001 -- documented for use
    own, _, beyond = path.partition("__")
    field = cast("Field[Any, Any]", options.get_field(own))
    column = f'"{options.db_table}"."{field.column}"'
    if not beyond:
        return column
    other = cast("type[Model]", field.related_model)
    table = other._meta  # noqa: SLF001 -- documented for use
    shown = cast("Field[Any, Any]", table.get_field(beyond))
    return f'(SELECT other."{shown.column}" FROM "{table.db_table}" other WHERE other."{table.pk.column}" = {column})'  # noqa: S608 -- our own names


def rows_as_json(statement: str, parameters: Sequence[Any], most: int) -> tuple[str, int]:
    """A JSON array of at most `most` rows of a statement, and how many it found."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT coalesce(array_to_json((array_agg(page))[:%s])::text, '[]'), count(*) FROM ({statement}) page",  # noqa: S608 -- the ORM's own
            [most, *parameters],
        )
        text, found = cursor.fetchone()
    return text, found


def any_of(field: str, values: Collection[int | str]) -> Func:
    """For `filter`: the field is one of these, however many. They are one array and no join, so the planner has nothing to guess wrong."""
    kind = TextField() if any(isinstance(value, str) for value in values) else BigIntegerField()
    array = Value(list(values), output_field=ArrayField(kind))
    return Func(F(field), array, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField())


@contextmanager
def nothing_written() -> Iterator[None]:
    """Only reading inside: the database itself refuses every write. Raises django.db.InternalError at the first."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield
        # read-only holds until the end of a transaction, and there is nothing to commit
        transaction.set_rollback(True)
