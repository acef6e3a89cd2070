"""The sentences of every refusal: why, by which article, and what to do. One module an app; a test finds refusals without a sentence."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from wushe.kernel.errors import DomainError


@cache
def sentences() -> dict[type[DomainError], Callable[[Any], str]]:
    """All sentences by the class of the error."""
    collected: dict[type[DomainError], Callable[[Any], str]] = {}
    for module in iter_modules(__path__):
        if not module.ispkg:
            collected |= import_module(f"{__name__}.{module.name}").SENTENCES
    return collected


def sentence(error: DomainError) -> str:
    """What the person reads, in the language of the request."""
    return sentences()[type(error)](error)
