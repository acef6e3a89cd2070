from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from wushe.accounts.models import User
from wushe.audit.actions import record
from wushe.imports.actions.steps import AT_ONCE, CHUNK, Report, ask, require_register, start, unheard
from wushe.imports.errors import RowsUsed
from wushe.imports.models import Import, Row
from wushe.imports.queries import entering
from wushe.imports.rules.importable import Importable, Numbers, importable
from wushe.imports.states import ImportState, Step

SHOWN = 5


@transaction.atomic
def undo_import(*, number: str, by: User, at: datetime) -> Import:
    """Take everything out again that the import entered; one row that has been used since keeps them all. A long table is undone by the worker.

    Refuses: NotFound, NotPermitted, StepNotAllowed, RowsUsed.
    Effects: the Import's state; of a short table what `run_undo` does.
    """
    imported = start(Step.UNDO_IMPORT, number, by, at)
    _refuse_used(imported, importable(imported.register))
    ask(imported, Step.UNDO_IMPORT, at)
    if imported.total <= AT_ONCE:
        run_undo(imported, at=at)
    return imported


def run_undo(imported: Import, *, at: datetime, report: Report = unheard) -> None:
    """Take the rows out, chunk by chunk in the caller's transaction. The file, the rows' remarks and the audit stay.

    Refuses: NotPermitted, RowsUsed.
    Effects: rows of the register deleted; the Import's state; one audit entry for all.
    """
    require_register(imported, imported.sender, at)
    register = importable(imported.register)
    _refuse_used(imported, register)
    undone, last = 0, 0
    while lines := list(_entered(imported).filter(line__gt=last).order_by("line").values_list("line", flat=True)[:CHUNK]):
        register.undo_rows(_numbers(_entered(imported).filter(line__gt=last, line__lte=lines[-1])))
        undone, last = undone + len(lines), lines[-1]
        report(undone)
    Row.objects.filter(of=imported).update(subject="")
    imported.state, imported.undone_at, imported.entered = ImportState.UNDONE, at, 0
    imported.save(update_fields=["state", "undone_at", "entered"])
    record(
        by=imported.sender,
        at=at,
        verb="imports.import_undone",
        subject=("import", imported.number),
        name=imported.file.name,
        data={"register": register.key, "undone": undone},
    )


def _refuse_used(imported: Import, register: Importable) -> None:
    used = register.used_rows(_numbers(_entered(imported)))
    if used:
        raise RowsUsed(count=len(used), names=tuple(used[:SHOWN]))


def _entered(imported: Import) -> QuerySet[Row]:
    """The rows that the import entered; what it only linked to was there before."""
    return entering(imported).exclude(subject="")


def _numbers(rows: QuerySet[Row]) -> Numbers:
    return rows.order_by().values_list("subject", flat=True)
