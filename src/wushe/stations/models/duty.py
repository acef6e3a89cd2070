"""What a station did for the duties that its policy gives it."""

from django.db import models
from django.db.models import Q

DECEMBER = 12


class DutyRecord(models.Model):
    """That a duty (a code of the pack) was done for a month of a year, and what shows it: words, an address, a file."""

    station = models.ForeignKey("stations.Station", models.PROTECT, related_name="duty_records")
    duty = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    done_on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    link = models.URLField(max_length=300, blank=True)
    file = models.ForeignKey("files.File", models.PROTECT, null=True, blank=True, related_name="+")
    pack_version = models.CharField(max_length=80)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "stations_duty_record"
        constraints = [
            models.UniqueConstraint(
                fields=["station", "duty", "year", "month"], condition=Q(withdrawn_at__isnull=True), name="stations_duty_once_a_month"
            ),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=DECEMBER), name="stations_duty_in_a_month"),
            models.CheckConstraint(
                condition=~Q(words="") | ~Q(link="") | Q(file__isnull=False), name="stations_duty_is_shown_by_something"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, reason="") | (Q(withdrawn_at__isnull=False) & ~Q(reason="")),
                name="stations_duty_withdrawn_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["station", "year"], name="stations_duties_by_year")]

    def __str__(self) -> str:
        return f"{self.station_id} {self.duty} {self.year}-{self.month}"
