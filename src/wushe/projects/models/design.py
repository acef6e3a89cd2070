from django.db import models
from django.db.models import Q

from wushe.accounts.models import User


class IndicatorKind(models.TextChoices):
    """What delivery counts towards an indicator; the counting is never typed by hand."""

    ACTIVITIES = "activities"
    VISITS = "visits"
    HOUSEHOLDS = "households"
    PERSON_TIMES = "person_times"
    PERSONS = "persons"
    VOLUNTEER_HOURS = "volunteer_hours"
    RESOURCE_VALUE = "resource_value"


class BudgetLine(models.Model):
    """What money is planned for, by category of the pack."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="budget_lines")
    position = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=40)
    text = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        db_table = "projects_budgetline"
        constraints = [
            models.UniqueConstraint(fields=["project", "position"], name="projects_one_budget_line_per_position"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="projects_budget_line_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.text}: {self.amount}"


class Indicator(models.Model):
    """A number that the delivery must reach."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=IndicatorKind)
    text = models.CharField(max_length=200)
    target = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        db_table = "projects_indicator"
        constraints = [
            models.UniqueConstraint(fields=["project", "position"], name="projects_one_indicator_per_position"),
            models.CheckConstraint(condition=Q(target__gt=0), name="projects_indicator_target_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.text}: {self.target}"


class ProjectNeed(models.Model):
    """A need that the project is to meet. A need belongs to one living project at a time."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="project_needs")
    need = models.ForeignKey("needs.Need", models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "projects_projectneed"
        constraints = [
            models.UniqueConstraint(fields=["need"], condition=Q(released_at__isnull=True), name="projects_need_in_one_project"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} <- {self.need_id}"


class DesignVersion(models.Model):
    """The design as it was submitted, whole: the reviewer compares versions, and nothing that was once reported is lost."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="versions")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        db_table = "projects_designversion"
        constraints = [models.UniqueConstraint(fields=["project", "version"], name="projects_one_content_per_version")]

    def __str__(self) -> str:
        return f"{self.project_id} v{self.version}"
