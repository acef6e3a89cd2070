from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.audit.actions import record
from wushe.imports.actions.steps import start
from wushe.imports.errors import RowIsKnown
from wushe.imports.models import Choice, Import, Row, Standing
from wushe.imports.states import Step


@transaction.atomic
def choose_rows(*, number: str, choices: Mapping[int, Choice], for_all: Choice | None = None, by: User, at: datetime) -> Import:
    """Say what rows are that look like something known, by line; or the same for all of them, as far as it can be.

    Refuses: NotFound, NotPermitted, StepNotAllowed, RowIsKnown.
    Effects: the Rows' choice; an audit entry.
    """
    imported = start(Step.CHOOSE_ROWS, number, by, at)
    twins = Row.objects.filter(of=imported, standing=Standing.TWIN)
    if for_all is not None:
        fitting = {Choice.NEW: twins.filter(twin__certain=False), Choice.SAME: twins.exclude(twin__number="")}.get(for_all, twins)
        changed = fitting.update(choice=for_all)
    else:
        changed = _choose(list(twins.filter(line__in=choices).select_for_update()), choices)
    record(
        by=by,
        at=at,
        verb="imports.rows_chosen",
        subject=("import", imported.number),
        name=imported.file.name,
        data={"rows": changed, "choice": str(for_all or "")},
    )
    return imported


def _choose(rows: list[Row], choices: Mapping[int, Choice]) -> int:
    for row in rows:
        row.choice = choices[row.line]
        assert row.twin is not None  # noqa: S101 -- imports_twin_of_something
        if row.choice == Choice.NEW and row.twin["certain"]:
            raise RowIsKnown(line=row.line, number=row.twin["number"])
    return Row.objects.bulk_update(rows, ["choice"])
