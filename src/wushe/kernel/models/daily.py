from django.db import models


class DailyRun(models.Model):
    """That a piece of daily work was done on a day, by whichever process came first. Written by `wushe.kernel.daily` alone.

    One that failed is tried again on the same day.
    """

    work = models.CharField(max_length=60)
    day = models.DateField()
    ran_at = models.DateTimeField()
    failed = models.BooleanField(default=False)

    class Meta:
        db_table = "kernel_daily_run"
        constraints = [models.UniqueConstraint(fields=["work", "day"], name="kernel_daily_work_once_a_day")]

    def __str__(self) -> str:
        return f"{self.work} {self.day}"
