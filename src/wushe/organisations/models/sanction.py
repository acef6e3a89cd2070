from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q


class SanctionQuerySet(models.QuerySet["Sanction"]):
    def in_force(self, on: date) -> Self:
        """Sanctions that bind on the day."""
        return self.filter(Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on)) & (Q(lifted_on__isnull=True) | Q(lifted_on__gt=on)))


class Sanction(models.Model):
    """A punishment that bars an organisation from tenders, by the document that ordered it. Half-open days; never deleted, only lifted."""

    number = models.CharField(max_length=60, unique=True)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="sanctions")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300)
    document = models.CharField(max_length=200)
    lifted_on = models.DateField(null=True, blank=True)
    lifting_reason = models.CharField(max_length=300, blank=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        db_table = "organisations_sanction"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="organisations_sanction_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(document=""), name="organisations_sanction_has_reason_and_document"),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True, lifting_reason="") | (Q(lifted_on__gte=F("since")) & ~Q(lifting_reason="")),
                name="organisations_lifting_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "since"], name="organisations_sanction_since")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.document}"
