from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wushe.kernel.errors import DomainError


@dataclass(eq=False)
class IdentityWrong(DomainError):
    """The number cannot be that of an identity paper."""

    field: ClassVar[str] = "identity"


@dataclass(eq=False)
class WorkerExists(DomainError):
    """The person is on the register; everybody counts once."""

    field: ClassVar[str] = "identity"
    number: str


@dataclass(eq=False)
class AccountUnknown(DomainError):
    """Nobody signs in under this name."""

    field: ClassVar[str] = "username"
    username: str


@dataclass(eq=False)
class AccountTaken(DomainError):
    """The account belongs to another person of the register."""

    field: ClassVar[str] = "username"
    username: str


@dataclass(eq=False)
class WorkerLeft(DomainError):
    """The person has left; nothing new begins for them."""

    left_on: date


@dataclass(eq=False)
class WorkerPosted(DomainError):
    """Who leaves holds no post any more on the first day after."""

    posts: int


@dataclass(eq=False)
class NotYet(DomainError):
    """What is recorded has happened; this day is still to come. `name` is the form's field."""

    name: str
    day: date

    @property
    def field(self) -> str:  # type: ignore[override]
        """The field of the day."""
        return self.name


@dataclass(eq=False)
class OutOfOrder(DomainError):
    """A day lies before another that must come first. `name` is the form's field."""

    name: str
    earliest: date

    @property
    def field(self) -> str:  # type: ignore[override]
        """The field of the day."""
        return self.name


@dataclass(eq=False)
class NotOnRegister(DomainError):
    """The account belongs to nobody on the register of workers."""


@dataclass(eq=False)
class ContactInvalid(DomainError):
    """The digits are no phone number."""

    field: ClassVar[str] = "phone"
