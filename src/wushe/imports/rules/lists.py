"""Cells that name an entry of a list: by what it is called in either language or in everyday words, or by its code."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from wushe.imports.errors import NotInList
from wushe.imports.rules.importable import Draft


class Entry(Protocol):
    """An entry of a list, as policies have them. A retired one cannot be chosen any more."""

    @property
    def code(self) -> str: ...
    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...
    @property
    def retired(self) -> bool: ...
    @property
    def extra(self) -> Mapping[str, Any]: ...


def words_of(entry: Entry) -> tuple[str, ...]:
    """What a cell may say for the entry; `also` of a pack lists the everyday words."""
    return (entry.zh, entry.en, entry.code, *entry.extra.get("also", ()))


class Lists:
    """The lists of a register, each under the column whose cells name its entries."""

    def __init__(self, lists: Mapping[str, Iterable[Entry]]) -> None:
        self._chosen = {column: [entry for entry in entries if not entry.retired] for column, entries in lists.items()}
        self._codes = {
            column: {word.lower(): entry.code for entry in entries for word in words_of(entry)} for column, entries in self._chosen.items()
        }

    def settle(self, draft: Draft) -> None:
        """Put the codes into the draft for the words of its cells, or what is wrong with a word."""
        for column, codes in self._codes.items():
            given = draft.values.get(column)
            if given is None:
                continue
            code = codes.get(given.lower())
            if code is None:
                draft.refuse(NotInList(text=given, known=tuple(entry.zh for entry in self._chosen[column])), column)
            else:
                draft.values[column] = code
