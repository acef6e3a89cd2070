"""The one table of events and who hears them. A test pins it."""

from collections.abc import Callable
from typing import Any

from wushe.kernel.bus import Event, subscribe
from wushe.reports.subscribers import SUBSCRIPTIONS as OPEN_DATA

WIRING: tuple[tuple[type[Event], Callable[[Any], None]], ...] = (*OPEN_DATA,)


def connect() -> None:
    """Subscribe every pair of the table."""
    for event, handler in WIRING:
        subscribe(event, handler)
