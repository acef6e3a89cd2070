from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from wushe.accounts.models import Body, User
from wushe.inbox.models import Todo
from wushe.kernel.rows import any_of
from wushe.regions.models import Region

Subject = tuple[str, str, str]
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """A thing on which a step is to be taken, where, and by when. `subject` is (kind, number, name); `permission` comes before that of all."""

    subject: Subject
    region: Region
    due_at: datetime | None = None
    body: Body | None = None
    permission: str = ""


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


def ask_each(*, step: str, permission: str, asked: Sequence[Asked], at: datetime) -> None:
    """Put a step on many things on desks at once, as `ask` does for one.

    Effects: an open Todo for each that had none, in the caller's transaction.
    """
    assert connection.in_atomic_block  # noqa: S101 -- as for one
    todos = [
        Todo(
            step=step,
            subject_kind=each.subject[0],
            subject=each.subject[1],
            subject_name=each.subject[2],
            permission=each.permission or permission,
            region=each.region,
            body=each.body,
            created_at=at,
            due_at=each.due_at,
        )
        for each in asked
    ]
    Todo.objects.bulk_create(todos, ignore_conflicts=True, batch_size=BATCH)


def ask_for(*, step: str, kind: str, permission: str, asked: Sequence[Asked], at: datetime) -> int:
    """Let the open to-dos of a step on things of a kind be these and no others. Returns how many things were asked for.

    Effects: Todos for what nobody was asked for yet; the done_at of the others; in the caller's transaction.
    """
    over = Todo.objects.open().filter(step=step, subject_kind=kind).exclude(subject__in=[each.subject[1] for each in asked])
    over.update(done_at=at)
    ask_each(step=step, permission=permission, asked=asked, at=at)
    return len(asked)


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
