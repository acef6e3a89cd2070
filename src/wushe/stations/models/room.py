from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class RoomQuerySet(models.QuerySet["Room"]):
    """Rooms."""

    def used(self, on: date) -> Self:
        """In use on the day."""
        return self.filter(Q(used_from__lte=on) & (Q(used_until__isnull=True) | Q(used_until__gt=on)))


class Room(models.Model):
    """A room of a station. One room may serve several purposes, codes of the pack's list `room_kinds`; its floor space counts once.
    Those that are open may be booked for residents and groups.

    In use in the half-open days [used_from, used_until).
    """

    station = models.ForeignKey("stations.Station", models.PROTECT, related_name="rooms")
    kinds = ArrayField(models.CharField(max_length=40))
    name = models.CharField(max_length=80)
    is_open = models.BooleanField(default=True)
    area_m2 = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    used_from = models.DateField()
    used_until = models.DateField(null=True, blank=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        db_table = "stations_room"
        constraints = [
            models.UniqueConstraint(fields=["station", "name"], condition=Q(used_until__isnull=True), name="stations_room_names_differ"),
            models.CheckConstraint(condition=Q(kinds__len__gt=0), name="stations_room_serves_something"),
            models.CheckConstraint(
                condition=Q(used_until__isnull=True) | Q(used_until__gt=F("used_from")), name="stations_room_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(area_m2__isnull=True) | Q(area_m2__gt=0), name="stations_room_area_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.name}"
