from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q


class PackQuerySet(models.QuerySet["Pack"]):
    def valid(self, on: date) -> Self:
        """Packs in force on the day."""
        return self.filter(Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gt=on)))


class Pack(models.Model):
    """A policy as data, exactly as it was loaded. A version never changes: decisions keep the version under which they were made.

    A pack without a region is a base: national law, or the platform's defaults. It counts where a pack with a region builds on it.
    """

    code = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    region = models.ForeignKey("regions.Region", models.PROTECT, null=True, blank=True, related_name="packs")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    content = models.JSONField()
    loaded_at = models.DateTimeField()

    objects = PackQuerySet.as_manager()

    class Meta:
        db_table = "policies_pack"
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="policies_one_content_per_version"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")), name="policies_pack_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="policies_digest_is_a_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.code}@{self.version}"
