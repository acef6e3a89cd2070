from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.audit.actions import record
from wushe.imports.actions.steps import AT_ONCE, CHUNK, Report, ask, require_register, start, unheard
from wushe.imports.errors import RowsUsed
from wushe.imports.models import Import, Row
from wushe.imports.queries import entering
from wushe.imports.rules.importable import Importable, importable
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
    undone = 0
    for numbers in _entered(imported):
        register.undo_rows(numbers)
        undone += len(numbers)
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
    used = [name for numbers in _entered(imported) for name in register.used_rows(numbers)]
    if used:
        raise RowsUsed(count=len(used), names=tuple(used[:SHOWN]))


def _entered(imported: Import) -> Iterator[list[str]]:
    """The numbers of what the import entered, by chunks; what it only linked to was there before."""
    numbers = list(entering(imported).exclude(subject="").order_by("line").values_list("subject", flat=True))
    for start_at in range(0, len(numbers), CHUNK):
        yield numbers[start_at : start_at + CHUNK]
