from django.db import models
from django.db.models import Q

from wushe.accounts.models import User


class Supervision(models.Model):
    """One look at a project under delivery: the checklist with points and evidence. A second look names the first."""

    number = models.CharField(max_length=60, unique=True)
    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="supervisions")
    first = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="second")
    held_on = models.DateField()
    score = models.DecimalField(max_digits=5, decimal_places=1)
    pass_mark = models.DecimalField(max_digits=5, decimal_places=1)
    passed = models.BooleanField()
    opinion = models.TextField(max_length=2000, blank=True)
    correct_by = models.DateField(null=True, blank=True)
    supervised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "oversight_supervision"
        constraints = [
            models.CheckConstraint(
                condition=Q(passed=True, score__gte=models.F("pass_mark")) | Q(passed=False, score__lt=models.F("pass_mark")),
                name="oversight_pass_follows_the_score",
            ),
            models.CheckConstraint(condition=Q(passed=True) | Q(correct_by__isnull=False), name="oversight_failing_look_has_a_deadline"),
        ]
        indexes = [models.Index(fields=["project", "-at"], name="oversight_looks_by_project")]

    def __str__(self) -> str:
        return self.number


class SupervisionMark(models.Model):
    """Points for one item of the checklist, with what was seen."""

    supervision = models.ForeignKey(Supervision, models.CASCADE, related_name="marks")
    item = models.CharField(max_length=60)
    points = models.DecimalField(max_digits=5, decimal_places=1)
    maximum = models.DecimalField(max_digits=5, decimal_places=1)
    evidence = models.CharField(max_length=500, blank=True)
    file = models.ForeignKey("files.File", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "oversight_supervisionmark"
        constraints = [
            models.UniqueConstraint(fields=["supervision", "item"], name="oversight_one_mark_per_item"),
            models.CheckConstraint(condition=Q(points__gte=0) & Q(points__lte=models.F("maximum")), name="oversight_points_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.points}"


class Finding(models.Model):
    """Something to be corrected, and the agency's answer."""

    supervision = models.ForeignKey(Supervision, models.CASCADE, related_name="findings")
    text = models.CharField(max_length=500)
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "oversight_finding"
        constraints = [models.CheckConstraint(condition=Q(answered_at__isnull=True) | ~Q(answer=""), name="oversight_answer_is_not_empty")]

    def __str__(self) -> str:
        return self.text
