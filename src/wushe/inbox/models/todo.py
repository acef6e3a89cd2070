from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from wushe.accounts.models import User
from wushe.accounts.queries import Scope, posts_of, roles
from wushe.kernel.clock import local_date


class TodoQuerySet(models.QuerySet["Todo"]):
    def open(self) -> Self:
        """To-dos that nobody has done yet."""
        return self.filter(done_at__isnull=True)

    def for_user(self, user: Any, at: datetime) -> Self:
        """To-dos that this person may do by now: addressed to them, or to a permission they hold at the place or body."""
        mine = Q(user_id=user.pk)
        for post in posts_of(user, local_date(at)):
            place = Scope(
                regions=(post.region,) if post.region is not None else (),
                body_ids=frozenset({post.body_id}) if post.body_id is not None else frozenset(),
            )
            mine |= Q(permission__in=roles()[post.role].permissions, user__isnull=True) & place.where("region", "body")
        return self.filter(mine & (Q(starts_at__isnull=True) | Q(starts_at__lte=at)))


class Todo(models.Model):
    """Something somebody has to do by a date. The subject is held by kind and public number; the web turns it into a link.

    `step` is the word of the step that does it; `permission` with `region` or `body` says who may, `user` narrows it to one person.
    Before `starts_at` nobody sees it.
    """

    step = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    subject_name = models.CharField(max_length=300)
    permission = models.CharField(max_length=60, blank=True)
    region = models.ForeignKey("regions.Region", models.PROTECT, null=True, blank=True, related_name="todos")
    body = models.ForeignKey("accounts.Body", models.PROTECT, null=True, blank=True, related_name="todos")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="todos")
    created_at = models.DateTimeField()
    starts_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = TodoQuerySet.as_manager()

    class Meta:
        db_table = "inbox_todo"
        constraints = [
            models.UniqueConstraint(
                fields=["step", "subject_kind", "subject", "region", "body", "user"],
                condition=Q(done_at__isnull=True),
                nulls_distinct=False,
                name="inbox_one_open_todo_per_step",
            ),
            models.CheckConstraint(condition=~Q(permission="") | Q(user__isnull=False), name="inbox_todo_is_addressed"),
        ]
        indexes = [
            models.Index(fields=["permission", "due_at"], condition=Q(done_at__isnull=True), name="inbox_open_todos"),
            models.Index(fields=["subject_kind", "subject"], name="inbox_todo_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.subject}"
