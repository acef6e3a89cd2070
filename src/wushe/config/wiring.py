"""The one table of events and who hears them, which a test pins; and the registers that take tables."""

from collections.abc import Callable
from typing import Any

from wushe.imports.rules.importable import Importable, add_importable
from wushe.kernel.bus import Event, subscribe
from wushe.needs.events import NeedReopened
from wushe.organisations.actions.importing import ORGANISATIONS
from wushe.projects.subscribers import free_reopened_need
from wushe.reports.subscribers import SUBSCRIPTIONS as OPEN_DATA

WIRING: tuple[tuple[type[Event], Callable[[Any], None]], ...] = (
    (NeedReopened, free_reopened_need),
    *OPEN_DATA,
)
IMPORTABLES: tuple[Importable, ...] = (ORGANISATIONS,)


def connect() -> None:
    """Subscribe every pair of the table, and make the registers known."""
    for event, handler in WIRING:
        subscribe(event, handler)
    for register in IMPORTABLES:
        add_importable(register)
