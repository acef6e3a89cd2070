from dataclasses import dataclass
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
    """One person may not hold both roles: system, security and audit administration are kept apart, and apart from business."""

    field: ClassVar[str] = "role"
    role: str
    held: str
