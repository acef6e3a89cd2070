from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from wushe.accounts.models import User
from wushe.inbox.models import Notice


def notify(*, users: Iterable[User], verb: str, subject: tuple[str, str, str], at: datetime, data: dict[str, Any] | None = None) -> None:
    """Tell people the news. `subject` is (kind, number, name).

    Effects: a Notice for each person, in the caller's transaction.
    """
    kind, number, name = subject
    notices = [Notice(user=user, verb=verb, subject_kind=kind, subject=number, subject_name=name, data=data or {}, at=at) for user in users]
    assert connection.in_atomic_block  # noqa: S101 -- news of something that was undone would be a lie
    Notice.objects.bulk_create(notices)


@transaction.atomic
def mark_read(*, user: User, at: datetime, up_to: int) -> int:
    """Mark a person's news as read, up to an id. Returns how many.

    Effects: the Notices' read_at.
    """
    return Notice.objects.filter(user=user, read_at__isnull=True, pk__lte=up_to).update(read_at=at)
