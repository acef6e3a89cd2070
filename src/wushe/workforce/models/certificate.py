from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def held(self, on: date) -> Self:
        """Given by the day and not declared void."""
        return self.filter(issued_on__lte=on, void_reason="")


class Certificate(models.Model):
    """A certificate of the professional level exam. `rank` orders the levels; a registration holds in the half-open days [registered_on, valid_until)."""

    worker = models.ForeignKey("workforce.Worker", models.PROTECT, related_name="certificates", db_index=False)
    level = models.CharField(max_length=40)
    rank = models.PositiveSmallIntegerField()
    certificate = models.CharField(max_length=60)
    issued_on = models.DateField()
    registered_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        db_table = "workforce_certificate"
        constraints = [
            models.UniqueConstraint(fields=["certificate"], condition=Q(void_reason=""), name="workforce_one_person_per_certificate"),
            models.CheckConstraint(condition=~Q(certificate=""), name="workforce_certificate_has_number"),
            models.CheckConstraint(
                condition=Q(registered_on__isnull=True, valid_until__isnull=True)
                | Q(registered_on__gte=F("issued_on"), valid_until__gt=F("registered_on")),
                name="workforce_registered_after_issue",
            ),
        ]
        indexes = [
            models.Index(fields=["worker", "-rank"], name="workforce_highest_certificate"),
            models.Index(fields=["valid_until"], name="workforce_by_validity"),
        ]

    def __str__(self) -> str:
        return self.certificate
