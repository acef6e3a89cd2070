from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce

SUNDAY = 7


class SecondOfDay(Func):
    """How many seconds into the day a time of day is."""

    template = "(EXTRACT(EPOCH FROM %(expressions)s))::integer"
    output_field = models.IntegerField()


class SpanOfDay(Func):
    """int4range(opens, closes) in seconds, half-open: the database has no range of times of day."""

    function = "int4range"
    output_field = IntegerRangeField()


class OpeningTime(models.Model):
    """On a day of the week (1 is Monday) a station is open from an hour to an hour, perhaps several times; with a `room`, that room of it is, in place of the station's hours."""

    station = models.ForeignKey("stations.Station", models.CASCADE, related_name="opening_times")
    room = models.ForeignKey("stations.Room", models.CASCADE, null=True, blank=True, related_name="opening_times")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        db_table = "stations_opening_time"
        constraints = [
            ExclusionConstraint(
                name="stations_open_once_at_a_time",
                expressions=[
                    ("station", RangeOperators.EQUAL),
                    (Coalesce("room", Value(0)), RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (SpanOfDay(SecondOfDay("opens"), SecondOfDay("closes")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(weekday__gte=1, weekday__lte=SUNDAY), name="stations_weekday_of_a_week"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="stations_close_after_opening_the_door"),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.weekday} {self.opens}-{self.closes}"
