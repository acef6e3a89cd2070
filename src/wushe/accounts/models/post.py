from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q


class PostQuerySet(models.QuerySet["Post"]):
    def held(self, on: date) -> Self:
        """Posts in force on the day."""
        return self.filter(Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on)))


class Post(models.Model):
    """A role of a person at a region (with everything below it) or at a body, from a day until a day (half-open)."""

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="posts")
    role = models.CharField(max_length=40)
    title = models.CharField(max_length=80, blank=True)
    region = models.ForeignKey("regions.Region", models.PROTECT, null=True, blank=True, related_name="posts")
    body = models.ForeignKey("accounts.Body", models.PROTECT, null=True, blank=True, related_name="posts")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        db_table = "accounts_post"
        constraints = [
            models.CheckConstraint(condition=Q(region__isnull=False) | Q(body__isnull=False), name="accounts_post_has_a_place"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=models.F("since")), name="accounts_post_ends_after_start"),
        ]
        indexes = [
            models.Index(fields=["user", "since"], name="accounts_post_by_user"),
            models.Index(fields=["role", "region"], name="accounts_post_by_role"),
            models.Index(fields=["body"], name="accounts_post_by_body"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"
