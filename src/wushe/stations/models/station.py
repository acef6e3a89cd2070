from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
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
    """A place with staff and rooms, one of a kind in each region. Its posts sit at its body. Open in the half-open days [opened_on, closed_on).

    `functions` are the other signs at its door, codes of the pack's list `station_functions`. One that is `housed_in` another has its floor
    space inside that one's: sums count it once.
    """

    number = models.CharField(max_length=60, unique=True)
    body = models.OneToOneField("accounts.Body", models.PROTECT, related_name="station")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=StationKind, default=StationKind.SOCIAL_WORK)
    level = models.CharField(max_length=10, choices=StationLevel)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="stations")
    area_m2 = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    address = models.CharField(max_length=200, blank=True)
    opening_hours = models.CharField(max_length=200, blank=True)
    functions = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    housed_in = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="houses")
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
            models.CheckConstraint(condition=Q(housed_in__isnull=True) | ~Q(housed_in=F("id")), name="stations_not_housed_in_itself"),
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


class Tie(models.Model):
    """Which station guides another in the half-open days [since, until), where that does not follow from the places."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="ties")
    above = models.ForeignKey(Station, models.PROTECT, related_name="ties_below")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "stations_tie"
        constraints = [
            models.CheckConstraint(condition=~Q(station=F("above")), name="stations_no_station_guides_itself"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="stations_tie_ends_after_start"),
            ExclusionConstraint(
                name="stations_one_guide_on_a_day",
                expressions=[("station", RangeOperators.EQUAL), (DateRange("since", "until"), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} < {self.above_id}"
