from enum import StrEnum

from django.db import models

from wushe.imports.permissions import Permission
from wushe.kernel.steps import Transition, table


class ImportState(models.TextChoices):
    """How far an import has come. In three of the states somebody works: the request itself, or for a long table the worker."""

    MATCHING = "matching"
    CHECKING = "checking"
    CHECKED = "checked"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"


class Step(StrEnum):
    """What the sender does."""

    CHECK_IMPORT = "check_import"
    CHOOSE_ROWS = "choose_rows"
    APPLY_IMPORT = "apply_import"
    UNDO_IMPORT = "undo_import"


S = ImportState
CHECKABLE = frozenset({S.MATCHING, S.CHECKED, S.UNDONE})

TRANSITIONS = table(
    Transition(Step.CHECK_IMPORT, CHECKABLE, S.CHECKING, Permission.IMPORT_ROWS),
    Transition(Step.CHOOSE_ROWS, frozenset({S.CHECKED}), S.CHECKED, Permission.IMPORT_ROWS),
    Transition(Step.APPLY_IMPORT, frozenset({S.CHECKED}), S.APPLYING, Permission.IMPORT_ROWS),
    Transition(Step.UNDO_IMPORT, frozenset({S.APPLIED}), S.UNDOING, Permission.IMPORT_ROWS),
)
# where the import stands again when the work cannot be done
BACK = {S.CHECKING: S.MATCHING, S.APPLYING: S.CHECKED, S.UNDOING: S.APPLIED}
WORKING = frozenset(BACK)
