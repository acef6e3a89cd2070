from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

if TYPE_CHECKING:
    from wushe.regions.models import Region


class PostQuerySet(models.QuerySet["Post"]):
    def held(self, on: date) -> Self:
        """Posts in force on the day."""
        return self.filter(Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on)))

    def overlapping(self, since: date, until: date | None) -> Self:
        """Posts that share a day with a period; those withdrawn before they began share none."""
        later = Q() if until is None else Q(since__lt=until)
        return self.filter(later & (Q(until__isnull=True) | (Q(until__gt=since) & Q(until__gt=F("since")))))


class Post(models.Model):
    """A role of a person at a region (with everything below it) or at a body, from a day until a day (half-open).

    One that ends on the day it begins was withdrawn and never gave anything.
    """

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
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="accounts_post_does_not_end_before_it_begins"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "since"], name="accounts_post_by_user"),
            models.Index(fields=["role", "region"], name="accounts_post_by_role"),
            models.Index(fields=["body"], name="accounts_post_by_body"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"

    @property
    def seat(self) -> str:
        """The code of its region, or the number of its body."""
        return self.region.code if self.region is not None else self.body.number if self.body is not None else ""

    @property
    def place(self) -> Region:
        """Where it belongs: its region, or the region of its body."""
        if self.region is not None:
            return self.region
        assert self.body is not None  # noqa: S101 -- accounts_post_has_a_place
        return self.body.region
