"""Files that show something of a station are kept by the action that they belong to: refused together, kept together."""

from dataclasses import dataclass
from datetime import datetime

from wushe.accounts.models import User
from wushe.files.actions import store_file
from wushe.files.actions.storing import Upload
from wushe.files.models import File


@dataclass(frozen=True, slots=True)
class Evidence:
    """A photo or document that is handed in, and what it is called."""

    upload: Upload
    name: str


def keep_evidence(evidence: Evidence | None, *, by: User, at: datetime) -> File | None:
    """The stored file, in the caller's transaction; none where nothing was handed in."""
    return None if evidence is None else store_file(upload=evidence.upload, name=evidence.name, by=by, at=at)
