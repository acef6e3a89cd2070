from django.db import models

from wushe.accounts.models import User


class Round(models.Model):
    """A round of supervision through all towns of a place, with the sample as it was drawn."""

    number = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "oversight_round"
        constraints = [
            models.CheckConstraint(condition=models.Q(percent__gte=1, percent__lte=100), name="oversight_round_draws_a_share"),
            models.CheckConstraint(condition=~models.Q(title=""), name="oversight_round_has_a_title"),
        ]
        indexes = [models.Index(fields=["region", "-at"], name="oversight_rounds_by_place")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Drawn(models.Model):
    """A project that a round has drawn."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="drawn")
    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="rounds")

    class Meta:
        db_table = "oversight_drawn"
        constraints = [models.UniqueConstraint(fields=["round", "project"], name="oversight_project_drawn_once")]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.project_id}"
