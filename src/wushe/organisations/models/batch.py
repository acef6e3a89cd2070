from django.db import models
from django.db.models import F, Q

from wushe.accounts.models import User


class Batch(models.Model):
    """The filings that a town reports together. Frozen: what the county judges is what was reported."""

    number = models.CharField(max_length=60, unique=True)
    town = models.ForeignKey("regions.Region", models.PROTECT, related_name="filing_batches")
    until = models.DateField()
    frozen_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField(null=True, blank=True)
    receipt = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "organisations_batch"
        constraints = [
            models.CheckConstraint(
                condition=Q(received_by__isnull=True) | ~Q(received_by=F("frozen_by")), name="organisations_who_freezes_does_not_receive"
            ),
            models.CheckConstraint(
                condition=Q(received_by__isnull=True, received_at__isnull=True, receipt="")
                | (Q(received_by__isnull=False, received_at__isnull=False) & ~Q(receipt="")),
                name="organisations_received_batch_has_receipt",
            ),
        ]
        indexes = [
            models.Index(fields=["town", "-frozen_at"], name="organisations_batches_of_town"),
            models.Index(fields=["due_at"], condition=Q(received_at__isnull=True), name="organisations_batches_waiting"),
        ]

    def __str__(self) -> str:
        return self.number


class Outcome(models.TextChoices):
    """What the county says of a line."""

    WAITING = ""
    ACCEPTED = "accepted"
    RETURNED = "returned"


class BatchLine(models.Model):
    """One filing in a batch, as it stood when the batch was frozen. `warnings` are the codes of what the check found."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="lines", db_index=False)
    position = models.PositiveSmallIntegerField()
    filing = models.ForeignKey("organisations.Filing", models.PROTECT, related_name="lines")
    frozen = models.JSONField()
    warnings = models.JSONField(default=list)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True, default=Outcome.WAITING)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "organisations_batchline"
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="organisations_one_line_per_position"),
            models.UniqueConstraint(
                fields=["filing"], condition=~Q(outcome=Outcome.RETURNED), name="organisations_reported_once_unless_returned"
            ),
            models.CheckConstraint(condition=~Q(outcome=Outcome.RETURNED) | ~Q(reason=""), name="organisations_returned_line_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.position}"
