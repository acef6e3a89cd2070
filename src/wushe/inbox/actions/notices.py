from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from wushe.accounts.models import User
from wushe.inbox.models import Notice


def notify(*, users: Iterable[User], verb: str, subject: tuple[str, str, str], at: datetime, data: dict[str, Any] | None = None) -> None:
    """Tell people the news once the transaction has committed. `subject` is (kind, number, name).

    Effects: a Notice for each person, after the commit.
    """
    kind, number, name = subject
    notices = [Notice(user=user, verb=verb, subject_kind=kind, subject=number, subject_name=name, data=data or {}, at=at) for user in users]
    transaction.on_commit(lambda: Notice.objects.bulk_create(notices))


@transaction.atomic
def mark_read(*, user: User, at: datetime, up_to: int) -> int:
    """Mark a person's news as read, up to an id. Returns how many.

    Effects: the Notices' read_at.
    """
    return Notice.objects.filter(user=user, read_at__isnull=True, pk__lte=up_to).update(read_at=at)
