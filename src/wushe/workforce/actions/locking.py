from datetime import date, datetime

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.workforce.errors import NotYet, OutOfOrder
from wushe.workforce.models import Worker
from wushe.workforce.permissions import Permission
from wushe.workforce.rules import refuse_left


def locked_worker(permission: Permission, worker: Worker, by: User, at: datetime) -> Worker:
    """The person, locked for a change that this user may make where the entry is kept."""
    locked = Worker.objects.select_for_update(of=("self",), no_key=True).select_related("region__county").get(pk=worker.pk)
    require(by, permission, local_date(at), region=locked.region)
    return locked


def locked_living(permission: Permission, worker: Worker, by: User, at: datetime) -> Worker:
    """The same, and the person has not left."""
    locked = locked_worker(permission, worker, by, at)
    refuse_left(locked)
    return locked


def said(reason: str) -> str:
    """A reason, which is never empty."""
    if not reason.strip():
        raise FieldRequired(name="reason")
    return reason.strip()


def in_order(name: str, day: date, *, earliest: date | None = None, latest: date | None = None) -> None:
    """Refuse a day before the one that must come first, or one still to come."""
    if latest is not None and day > latest:
        raise NotYet(name=name, day=day)
    if earliest is not None and day < earliest:
        raise OutOfOrder(name=name, earliest=earliest)
