from django.db import models

from wushe.accounts.models import User


class SatisfactionSurvey(models.Model):
    """The survey in which a project's residents were asked."""

    project = models.OneToOneField("projects.Project", models.PROTECT, related_name="satisfaction")
    survey = models.OneToOneField("surveys.Survey", models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "oversight_satisfactionsurvey"

    def __str__(self) -> str:
        return f"{self.project_id}: {self.survey_id}"
