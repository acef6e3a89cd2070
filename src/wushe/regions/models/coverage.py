from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models


class CoveragePeriod(models.Model):
    """Whether targets counted a region, and when. Half-open days.

    Only regions that were ever taken out or in by hand have rows; all others have always counted as `Region.counts_for_coverage` says.
    """

    region = models.ForeignKey("regions.Region", models.CASCADE, related_name="coverage_periods")
    counts = models.BooleanField()
    period = DateRangeField()

    class Meta:
        db_table = "regions_coverageperiod"
        constraints = [
            ExclusionConstraint(
                name="regions_counts_or_not_on_a_day",
                expressions=[("region", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.counts} {self.period}"
