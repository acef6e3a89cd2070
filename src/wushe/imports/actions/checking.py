import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from wushe.accounts.models import User
from wushe.audit.actions import record
from wushe.imports.actions.steps import Report, ask, is_long, require_register, start, unheard
from wushe.imports.errors import ColumnMissing, ColumnTwice
from wushe.imports.models import Choice, Import, Matching, Row, Standing
from wushe.imports.queries import read_table
from wushe.imports.rules.cells import plain
from wushe.imports.rules.headings import signature
from wushe.imports.rules.importable import Column, Draft, Importable, importable
from wushe.imports.rules.remarks import packed
from wushe.imports.states import ImportState, Step

LONGEST_NAME = 120
COPY = "COPY imports_row (of_id, line, name, standing, values, remarks, twin, choice, subject) FROM STDIN"


@transaction.atomic
def check_import(*, number: str, columns: Mapping[int, str], by: User, at: datetime) -> Import:
    """Match the columns and look at every row, without entering any. A long table is looked at by the worker.

    Refuses: NotFound, NotPermitted, StepNotAllowed, ColumnMissing, ColumnTwice.
    Effects: the Import's columns and state; the sender's Matching; of a short table what `run_check` does; an audit entry.
    """
    imported = start(Step.CHECK_IMPORT, number, by, at)
    register = importable(imported.register)
    _refuse_columns(register, columns)
    imported.columns = {str(position): column for position, column in sorted(columns.items())}
    imported.save(update_fields=["columns"])
    Matching.objects.update_or_create(
        sender=by, register=register.key, signature=signature(imported.headings), defaults={"columns": imported.columns}
    )
    ask(imported, Step.CHECK_IMPORT, at)
    if not is_long(imported):
        run_check(imported, at=at)
    return imported


def run_check(imported: Import, *, at: datetime, report: Report = unheard) -> None:
    """Read, clean and compare every row, and keep what is to be said of it. Rows of an earlier check go.

    Refuses: NotPermitted, and what reading the file refuses.
    Effects: the Import's Rows, counts and state; an audit entry.
    """
    require_register(imported, imported.sender, at)
    register = importable(imported.register)
    table = read_table(imported.file, imported.sheet, imported.heading_line)
    columns = [(int(position), column) for column in register.columns for position, name in imported.columns.items() if name == column.name]
    state = register.begin(imported.sender, at)
    counts: Counter[str] = Counter()
    Row.objects.filter(of=imported).delete()
    rows = table.rows()
    while chunk := list(islice(rows, settings.IMPORT_CHUNK)):
        drafts = [_draft(line, cells, columns) for line, cells in chunk]
        register.check_rows(state, drafts)
        kept = [_row(imported.pk, draft) for draft in drafts]
        with connection.cursor() as cursor, cursor.copy(COPY) as copy:
            for row in kept:
                copy.write_row(row)
        counts.update(row[3] for row in kept)
        report(counts.total())
    imported.good, imported.doubted = counts[Standing.GOOD], counts[Standing.DOUBTED]
    imported.twins, imported.bad = counts[Standing.TWIN], counts[Standing.BAD]
    imported.state, imported.checked_at = ImportState.CHECKED, at
    imported.save(update_fields=["good", "doubted", "twins", "bad", "state", "checked_at"])
    record(
        by=imported.sender,
        at=at,
        verb="imports.import_checked",
        subject=("import", imported.number),
        name=imported.file.name,
        data={"rows": imported.total} | {str(standing): counts[standing] for standing in Standing},
    )


def _refuse_columns(register: Importable, columns: Mapping[int, str]) -> None:
    chosen = Counter(columns.values())
    for name, times in chosen.items():
        if times > 1:
            raise ColumnTwice(label=register.label(name))
    missing = tuple(str(column.label) for column in register.columns if column.required and column.name not in chosen)
    if missing:
        raise ColumnMissing(labels=missing)


def _draft(line: int, cells: Sequence[Any], columns: Sequence[tuple[int, Column]]) -> Draft:
    draft = Draft(line)
    for order, (position, column) in enumerate(columns):
        cell = cells[position] if position < len(cells) else None
        if order == 0:
            draft.name = plain(cell)[:LONGEST_NAME]
        column.read(cell, draft)
    return draft


def _row(of: int, draft: Draft) -> tuple[Any, ...]:
    """The row as its columns stand in COPY."""
    if draft.is_bad:
        standing = Standing.BAD
    elif draft.twin is not None:
        standing = Standing.TWIN
    else:
        standing = Standing.DOUBTED if draft.remarks else Standing.GOOD
    values = "{}" if draft.is_bad else _json(draft.values)
    twin = _json(asdict(draft.twin)) if draft.twin and not draft.is_bad else None
    return (
        of,
        draft.line,
        draft.name,
        str(standing),
        values,
        _json([packed(remark) for remark in draft.remarks]),
        twin,
        str(Choice.SKIP),
        "",
    )


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False).replace("\\u0000", "")
