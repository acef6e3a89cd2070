from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q


class Tenure(models.Model):
    """Under which parent a region stood, and when: the truth for every question about a past day. Half-open days."""

    region = models.ForeignKey("regions.Region", models.CASCADE, related_name="tenures")
    parent = models.ForeignKey("regions.Region", models.PROTECT, related_name="child_tenures")
    period = DateRangeField()

    class Meta:
        db_table = "regions_tenure"
        constraints = [
            ExclusionConstraint(
                name="regions_one_parent_on_a_day",
                expressions=[("region", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            )
        ]
        indexes = [
            models.Index(fields=["parent"], name="regions_tenure_by_parent"),
            # of hundreds of thousands of places a handful ever moved: what a past day asks for
            models.Index(fields=["region"], condition=Q(period__upper_inf=False), name="regions_tenure_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} under {self.parent_id} {self.period}"
