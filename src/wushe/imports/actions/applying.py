from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from wushe.accounts.models import User
from wushe.audit.actions import record
from wushe.imports.actions.steps import Report, ask, is_long, require_register, start, unheard
from wushe.imports.errors import NothingToApply, RegisterChanged
from wushe.imports.models import Import
from wushe.imports.queries import entering
from wushe.imports.rules.importable import importable
from wushe.imports.states import ImportState, Step

# what stands in the register needs no second place
SETTLE = """
UPDATE imports_row SET subject = entered.subject, values = '{}'
FROM unnest(%s::int[], %s::text[]) AS entered (line, subject) WHERE of_id = %s AND imports_row.line = entered.line
"""
LINK = "UPDATE imports_row SET subject = twin->>'number', values = '{}' WHERE of_id = %s AND standing = 'twin' AND choice = 'same'"


@transaction.atomic
def apply_import(*, number: str, by: User, at: datetime) -> Import:
    """Enter all good rows and those chosen as new, all or none. A long table is entered by the worker.

    Refuses: NotFound, NotPermitted, StepNotAllowed, NothingToApply, RegisterChanged.
    Effects: the Import's state; of a short table what `run_apply` does.
    """
    imported = start(Step.APPLY_IMPORT, number, by, at)
    if not entering(imported).exists():
        raise NothingToApply
    ask(imported, Step.APPLY_IMPORT, at)
    if not is_long(imported):
        run_apply(imported, at=at)
    return imported


def run_apply(imported: Import, *, at: datetime, report: Report = unheard) -> None:
    """Enter the rows, chunk by chunk in the caller's transaction.

    Refuses: NotPermitted, RegisterChanged.
    Effects: rows of the register; the Rows' subject; the Import's state and count; one audit entry for all.
    """
    require_register(imported, imported.sender, at)
    register = importable(imported.register)
    state = register.begin(imported.sender, at)
    entered, last = 0, 0
    rows = entering(imported).order_by("line").values_list("line", "values")
    while chunk := list(rows.filter(line__gt=last)[: settings.IMPORT_CHUNK]):
        try:
            with transaction.atomic():
                numbers = register.apply_rows(state, [values for _, values in chunk])
        except IntegrityError as error:
            raise RegisterChanged from error
        _settle(imported, [line for line, _ in chunk], numbers)
        entered, last = entered + len(chunk), chunk[-1][0]
        report(entered)
    with connection.cursor() as cursor:
        cursor.execute(LINK, [imported.pk])
        linked = cursor.rowcount
    imported.entered, imported.state, imported.applied_at = entered, ImportState.APPLIED, at
    imported.save(update_fields=["entered", "state", "applied_at"])
    record(
        by=imported.sender,
        at=at,
        verb="imports.import_applied",
        subject=("import", imported.number),
        name=imported.file.name,
        data={"register": register.key, "entered": entered, "known": linked, "left_out": imported.total - entered - linked},
    )


def _settle(imported: Import, lines: Sequence[int], numbers: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SETTLE, [list(lines), list(numbers), imported.pk])
