from django.db import models
from django.db.models import Q


class Standing(models.TextChoices):
    """What the check found."""

    GOOD = "good"
    DOUBTED = "doubted"
    TWIN = "twin"
    BAD = "bad"


class Choice(models.TextChoices):
    """What the sender makes of a row that looks like something known."""

    SKIP = "skip"
    NEW = "new"
    SAME = "same"


class Row(models.Model):
    """One row of the table, called by its first column. Its values stay until they stand in the register; then `subject` says where."""

    of = models.ForeignKey("imports.Import", models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    name = models.CharField(max_length=120, blank=True)
    standing = models.CharField(max_length=10, choices=Standing)
    values = models.JSONField(default=dict)
    remarks = models.JSONField(default=list)
    twin = models.JSONField(null=True, blank=True)
    choice = models.CharField(max_length=4, choices=Choice, default=Choice.SKIP)
    subject = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "imports_row"
        constraints = [
            models.UniqueConstraint(fields=["of", "line"], name="imports_one_row_per_line"),
            models.CheckConstraint(condition=~Q(standing="twin") | Q(twin__isnull=False), name="imports_twin_of_something"),
        ]
        indexes = [
            models.Index(fields=["of", "standing", "line"], name="imports_rows_by_standing"),
            models.Index(fields=["subject"], condition=~Q(subject=""), name="imports_rows_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.of_id}:{self.line}"
