from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wushe.accounts.models import User
from wushe.projects.states import ProjectState


class Project(models.Model):
    """A service project of a town, made of residents' needs. What it consists of stands in budget lines, indicators and project needs."""

    number = models.CharField(max_length=60, unique=True)
    ocid = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    summary = models.TextField(max_length=4000)
    service_users = models.TextField(max_length=1000)
    goals = models.TextField(max_length=2000, blank=True, default="")
    expected_persons = models.PositiveIntegerField()
    field = models.CharField(max_length=40)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="projects")
    starts_on = models.DateField()
    ends_on = models.DateField()
    budget = models.DecimalField(max_digits=14, decimal_places=2)
    pack_version = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=20, choices=ProjectState, default=ProjectState.DRAFT)
    state_changed_at = models.DateTimeField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    termination_reason = models.TextField(blank=True)

    class Meta:
        db_table = "projects_project"
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="projects_ends_after_start"),
            models.CheckConstraint(condition=Q(budget__gt=0), name="projects_budget_is_positive"),
            models.CheckConstraint(
                condition=~Q(state=ProjectState.TERMINATED) | ~Q(termination_reason=""), name="projects_termination_has_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["region", "state"], name="projects_by_region"),
            models.Index(fields=["state", "-state_changed_at"], name="projects_by_state"),
            models.Index(fields=["-created_at"], name="projects_by_age"),
            models.Index(fields=["-state_changed_at", "-id"], name="projects_by_last_change"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
