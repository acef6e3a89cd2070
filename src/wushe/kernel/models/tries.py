from django.db import models


class Tries(models.Model):
    """How often somebody tried at a secret in a row, and when last. Written by `wushe.kernel.tries` alone."""

    key = models.CharField(primary_key=True, max_length=32)
    made = models.PositiveSmallIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_tries"
        indexes = [models.Index(fields=["last_at"], name="kernel_tries_by_age")]

    def __str__(self) -> str:
        return f"{self.key}: {self.made}"
