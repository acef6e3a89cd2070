"""Pure predicates over (user, thing), composed with & | ~, so that button, view and action ask the same question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Predicate:
    """A named yes-or-no question about a person and a thing."""

    name: str
    test: Callable[[Any, Any], bool]

    def __call__(self, user: Any, thing: Any = None) -> bool:
        return self.test(user, thing)

    def __and__(self, other: Predicate) -> Predicate:
        return Predicate(f"({self.name} & {other.name})", lambda user, thing: self(user, thing) and other(user, thing))

    def __or__(self, other: Predicate) -> Predicate:
        return Predicate(f"({self.name} | {other.name})", lambda user, thing: self(user, thing) or other(user, thing))

    def __invert__(self) -> Predicate:
        return Predicate(f"~{self.name}", lambda user, thing: not self(user, thing))


def predicate(test: Callable[[Any, Any], bool]) -> Predicate:
    """Make a predicate of a plain function; its name is the function's."""
    return Predicate(test.__name__, test)
