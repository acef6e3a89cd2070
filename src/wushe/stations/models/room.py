from django.db import models
from django.db.models import Q


class Room(models.Model):
    """A room of a station; its kind is a code of the pack's list `room_kinds`."""

    station = models.ForeignKey("stations.Station", models.PROTECT, related_name="rooms")
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    area_m2 = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)

    class Meta:
        db_table = "stations_room"
        constraints = [
            models.UniqueConstraint(fields=["station", "name"], name="stations_room_names_differ"),
            models.CheckConstraint(condition=Q(area_m2__isnull=True) | Q(area_m2__gt=0), name="stations_room_area_is_positive"),
        ]
        indexes = [models.Index(fields=["kind"], name="stations_room_by_kind")]

    def __str__(self) -> str:
        return f"{self.station_id} {self.name}"
