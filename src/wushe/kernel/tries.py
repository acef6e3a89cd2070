"""Whoever guesses at a secret has to wait: tries are counted, and after too many in a row nobody may try for a while.

A try is counted before it is made, in a statement of its own, so that many at one moment are not taken for one. Not to be called in a
transaction: the count would be lost with the refusal.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.db import connection
from django.db.models import F

from wushe.kernel.encryption import blind_index
from wushe.kernel.errors import TooManySent
from wushe.kernel.models import Tries

WAIT = timedelta(minutes=15)
# behind a proxy that nobody named stand all who ask: they must not lock each other out at once
SHARED = 10
COUNT = """
INSERT INTO kernel_tries AS kept (key, made, last_at) VALUES (%(key)s, 1, %(at)s)
ON CONFLICT (key) DO UPDATE SET
    made = CASE WHEN kept.last_at <= %(over)s THEN 1 ELSE least(kept.made, %(allowed)s) + 1 END,
    last_at = CASE WHEN kept.last_at > %(over)s AND kept.made >= %(allowed)s THEN kept.last_at ELSE %(at)s END
RETURNING made, last_at
"""


@dataclass(frozen=True, slots=True)
class Guarded:
    """What is tried at, and how many tries in a row it bears. Kept as a keyed hash: it may be a name, an address, or a typing mistake."""

    kind: str
    value: str
    allowed: int

    @property
    def key(self) -> str:
        """Under which the tries are counted."""
        return blind_index(self.value, context=f"kernel.tries.{self.kind}")


@dataclass(frozen=True, slots=True)
class Sender:
    """From where something comes: an address, alone or shared by many."""

    address: str
    is_shared: bool = False

    def guarded(self, kind: str, allowed: int) -> Guarded:
        """The address as tries from it are counted."""
        return Guarded(kind, self.address, allowed * SHARED if self.is_shared else allowed)


def count_try(guarded: Guarded, *, at: datetime) -> int:
    """Count a try that is about to be made. The minutes to wait when there were too many already, else 0."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"key": guarded.key, "at": at, "over": at - WAIT, "allowed": guarded.allowed})
        made, last_at = cursor.fetchone()
    return ceil((last_at + WAIT - at) / timedelta(minutes=1)) if made > guarded.allowed else 0


def count_sent(sender: Sender, kind: str, allowed: int, *, at: datetime) -> None:
    """Count what somebody without an account sends. Raises TooManySent."""
    minutes = count_try(sender.guarded(kind, allowed), at=at)
    if minutes:
        raise TooManySent(minutes=minutes)


def forget_tries(guarded: Guarded) -> None:
    """The try was right, so those before it were mistakes."""
    Tries.objects.filter(key=guarded.key).delete()


def take_back_try(guarded: Guarded) -> None:
    """The try was right, which says nothing of the others: they may have been somebody else's."""
    Tries.objects.filter(key=guarded.key, made__gt=0).update(made=F("made") - 1)


def clear_old_tries(*, at: datetime) -> None:
    """Drop the counts that hold nobody back any more."""
    Tries.objects.filter(last_at__lte=at - WAIT).delete()
