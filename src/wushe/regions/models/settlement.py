from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from wushe.regions.models.region import Settlement


class SettlementPeriod(models.Model):
    """As what a region counted, and when. Half-open days.

    Only regions whose kind was ever set by hand have rows; all others have always been what `Region.settlement` says.
    """

    region = models.ForeignKey("regions.Region", models.CASCADE, related_name="settlement_periods")
    settlement = models.CharField(max_length=5, choices=Settlement, blank=True)
    period = DateRangeField()

    class Meta:
        db_table = "regions_settlementperiod"
        constraints = [
            ExclusionConstraint(
                name="regions_one_settlement_on_a_day",
                expressions=[("region", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.settlement} {self.period}"
