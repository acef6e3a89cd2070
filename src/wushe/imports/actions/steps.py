"""What every step of an import begins with, and how its work is shared between the request and the worker."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from wushe.accounts.models import User
from wushe.imports.models import Import
from wushe.imports.queries import import_by_number, sending_places
from wushe.imports.rules.importable import importable
from wushe.imports.states import TRANSITIONS, Step
from wushe.kernel.clock import local_date
from wushe.kernel.steps import allowed

Report = Callable[[int], None]


def unheard(done: int) -> None:
    """Nobody watches."""
    del done


def start(step: Step, number: str, by: User, at: datetime) -> Import:
    """The sender's import, locked, in a state in which the step may be taken. While the worker holds it, nobody waits for the lock."""
    allowed(TRANSITIONS, step, state=import_by_number(number, user=by).state)
    imported = Import.objects.select_for_update(of=("self",), no_key=True).select_related("file", "sender").get(number=number)
    allowed(TRANSITIONS, step, state=imported.state)
    require_register(imported, by, at)
    return imported


def require_register(imported: Import, by: User, at: datetime) -> None:
    """Refuse whoever may no longer bring tables into this register. Raises NotPermitted."""
    sending_places(by, importable(imported.register).permission, local_date(at))


def is_long(imported: Import) -> bool:
    """Whether the table waits for the worker: it has more rows than the request works at."""
    return imported.total > settings.IMPORT_CHUNK


def ask(imported: Import, step: Step, at: datetime) -> None:
    """Put the import where its work is waited for."""
    imported.state = TRANSITIONS[step].target
    imported.asked_at, imported.stopped = at, None
    imported.save(update_fields=["state", "asked_at", "stopped"])
    imported.progress.done = imported.progress.tries = 0
    imported.progress.save(update_fields=["done", "tries"])
