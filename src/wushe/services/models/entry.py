from django.db import models

from wushe.accounts.models import User


class StationEntry(models.Model):
    """The agency's entry into the station: agreement, station and the named professional in one record.

    `worker` is the professional as the register of people knows them; empty for somebody whom it does not have.
    """

    project = models.OneToOneField("projects.Project", models.PROTECT, related_name="station_entry")
    station = models.ForeignKey("stations.Station", models.PROTECT, related_name="entries")
    entered_on = models.DateField()
    professional = models.CharField(max_length=60)
    certificate = models.CharField(max_length=60)
    worker = models.ForeignKey("workforce.Worker", models.PROTECT, null=True, blank=True, related_name="+")
    room = models.CharField(max_length=120, blank=True)
    room_is_free = models.BooleanField(default=True)
    # the last day on which the room is free of charge
    room_until = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "services_stationentry"
        constraints = [
            models.CheckConstraint(condition=~models.Q(professional="") & ~models.Q(certificate=""), name="services_professional_is_named"),
            models.CheckConstraint(
                condition=models.Q(room_is_free=False, room_until__isnull=True)
                | models.Q(room_is_free=True, room_until__isnull=False, room_until__gte=models.F("entered_on")),
                name="services_free_room_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} at {self.station_id}"
