"""How a register describes itself to whoever brings a table. Registers stand on higher floors and are added in `wushe.config.wiring`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import override

from wushe.accounts.models import User
from wushe.imports.errors import CellEmpty
from wushe.imports.rules.cells import Cleaner, Doubted, plain
from wushe.imports.rules.remarks import Remark
from wushe.kernel.errors import DomainError, NotFound

# the public numbers of what an import entered
Numbers = Sequence[str]


class Likeness(StrEnum):
    """Why a row looks like something that the register has, or like an earlier row."""

    SAME_CODE = "same_code"
    SAME_NAME = "same_name"
    SAME_PLACE = "same_place"
    SAME_PERSON = "same_person"
    SAME_ENTRY = "same_entry"
    EARLIER_ROW = "earlier_row"


@dataclass(frozen=True, slots=True)
class Twin:
    """What a row looks like. `certain`: it is that thing, so it cannot be entered as a new one. An earlier row has no number."""

    number: str
    name: str
    why: Likeness
    certain: bool = False
    line: int = 0


@dataclass(slots=True)
class Draft:
    """One row on its way: what its cells say, what is to be said of it, what it looks like."""

    line: int
    name: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    twin: Twin | None = None

    def refuse(self, error: DomainError, column: str = "") -> None:
        """Say what keeps the row out."""
        self.remarks.append(Remark(error, column or error.field))

    def doubt(self, error: DomainError, column: str = "") -> None:
        """Say what somebody should look at."""
        self.remarks.append(Remark(error, column or error.field, is_fault=False))

    @property
    def is_bad(self) -> bool:
        """Whether something keeps the row out."""
        return any(remark.is_fault for remark in self.remarks)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register: what it is called here, what it is called in the tables of offices, how its cells are read."""

    name: str
    label: Promise
    clean: Cleaner
    required: bool = False
    help: "Promise | str" = ""
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Everything its heading may say, in both languages."""
        labels = []
        for code, _ in settings.LANGUAGES:
            with override(code):
                labels.append(str(self.label))
        return (*labels, *self.also, self.name)

    def read(self, cell: Any, draft: Draft) -> None:
        """Put the cell's value into the draft, or what is wrong with it."""
        if plain(cell) == "":
            if self.required:
                draft.refuse(CellEmpty(), self.name)
            return
        try:
            value = self.clean(cell)
        except DomainError as error:
            draft.refuse(error, self.name)
            return
        if isinstance(value, Doubted):
            draft.doubt(value.doubt, self.name)
            value = value.value
        draft.values[self.name] = value


@dataclass(frozen=True, slots=True)
class Importable:
    """A register that takes tables. Its first column is what a row is called, `subject` the kind of its things.

    `begin` reads once what the rows of one import need; what it returns goes to the others. `check_rows` refuses, doubts and finds twins,
    and leaves values that JSON can hold. `apply_rows` enters rows of such values, all in the caller's transaction, and returns their public
    numbers. `used_rows` names those that something refers to or that were changed; `undo_rows` takes out what nobody has used.
    """

    key: str
    subject: str
    title: Promise
    permission: str
    columns: tuple[Column, ...]
    begin: Callable[[User, datetime], Any]
    check_rows: Callable[[Any, Sequence[Draft]], None]
    apply_rows: Callable[[Any, Sequence[Mapping[str, Any]]], list[str]]
    used_rows: Callable[[Numbers], list[str]]
    undo_rows: Callable[[Numbers], None]

    def names(self) -> dict[str, tuple[str, ...]]:
        """What the heading of each column may say."""
        return {column.name: column.names for column in self.columns}

    def label(self, name: str) -> str:
        """What a column is called."""
        return next((str(column.label) for column in self.columns if column.name == name), name)


_registers: dict[str, Importable] = {}


def add_importable(register: Importable) -> None:
    """Let a register take tables. Called once at start."""
    _registers[register.key] = register


def importables() -> Iterator[Importable]:
    """Every register that takes tables."""
    return iter(_registers.values())


def importable(key: str) -> Importable:
    """The register. Raises NotFound."""
    try:
        return _registers[key]
    except KeyError as error:
        raise NotFound(kind="register", number=key) from error
