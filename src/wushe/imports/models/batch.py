from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wushe.imports.states import WORKING, ImportState


class Import(models.Model):
    """One table on its way into a register: its file, what its columns are, how far it has come, and how many rows of each sort it has.

    `stopped` keeps why work could not be done; `asked_at` is when it was asked for.
    """

    number = models.CharField(max_length=60, unique=True)
    register = models.CharField(max_length=40)
    sender = models.ForeignKey("accounts.User", models.PROTECT, related_name="imports")
    file = models.ForeignKey("files.File", models.PROTECT, related_name="imports")
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.MATCHING)
    stopped = models.JSONField(null=True, blank=True)
    sheet = models.CharField(max_length=80, blank=True)
    heading_line = models.PositiveIntegerField()
    headings = ArrayField(models.CharField(max_length=200))
    columns = models.JSONField(default=dict)
    sample = models.JSONField(default=list)
    total = models.PositiveIntegerField()
    good = models.PositiveIntegerField(default=0)
    doubted = models.PositiveIntegerField(default=0)
    twins = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    entered = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "imports_import"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="imports_state_is_known"),
            models.CheckConstraint(condition=Q(total__gt=0), name="imports_has_rows"),
        ]
        indexes = [
            models.Index(fields=["sender", "-id"], name="imports_by_sender"),
            models.Index(fields=["asked_at"], condition=Q(state__in=sorted(WORKING)), name="imports_waiting_for_work"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_working(self) -> bool:
        """Whether the rows are being worked on."""
        return self.state in WORKING


class Progress(models.Model):
    """How far the work at an import has come. Written beside the work's own transaction, so that it can be seen before that ends."""

    work = models.OneToOneField(Import, models.CASCADE, related_name="progress")
    done = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "imports_progress"

    def __str__(self) -> str:
        return f"{self.work_id}: {self.done}"
