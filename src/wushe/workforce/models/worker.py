from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from wushe.accounts.models import User
from wushe.workforce.models.spell import Spell

NAME = "workforce.name"
IDENTITY = "workforce.identity"
PHONE = "workforce.phone"


class WorkerQuerySet(models.QuerySet["Worker"]):
    def living(self, on: date) -> Self:
        """On the register on the day, in the spell of today or in one before."""
        earlier = Spell.objects.standing().filter(since__lte=on, until__gt=on).order_by().values("worker")
        return self.filter((Q(joined_on__lte=on) & (Q(left_on__isnull=True) | Q(left_on__gt=on))) | Q(pk__in=earlier))


class Worker(models.Model):
    """A person who does social work, once for a whole life. Name, identity paper and phone are ciphertext; `region` keeps the entry.

    `joined_on` and `left_on` are the spell of today; whoever came back has Spells for the time before.
    """

    number = models.CharField(max_length=60, unique=True)
    name = models.BinaryField()
    name_index = models.CharField(max_length=32)
    identity = models.BinaryField()
    identity_index = models.CharField(max_length=32)
    phone = models.BinaryField(null=True)
    kind = models.CharField(max_length=40)
    education = models.CharField(max_length=40, blank=True)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="workers", db_index=False)
    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True, related_name="worker")
    pack_version = models.CharField(max_length=80)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    leaving_reason = models.CharField(max_length=300, blank=True)

    objects = WorkerQuerySet.as_manager()

    class Meta:
        db_table = "workforce_worker"
        constraints = [
            models.UniqueConstraint(fields=["identity_index"], name="workforce_everybody_once"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True, leaving_reason="") | (Q(left_on__gt=F("joined_on")) & ~Q(leaving_reason="")),
                name="workforce_leaving_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["name_index"], name="workforce_by_name"),
            models.Index(fields=["region", "kind"], name="workforce_by_place"),
        ]

    def __str__(self) -> str:
        return self.number
