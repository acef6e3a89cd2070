from datetime import datetime
from typing import Any, Protocol

from wushe.audit.models import Entry


class Actor(Protocol):
    """Anyone who acts: a user, or the stand-in for a resident without an account."""

    @property
    def number(self) -> str: ...
    @property
    def display_name(self) -> str: ...


def record(*, by: Actor, at: datetime, verb: str, subject: tuple[str, str], name: str = "", data: dict[str, Any] | None = None) -> None:
    """Write one entry in the caller's transaction. `subject` is (kind, public number); `data` holds values, never personal data.

    Effects: an entry that the database chains when the transaction commits.
    """
    kind, number = subject
    Entry.objects.create(
        at=at,
        actor=by.number,
        actor_name=by.display_name,
        verb=verb,
        subject_kind=kind,
        subject=number,
        subject_name=name,
        data=data or {},
    )
