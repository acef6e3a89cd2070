from dataclasses import dataclass
from datetime import datetime

from wushe.accounts.models import User
from wushe.files.actions import store_file
from wushe.files.actions.storing import Upload
from wushe.files.models import File


@dataclass(frozen=True, slots=True)
class Proof:
    """A file that shows what an item got its points for; it is stored with the result, or not at all."""

    upload: Upload
    name: str


def keep(proof: Proof | None, *, by: User, at: datetime) -> File | None:
    """Store the file of an item, if there is one, in the caller's transaction.

    Refuses: what `store_file` refuses.
    """
    return store_file(upload=proof.upload, name=proof.name, by=by, at=at) if proof else None
