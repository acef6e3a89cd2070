from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from wushe.workforce.models.posting import DAYS


class SpellQuerySet(models.QuerySet["Spell"]):
    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(withdrawn_on__isnull=True)


class Spell(models.Model):
    """When somebody who came back was on the register before, in the half-open days [since, until); the spell of today is on the Worker.

    One that never was is withdrawn with a reason: it stays to be read and holds on no day.
    """

    worker = models.ForeignKey("workforce.Worker", models.PROTECT, related_name="spells", db_index=False)
    since = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=300)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawal = models.CharField(max_length=300, blank=True)

    objects = SpellQuerySet.as_manager()

    class Meta:
        db_table = "workforce_spell"
        constraints = [
            ExclusionConstraint(
                name="workforce_in_one_spell",
                expressions=[("worker", RangeOperators.EQUAL), DAYS],
                condition=Q(withdrawn_on__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawal="") | (Q(withdrawn_on__isnull=False) & ~Q(withdrawal="")),
                name="workforce_withdrawn_spell_has_reason",
            ),
            models.CheckConstraint(condition=Q(until__gt=F("since")) & ~Q(reason=""), name="workforce_spell_ends_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.since}"
