"""Who uses a room when, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q


class Span(Func):
    """tstzrange(start, end), half-open."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


class BookingQuerySet(models.QuerySet["Booking"]):
    def standing(self) -> Self:
        """Not cancelled."""
        return self.filter(cancelled_at__isnull=True)

    def between(self, start: datetime, end: datetime) -> Self:
        """That begin in the half-open time."""
        return self.filter(starts_at__gte=start, starts_at__lt=end)


class Booking(models.Model):
    """A room for somebody, from an hour to an hour. `minutes` and `persons` are the real use: unknown until noted, 0 when nobody came."""

    number = models.CharField(max_length=60, unique=True)
    room = models.ForeignKey("stations.Room", models.PROTECT, related_name="bookings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    holder = models.CharField(max_length=120)
    purpose = models.CharField(max_length=200)
    booked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    booked_at = models.DateTimeField()
    minutes = models.PositiveIntegerField(null=True, blank=True)
    persons = models.PositiveIntegerField(null=True, blank=True)
    noted_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        db_table = "stations_booking"
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="stations_booking_ends_after_start"),
            ExclusionConstraint(
                name="stations_room_for_one_at_a_time",
                expressions=[("room", RangeOperators.EQUAL), (Span("starts_at", "ends_at"), RangeOperators.OVERLAPS)],
                condition=Q(cancelled_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True, persons__isnull=True, noted_at__isnull=True)
                | Q(minutes=0, persons=0, noted_at__isnull=False)
                | Q(minutes__gt=0, persons__gt=0, noted_at__isnull=False),
                name="stations_use_has_time_and_people",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, reason="") | (Q(cancelled_at__isnull=False, noted_at__isnull=True) & ~Q(reason="")),
                name="stations_booking_cancelled_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["room", "starts_at"], name="stations_bookings_by_time")]

    def __str__(self) -> str:
        return self.number
