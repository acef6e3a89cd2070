from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wushe.kernel.errors import DomainError


@dataclass(eq=False)
class DivisionFilesMissing(DomainError):
    """The files of the division tree are not installed."""

    folder: str


@dataclass(eq=False)
class UnknownPlace(DomainError):
    """No living region has this code."""

    code: str


@dataclass(eq=False)
class LevelsDiffer(DomainError):
    """Only regions of one level can be merged."""

    code: str
    target: str


@dataclass(eq=False)
class MergedIntoItself(DomainError):
    """A region cannot be its own successor."""

    code: str


@dataclass(eq=False)
class CodeTaken(DomainError):
    """A living region of this level has the code."""

    field: ClassVar[str] = "code"
    code: str


@dataclass(eq=False)
class CodeMalformed(DomainError):
    """A division code has twelve digits."""

    field: ClassVar[str] = "code"
    code: str


@dataclass(eq=False)
class NotItsChildren(DomainError):
    """Some chosen regions do not stand under the region that is split."""

    codes: tuple[str, ...]


@dataclass(eq=False)
class SplitLeavesNothing(DomainError):
    """A split moves some of the children and leaves some."""

    code: str


@dataclass(eq=False)
class ChangeInFuture(DomainError):
    """A change of the tree is entered when it has taken place."""

    field: ClassVar[str] = "on"
    on: date


@dataclass(eq=False)
class ChangeTooEarly(DomainError):
    """A change on a later or the same day stands already; history is changed at its end only."""

    field: ClassVar[str] = "on"
    on: date
    latest: date


@dataclass(eq=False)
class PilotNamed(DomainError):
    """The place is a pilot under this name already."""

    field: ClassVar[str] = "name"
    name: str


@dataclass(eq=False)
class PilotEnded(DomainError):
    """The pilot has ended."""

    number: str
