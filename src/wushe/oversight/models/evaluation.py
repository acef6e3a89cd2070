from django.db import models
from django.db.models import Q

from wushe.accounts.models import User


class Evaluation(models.Model):
    """A third party's evaluation: appointed, free of conflict, handed in once with score and grade.

    `content` is the whole report as it was handed in, with its figures and words of the rubric; a trigger keeps it as it is. None for
    reports of the time before contents were kept.
    """

    number = models.CharField(max_length=60, unique=True)
    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="evaluations")
    evaluator = models.ForeignKey("accounts.Body", models.PROTECT, related_name="+")
    appointed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    appointed_at = models.DateTimeField()
    declared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField(null=True, blank=True)
    has_conflict = models.BooleanField(null=True)
    conflict = models.CharField(max_length=500, blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    score = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    pass_mark = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    grade = models.CharField(max_length=20, blank=True)
    summary = models.TextField(max_length=6000, blank=True)
    advice = models.TextField(max_length=4000, blank=True)
    content = models.JSONField(null=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "oversight_evaluation"
        constraints = [
            models.UniqueConstraint(fields=["project"], condition=Q(superseded_at__isnull=True), name="oversight_one_living_evaluation"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | Q(declared_at__isnull=False, has_conflict=False, score__isnull=False),
                name="oversight_only_the_free_evaluate",
            ),
            models.CheckConstraint(
                condition=Q(submitted_by__isnull=True) | ~Q(submitted_by=models.F("appointed_by")),
                name="oversight_evaluator_is_not_appointer",
            ),
        ]
        indexes = [models.Index(fields=["evaluator", "-appointed_at"], name="oversight_evaluations_by_body")]

    def __str__(self) -> str:
        return self.number


class EvaluationItem(models.Model):
    """Points for one item of the rubric. Computed items carry the numbers they come from; judged ones what was seen."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="items")
    side = models.CharField(max_length=60)
    item = models.CharField(max_length=60)
    points = models.DecimalField(max_digits=5, decimal_places=1)
    maximum = models.DecimalField(max_digits=5, decimal_places=1)
    computed = models.BooleanField()
    basis = models.CharField(max_length=500, blank=True)
    file = models.ForeignKey("files.File", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "oversight_evaluationitem"
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "item"], name="oversight_one_row_per_rubric_item"),
            models.CheckConstraint(condition=Q(points__lte=models.F("maximum")), name="oversight_item_within_maximum"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.points}"
