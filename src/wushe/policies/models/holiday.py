from django.db import models


class HolidayException(models.Model):
    """A day on which offices work, or rest, other than the published list and the packs say."""

    day = models.DateField(unique=True)
    is_working = models.BooleanField()
    note = models.CharField(max_length=200)

    class Meta:
        db_table = "policies_holiday_exception"

    def __str__(self) -> str:
        return f"{self.day} {'works' if self.is_working else 'rests'}"
