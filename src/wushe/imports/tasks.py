"""The work at long tables, for the process that does it beside the server. What it was at when it died, it begins again."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, transaction

from wushe.imports.actions import run_apply, run_check, run_undo
from wushe.imports.actions.steps import Report
from wushe.imports.models import Import
from wushe.imports.rules.remarks import Remark, packed
from wushe.imports.states import BACK, WORKING, ImportState
from wushe.kernel.errors import DomainError

logger = logging.getLogger("wushe.imports")
MOST_TRIES = 3
# a page must not wait so long, but the end of a long work is one statement that settles everything which refers to its rows
LONGEST_STATEMENT = "10min"


class Work(Protocol):
    """One kind of work at an import."""

    def __call__(self, imported: Import, *, at: datetime, report: Report) -> None: ...


WORK: dict[str, Work] = {ImportState.CHECKING: run_check, ImportState.APPLYING: run_apply, ImportState.UNDOING: run_undo}


def work_at_next(*, at: datetime) -> bool:
    """Do the longest-waiting work, if there is any that nobody is at. A refusal or an error puts the import back where it stood."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [LONGEST_STATEMENT])
        waiting = Import.objects.filter(state__in=WORKING).select_for_update(of=("self",), no_key=True, skip_locked=True)
        imported = waiting.select_related("file", "sender", "progress").order_by("asked_at").first()
        if imported is None:
            return False
        state = imported.state
        with _beside(imported) as report:
            stopped = _done(imported, at, report)
        if stopped is not None:
            Import.objects.filter(pk=imported.pk).update(state=BACK[ImportState(state)], stopped=stopped)
    return True


def _done(imported: Import, at: datetime, report: Report) -> dict[str, Any] | None:
    """Nothing when the work is done; else why not: a refusal, or nothing that a person could be told."""
    if imported.progress.tries >= MOST_TRIES:
        logger.error("the work ended without an end too often", extra={"subject": imported.number})
        return {}
    try:
        with transaction.atomic():
            WORK[imported.state](imported, at=at, report=report)
    except DomainError as error:
        return packed(Remark(error))
    except Exception:  # whatever it was, nobody shall wait for ever
        logger.exception("the work at an import failed", extra={"subject": imported.number})
        return {}
    return None


@contextmanager
def _beside(imported: Import) -> Iterator[Report]:
    """A connection of its own for what others shall see at once: that the work was begun once more, and how far it is."""
    side = connection.copy()

    def report(done: int) -> None:
        with side.cursor() as cursor:
            cursor.execute("UPDATE imports_progress SET done = %s WHERE work_id = %s", [done, imported.pk])

    try:
        with side.cursor() as cursor:
            cursor.execute("UPDATE imports_progress SET tries = tries + 1, done = 0 WHERE work_id = %s", [imported.pk])
        yield report
    finally:
        side.close()
