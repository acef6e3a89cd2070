from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from wushe.accounts.models import User


class SurveyQuerySet(models.QuerySet["Survey"]):
    def about(self, kind: str, number: str) -> Self:
        """The surveys about one thing."""
        return self.filter(subject_kind=kind, subject=number)


class Survey(models.Model):
    """Questions about one thing. `questions` is the pack's list as it was asked: `{code, zh, en, kind: "scale" | "text", main}`."""

    number = models.CharField(max_length=60, unique=True)
    subject_kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    questions = models.JSONField()
    highest = models.PositiveSmallIntegerField()
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="surveys")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = SurveyQuerySet.as_manager()

    class Meta:
        db_table = "surveys_survey"
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gte=F("opens_at")), name="surveys_closes_after_opening"),
            models.CheckConstraint(condition=Q(highest__gt=1), name="surveys_scale_has_two_ends"),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject"], name="surveys_by_subject"),
            models.Index(fields=["region", "-opens_at"], name="surveys_by_region"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
