from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q


class TermQuerySet(models.QuerySet["Term"]):
    def standing(self) -> Self:
        """Those that were not entered by mistake."""
        return self.filter(withdrawn_on__isnull=True)


class Term(models.Model):
    """How long the members of an elected body of a community hold office: the half-open days [since, until).

    `body` is a code of the pack's list `community_bodies`. Who is a member follows from the postings. A term that begins before the last
    one is over takes its place.
    """

    number = models.CharField(max_length=60, unique=True)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="terms")
    body = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    since = models.DateField()
    until = models.DateField()
    document = models.CharField(max_length=200, blank=True)
    pack_version = models.CharField(max_length=80)
    withdrawn_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        db_table = "workforce_term"
        constraints = [
            models.UniqueConstraint(
                fields=["region", "body", "since"], condition=Q(withdrawn_on__isnull=True), name="workforce_one_term_from_a_day"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("since")) & ~Q(name=""), name="workforce_term_has_days_and_name"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, reason="") | (Q(withdrawn_on__isnull=False) & ~Q(reason="")),
                name="workforce_withdrawn_term_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number
