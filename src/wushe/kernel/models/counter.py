from django.db import models


class Counter(models.Model):
    """The last number given out in a series (`need-610326-2026`). Written by `wushe.kernel.numbers` alone."""

    series = models.CharField(primary_key=True, max_length=80)
    last = models.PositiveIntegerField()

    class Meta:
        db_table = "kernel_counter"

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"
