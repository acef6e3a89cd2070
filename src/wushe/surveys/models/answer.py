from django.db import models

from wushe.accounts.models import User


class Answer(models.Model):
    """What one invitation brought: marks by question code, words by question code, a comment. Never changed, and no name in it."""

    invitation = models.OneToOneField("surveys.Invitation", models.PROTECT, related_name="answer")
    survey = models.ForeignKey("surveys.Survey", models.PROTECT, related_name="answers")
    scores = models.JSONField()
    texts = models.JSONField(default=dict)
    comment = models.TextField(max_length=1000, blank=True)
    answered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "surveys_answer"
        indexes = [models.Index(fields=["survey", "-answered_at"], name="surveys_answers_by_day")]

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.invitation_id}"
