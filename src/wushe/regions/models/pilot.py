from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q


class PilotQuerySet(models.QuerySet["Pilot"]):
    def named(self, on: date) -> Self:
        """Pilots named by the day, whether they still run or not; those that ended on the day they began were entered by mistake."""
        return self.filter(since__lte=on, mark="").exclude(until=F("since"))

    def marked(self, on: date) -> Self:
        """Places that have a mark on the day."""
        return self.filter(Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))).exclude(mark="")


class Pilot(models.Model):
    """A place that a document makes a pilot, in the half-open days [since, until). One that ends on the day it begins was entered by mistake.

    With a `mark` of the pack's list `place_marks` it is no pilot, but one of the places that a target means by that mark.
    """

    number = models.CharField(max_length=60, unique=True)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="pilots")
    name = models.CharField(max_length=120)
    mark = models.CharField(max_length=40, blank=True)
    document = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=300, blank=True)

    objects = PilotQuerySet.as_manager()

    class Meta:
        db_table = "regions_pilot"
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], condition=Q(until__isnull=True), name="regions_pilot_named_once_at_a_time"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(document=""), name="regions_pilot_rests_on_a_document"),
            models.CheckConstraint(
                condition=Q(until__isnull=True, ending="") | (Q(until__gte=F("since")) & ~Q(ending="")),
                name="regions_pilot_ends_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number
