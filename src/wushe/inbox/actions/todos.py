from datetime import datetime

from django.db import connection

from wushe.accounts.models import Body, User
from wushe.inbox.models import Todo
from wushe.regions.models import Region

Subject = tuple[str, str, str]


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
