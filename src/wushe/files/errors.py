from dataclasses import dataclass
from typing import ClassVar

from wushe.kernel.errors import DomainError


@dataclass(eq=False)
class EmptyFile(DomainError):
    """Nothing is in the file."""

    field: ClassVar[str] = "file"
    name: str


@dataclass(eq=False)
class FileTooLarge(DomainError):
    """The file holds more bytes than the installation takes."""

    field: ClassVar[str] = "file"
    name: str
    limit: int


@dataclass(eq=False)
class FileEndingRefused(DomainError):
    """The name ends as none of the types that we keep do: it says that the file is something else."""

    field: ClassVar[str] = "file"
    name: str
    ending: str


@dataclass(eq=False)
class FileTypeRefused(DomainError):
    """What the bytes say is none of the types that we keep, whatever the name says."""

    field: ClassVar[str] = "file"
    name: str
