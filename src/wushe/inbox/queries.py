from datetime import datetime
from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet, Subquery

from wushe.accounts.models import User
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


def counts_for(user: Any, at: datetime) -> tuple[int, int]:
    """How many to-dos the person has, and how many news they have not read: every page asks for both at once."""
    todos, news = Todo.objects.open().for_user(user, at), Notice.objects.filter(user=user, read_at__isnull=True)
    counted = User.objects.filter(pk=user.pk).annotate(todos_open=_number_of(todos), news_unread=_number_of(news))
    return counted.values_list("todos_open", "news_unread").get()


def _number_of(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by().values(number=Func(F("pk"), function="COUNT", output_field=IntegerField())))
