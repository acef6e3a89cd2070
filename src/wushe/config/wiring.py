"""The one table of events and who hears them. A test pins it."""

from collections.abc import Callable
from typing import Any

from wushe.kernel.bus import Event, subscribe
from wushe.needs.events import NeedReopened
from wushe.projects.subscribers import free_reopened_need
from wushe.reports.subscribers import SUBSCRIPTIONS as OPEN_DATA

WIRING: tuple[tuple[type[Event], Callable[[Any], None]], ...] = (
    (NeedReopened, free_reopened_need),
    *OPEN_DATA,
)


def connect() -> None:
    """Subscribe every pair of the table."""
    for event, handler in WIRING:
        subscribe(event, handler)
