from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q


class StationLevel(models.TextChoices):
    """The three levels: the county's general station, the town's station, the community's room."""

    COUNTY = "county"
    TOWN = "town"
    COMMUNITY = "community"


class StationKind(models.TextChoices):
    """A place of social work, or a centre or facility that serves the residents of a place with everything."""

    SOCIAL_WORK = "social_work"
    SERVICE_CENTRE = "service_centre"


class DateRange(Func):
    """daterange(first, last), half-open."""

    function = "daterange"
    output_field = DateRangeField()


class StationQuerySet(models.QuerySet["Station"]):
    def living(self, on: date) -> Self:
        """Open on the day."""
        return self.filter(Q(opened_on__lte=on) & (Q(closed_on__isnull=True) | Q(closed_on__gt=on)))


class Station(models.Model):
    """A place with staff and rooms, one of a kind in each region. Its posts sit at its body. Open in the half-open days [opened_on, closed_on)."""

    number = models.CharField(max_length=60, unique=True)
    body = models.OneToOneField("accounts.Body", models.PROTECT, related_name="station")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=StationKind, default=StationKind.SOCIAL_WORK)
    level = models.CharField(max_length=10, choices=StationLevel)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="stations")
    area_m2 = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    address = models.CharField(max_length=200, blank=True)
    opening_hours = models.CharField(max_length=200, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closing_reason = models.CharField(max_length=300, blank=True)

    objects = StationQuerySet.as_manager()

    class Meta:
        db_table = "stations_station"
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gt=F("opened_on")), name="stations_close_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closing_reason="") | (Q(closed_on__isnull=False) & ~Q(closing_reason="")),
                name="stations_closing_has_reason",
            ),
            models.CheckConstraint(condition=Q(area_m2__isnull=True) | Q(area_m2__gt=0), name="stations_area_is_positive"),
            ExclusionConstraint(
                name="stations_one_per_region_on_a_day",
                expressions=[
                    ("region", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (DateRange("opened_on", "closed_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["kind", "level", "region"], name="stations_by_level")]

    def __str__(self) -> str:
        return self.name
