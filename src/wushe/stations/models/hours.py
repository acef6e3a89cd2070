from django.db import models
from django.db.models import F, Q

SUNDAY = 7


class OpeningTime(models.Model):
    """On a day of the week (1 is Monday) a station is open from an hour to an hour; with a `room`, that room of it is, in place of the station's hours."""

    station = models.ForeignKey("stations.Station", models.CASCADE, related_name="opening_times")
    room = models.ForeignKey("stations.Room", models.CASCADE, null=True, blank=True, related_name="opening_times")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        db_table = "stations_opening_time"
        constraints = [
            models.UniqueConstraint(fields=["station", "room", "weekday"], nulls_distinct=False, name="stations_open_once_a_weekday"),
            models.CheckConstraint(condition=Q(weekday__gte=1, weekday__lte=SUNDAY), name="stations_weekday_of_a_week"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="stations_close_after_opening_the_door"),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.weekday} {self.opens}-{self.closes}"
