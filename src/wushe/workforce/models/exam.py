from django.db import models
from django.db.models import F, Q

from wushe.workforce.states import ExamState

FULL_MARK = 100


class Exam(models.Model):
    """One person on the way through the national exam of one year for one level."""

    worker = models.ForeignKey("workforce.Worker", models.PROTECT, related_name="exams", db_index=False)
    year = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=ExamState, default=ExamState.INTERESTED)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "workforce_exam"
        constraints = [models.UniqueConstraint(fields=["worker", "year", "level"], name="workforce_one_exam_a_year_and_level")]
        indexes = [models.Index(fields=["year", "state"], name="workforce_exam_by_year")]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.year} {self.level}"


class TitleExam(models.Model):
    """The final exam of the local training for those who cannot sit the national one. Passing it gives a local title and no licence."""

    worker = models.ForeignKey("workforce.Worker", models.PROTECT, related_name="title_exams", db_index=False)
    held_on = models.DateField()
    score = models.DecimalField(max_digits=5, decimal_places=1)
    pass_mark = models.DecimalField(max_digits=5, decimal_places=1)

    class Meta:
        db_table = "workforce_titleexam"
        constraints = [
            models.UniqueConstraint(fields=["worker", "held_on"], name="workforce_one_title_exam_a_day"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=FULL_MARK), name="workforce_score_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.held_on}"

    @property
    def passed(self) -> bool:
        """Whether the score reached the pass mark of that day."""
        return self.score >= self.pass_mark


PASSED = Q(score__gte=F("pass_mark"))
