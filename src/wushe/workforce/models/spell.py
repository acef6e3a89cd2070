from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from wushe.workforce.models.posting import DAYS


class Spell(models.Model):
    """When somebody who came back was on the register before, in the half-open days [since, until); the spell of today is on the Worker."""

    worker = models.ForeignKey("workforce.Worker", models.PROTECT, related_name="spells", db_index=False)
    since = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=300)

    class Meta:
        db_table = "workforce_spell"
        constraints = [
            ExclusionConstraint(name="workforce_in_one_spell", expressions=[("worker", RangeOperators.EQUAL), DAYS]),
            models.CheckConstraint(condition=Q(until__gt=F("since")) & ~Q(reason=""), name="workforce_spell_ends_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.since}"
