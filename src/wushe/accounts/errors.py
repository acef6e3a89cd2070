from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wushe.kernel.errors import DomainError


@dataclass(eq=False)
class UsernameTaken(DomainError):
    """Somebody signs in with this name already."""

    field: ClassVar[str] = "username"
    username: str


@dataclass(eq=False)
class UnknownRole(DomainError):
    """No role has this code."""

    field: ClassVar[str] = "role"
    role: str


@dataclass(eq=False)
class RolesConflict(DomainError):
    """One person may not hold both roles: administration and audit are kept apart, and apart from business."""

    field: ClassVar[str] = "role"
    role: str
    held: str


@dataclass(eq=False)
class WrongKindOfPlace(DomainError):
    """Posts of some roles sit at a region, of others at a body of one kind (`body_kind`; empty: at a region)."""

    field: ClassVar[str] = "role"
    role: str
    body_kind: str


@dataclass(eq=False)
class PostAlreadyHeld(DomainError):
    """The person holds this role at this place during a part of the time."""

    field: ClassVar[str] = "since"
    role: str
    place: str
    since: date
    until: date | None


@dataclass(eq=False)
class PostEndsTooEarly(DomainError):
    """A post does not end before it begins, nor on a day that is over: what was done under it was done by its holder."""

    field: ClassVar[str] = "until"
    earliest: date


@dataclass(eq=False)
class PostIsOver(DomainError):
    """The post has ended already."""

    field: ClassVar[str] = "until"
    until: date


@dataclass(eq=False)
class OwnLastAdministration(DomainError):
    """Nobody ends the last post by which they administer themselves."""

    field: ClassVar[str] = "until"


@dataclass(eq=False)
class OwnAccount(DomainError):
    """What an administrator does to accounts they do not do to their own."""


@dataclass(eq=False)
class PostsElsewhere(DomainError):
    """The person holds posts that somebody else administers, so the account is not this administrator's alone."""

    places: tuple[str, ...]


@dataclass(eq=False)
class PasswordWrong(DomainError):
    """The password is not the one the person has."""

    field: ClassVar[str] = "old"


@dataclass(eq=False)
class PasswordUnchanged(DomainError):
    """The new password is the one the person has."""

    field: ClassVar[str] = "new"


@dataclass(eq=False)
class SignInWrong(DomainError):
    """No active account has this user name and password. Which of them is wrong stays untold."""


@dataclass(eq=False)
class SignInLocked(DomainError):
    """Too many wrong passwords for this name or from this address; sign-in opens again later."""

    minutes: int


@dataclass(eq=False)
class TooMuchTyped(DomainError):
    """More was typed than is kept for somebody whose session ended."""


@dataclass(eq=False)
class TooManyViews(DomainError):
    """A person keeps so many views and no more."""

    field: ClassVar[str] = "name"
    most: int
