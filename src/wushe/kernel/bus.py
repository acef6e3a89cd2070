"""Typed events from a lower floor to a higher one, inside the caller's transaction.

Subscribers are wired in `wushe.config.wiring` and nowhere else, so that one table shows who hears what.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. Events carry ids and values, never model instances."""


E = TypeVar("E", bound=Event)

_subscribers: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(event: type[E], handler: Callable[[E], None]) -> None:
    """Call `handler` for each published `event`. Wiring the same pair twice has no effect."""
    if handler not in _subscribers[event]:
        _subscribers[event].append(handler)


def publish(event: Event) -> None:
    """Call every subscriber of the event, in the order of the wiring. A subscriber's refusal undoes the whole action."""
    for handler in _subscribers[type(event)]:
        handler(event)


def wired() -> dict[type[Event], tuple[Callable[[Any], None], ...]]:
    """The table event -> subscribers, for the test that pins it."""
    return {event: tuple(handlers) for event, handlers in _subscribers.items() if handlers}
