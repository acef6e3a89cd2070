from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from wushe.accounts.models import Body, User
from wushe.inbox.models import Todo
from wushe.kernel.rows import any_of
from wushe.regions.models import Region

Subject = tuple[str, str, str]
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """One of many to-dos of a step: on what, whose, by when. `subject` is (kind, number, name)."""

    subject: Subject
    region: Region
    due_at: datetime | None = None


def ask(
    *,
    step: str,
    subject: Subject,
    at: datetime,
    permission: str = "",
    region: Region | None = None,
    body: Body | None = None,
    user: User | None = None,
    starts_at: datetime | None = None,
    due_at: datetime | None = None,
) -> None:
    """Put a step on the desk of whoever may do it. Asking again while it is open changes nothing. `subject` is (kind, number, name).

    With `starts_at` it lies there from that moment on.

    Effects: an open Todo, in the caller's transaction.
    """
    kind, number, name = subject
    todo = Todo(
        step=step,
        subject_kind=kind,
        subject=number,
        subject_name=name,
        permission=permission,
        region=region,
        body=body,
        user=user,
        created_at=at,
        starts_at=starts_at,
        due_at=due_at,
    )
    assert connection.in_atomic_block  # noqa: S101 -- a to-do without the change that caused it would be a lie
    Todo.objects.bulk_create([todo], ignore_conflicts=True)


def ask_each(*, step: str, asked: Iterable[Asked], permission: str, at: datetime) -> None:
    """Put a step on desks for many new things at once, as `ask` does for one.

    Effects: an open Todo for each, in the caller's transaction.
    """
    assert connection.in_atomic_block  # noqa: S101 -- as for one
    todos = []
    for each in asked:
        kind, number, name = each.subject
        kept = {"subject_kind": kind, "subject": number, "subject_name": name, "region": each.region, "due_at": each.due_at}
        todos.append(Todo(step=step, permission=permission, created_at=at, **kept))
    Todo.objects.bulk_create(todos, batch_size=AT_ONCE, ignore_conflicts=True)


def forget_each(kind: str, subjects: Sequence[str]) -> None:
    """Take the to-dos on things away that are taken out themselves.

    Effects: the Todos deleted, in the caller's transaction.
    """
    Todo.objects.filter(any_of("subject", subjects), subject_kind=kind).delete()


def settle(
    *,
    step: str,
    subject: tuple[str, str],
    at: datetime,
    permission: str = "",
    body: Body | None = None,
    user: User | None = None,
) -> int:
    """Close the open to-dos of a step on a thing; with `permission`, `body` or `user` only theirs. Returns how many.

    Effects: the Todos' done_at, in the caller's transaction.
    """
    kind, number = subject
    todos = Todo.objects.open().filter(step=step, subject_kind=kind, subject=number)
    if permission:
        todos = todos.filter(permission=permission)
    if body is not None:
        todos = todos.filter(body=body)
    if user is not None:
        todos = todos.filter(user=user)
    return todos.update(done_at=at)


def put_off(*, step: str, subject: tuple[str, str], due_at: datetime) -> int:
    """Move the day by which an open step is due; its age stays. Returns how many to-dos moved.

    Effects: the Todos' due_at, in the caller's transaction.
    """
    kind, number = subject
    return Todo.objects.open().filter(step=step, subject_kind=kind, subject=number).update(due_at=due_at)
