from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from wushe.accounts.models import User
from wushe.audit.actions import record
from wushe.imports.actions.steps import Report, ask, is_long, require_register, start, unheard
from wushe.imports.errors import RowsUsed
from wushe.imports.models import Import, Row
from wushe.imports.queries import entering
from wushe.imports.rules.importable import importable
from wushe.imports.states import ImportState, Step

SHOWN = 5


@transaction.atomic
def undo_import(*, number: str, by: User, at: datetime) -> Import:
    """Take everything out again that the import entered; one row that has been used since keeps them all. A long table is undone by the worker.

    Refuses: NotFound, NotPermitted, StepNotAllowed; of a short table RowsUsed.
    Effects: the Import's state; of a short table what `run_undo` does.
    """
    imported = start(Step.UNDO_IMPORT, number, by, at)
    ask(imported, Step.UNDO_IMPORT, at)
    if not is_long(imported):
        run_undo(imported, at=at)
    return imported


def run_undo(imported: Import, *, at: datetime, report: Report = unheard) -> None:
    """Take the rows out, chunk by chunk in the caller's transaction. The file, the rows' remarks and the audit stay.

    Refuses: NotPermitted, RowsUsed.
    Effects: rows of the register deleted; the Import's state; one audit entry for all.
    """
    require_register(imported, imported.sender, at)
    register = importable(imported.register)
    entered = list(_entered(imported).values_list("subject", flat=True))
    used = register.used_rows(entered)
    if used:
        raise RowsUsed(count=len(used), names=tuple(used[:SHOWN]))
    for start_at in range(0, len(entered), settings.IMPORT_CHUNK):
        chunk = entered[start_at : start_at + settings.IMPORT_CHUNK]
        register.undo_rows(chunk)
        report(start_at + len(chunk))
    Row.objects.filter(of=imported).update(subject="")
    imported.state, imported.undone_at, imported.entered = ImportState.UNDONE, at, 0
    imported.save(update_fields=["state", "undone_at", "entered"])
    record(
        by=imported.sender,
        at=at,
        verb="imports.import_undone",
        subject=("import", imported.number),
        name=imported.file.name,
        data={"register": register.key, "undone": len(entered)},
    )


def _entered(imported: Import) -> QuerySet[Row]:
    """The rows that the import entered; what it only linked to was there before."""
    return entering(imported).exclude(subject="").order_by("line")
