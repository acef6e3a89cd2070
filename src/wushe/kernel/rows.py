"""Rows without models: as JSON written by the database, which is a tenth of the work, and from statements that it planned before."""

from collections.abc import Collection, Sequence
from typing import Any, cast

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, F, Field, Func, Model, QuerySet, TextField, Value

from wushe.kernel.postgres.base import DatabaseWrapper


def rows_of(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What one of the few statements finds that are the same at every request. The server plans it once for each connection."""
    with cast("DatabaseWrapper", connection).prepared_cursor() as cursor:
        cursor.execute(statement, parameters)
        return cast("list[tuple[Any, ...]]", cursor.fetchall())


def rows_as_json(rows: QuerySet[Any, dict[str, Any]], most: int) -> tuple[str, int]:
    """A JSON array of at most `most` rows of a `values()` query, and how many the query found."""
    statement, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT coalesce(array_to_json((array_agg(page))[:%s])::text, '[]'), count(*) FROM ({statement}) page",  # noqa: S608 -- the ORM's own
            [most, *parameters],
        )
        text, found = cursor.fetchone()
    return text, found


def field_of(model: type[Model], field: str, *, by: str) -> Func:
    """A field of the row that the foreign key `by` names, asked for only for the rows of a page: a join would be made for all that fit."""
    options = model._meta  # noqa: SLF001 -- documented for use
    shown = cast("Field[Any, Any]", options.get_field(field))
    template = f'(SELECT "{shown.column}" FROM "{options.db_table}" WHERE "{options.pk.column}" = %(expressions)s)'  # noqa: S608 -- our own names
    return Func(F(by), template=template, output_field=shown)


def any_of(field: str, values: Collection[int | str]) -> Func:
    """For `filter`: the field is one of these, however many. They are one array and no join, so the planner has nothing to guess wrong."""
    kind = TextField() if any(isinstance(value, str) for value in values) else BigIntegerField()
    array = Value(list(values), output_field=ArrayField(kind))
    return Func(F(field), array, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField())
