from django.db import models
from django.db.models import Q

from wushe.accounts.models import User


class StepDone(models.Model):
    """A step that the place has added to the procedure, done or waived for one project; `text` says what was done, or why it was waived."""

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="steps_done")
    code = models.CharField(max_length=60)
    is_waived = models.BooleanField()
    text = models.TextField(max_length=1000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "projects_stepdone"
        constraints = [
            models.UniqueConstraint(fields=["project", "code"], name="projects_a_step_is_done_once"),
            models.CheckConstraint(condition=Q(is_waived=False) | ~Q(text=""), name="projects_waived_step_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.code}"
