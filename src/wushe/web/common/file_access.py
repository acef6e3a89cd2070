"""Who may open a file: the pages of each owner say so for their things. What nobody claims, nobody opens."""

from collections.abc import Callable
from datetime import date

from wushe.accounts.models import User
from wushe.files.models import File

MayOpen = Callable[[User, File, date], bool]

_owners: dict[str, MayOpen] = {}


def grant_file_access(kind: str, may_open: MayOpen) -> None:
    """Let the things of a kind (need, project …) decide about the files attached to them. Called once at start."""
    _owners[kind] = may_open


def may_open_file(user: User, file: File, on: date) -> bool:
    """Whether a thing to which the file is attached lets this person open it on the day."""
    return any(may_open(user, file, on) for may_open in _owners.values())
