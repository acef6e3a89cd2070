from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from wushe.inbox.models import Notice, Todo


def todos_for(user: Any, at: datetime) -> QuerySet[Todo]:
    """What the person has to do, by due date; to-dos without one come last."""
    return Todo.objects.open().for_user(user, at).select_related("region", "body").order_by(F("due_at").asc(nulls_last=True), "created_at")


def waiting_on(kind: str, number: str) -> list[Todo]:
    """The open to-dos of a thing: whom it waits for, and since when."""
    todos = Todo.objects.open().filter(subject_kind=kind, subject=number)
    return list(todos.select_related("region", "body", "user").order_by("created_at"))


def notices_for(user: Any) -> QuerySet[Notice]:
    """A person's news, newest first."""
    return Notice.objects.filter(user=user).order_by("-at", "-id")


def unread_count(user: Any) -> int:
    """How many news the person has not read."""
    return Notice.objects.filter(user=user, read_at__isnull=True).count()
