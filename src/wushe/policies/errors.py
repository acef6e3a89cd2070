from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wushe.kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a pack, and on which line of which file."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


@dataclass(eq=False)
class PackInvalid(DomainError):
    """The file is not a pack of this format, or it contradicts itself."""

    field: ClassVar[str] = "pack"
    problems: tuple[Problem, ...]


@dataclass(eq=False)
class PackVersionTaken(DomainError):
    """The version is loaded already, with other content; what was decided under it must stay readable."""

    field: ClassVar[str] = "pack"
    code: str
    version: str


@dataclass(eq=False)
class BasePackMissing(DomainError):
    """The pack builds on one that is not loaded."""

    field: ClassVar[str] = "pack"
    code: str
    base: str


@dataclass(eq=False)
class PackRegionUnknown(DomainError):
    """The pack is for a region that the division tree does not hold."""

    field: ClassVar[str] = "pack"
    code: str
    region: str


@dataclass(eq=False)
class NoPolicy(DomainError):
    """No pack covers the region on the day."""

    region: str
    on: date


@dataclass(eq=False)
class PolicyValueMissing(DomainError):
    """The step needs a number that no pack gives."""

    key: str
    pack: str


@dataclass(eq=False)
class UnknownCode(DomainError):
    """The code is not in the list, or no longer."""

    list_name: str
    code: str


@dataclass(eq=False)
class UnknownSection(DomainError):
    """The packs hold no checklist, rubric or article of this name."""

    section: str
    name: str
