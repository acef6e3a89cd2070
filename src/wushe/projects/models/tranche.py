from django.db import models
from django.db.models import F, Q

from wushe.accounts.models import User


class Trigger(models.TextChoices):
    """What frees a tranche."""

    SIGNED = "signed"
    MIDTERM_PASS = "midterm_pass"  # noqa: S105 -- a milestone, not a password
    FINAL_PASS = "final_pass"  # noqa: S105 -- a milestone, not a password


class TrancheState(models.TextChoices):
    """Where a tranche stands."""

    WAITING = "waiting"
    BLOCKED = "blocked"
    FREE = "free"
    REQUESTED = "requested"
    APPROVED = "approved"
    PAID = "paid"


class Tranche(models.Model):
    """A part of the price that is paid when its trigger has happened. The percents of an agreement sum to 100 (checked at commit)."""

    agreement = models.ForeignKey("projects.Agreement", models.PROTECT, related_name="tranches")
    number = models.PositiveSmallIntegerField()
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    trigger = models.CharField(max_length=20, choices=Trigger)
    state = models.CharField(max_length=12, choices=TrancheState, default=TrancheState.WAITING)
    freed_at = models.DateTimeField(null=True, blank=True)
    block_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "projects_tranche"
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="projects_one_tranche_per_number"),
            models.CheckConstraint(condition=Q(percent__gt=0) & Q(percent__lte=100), name="projects_tranche_percent_in_range"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="projects_tranche_amount_is_positive"),
            models.CheckConstraint(
                condition=Q(state__in=[TrancheState.WAITING, TrancheState.BLOCKED]) | Q(freed_at__isnull=False),
                name="projects_tranche_moves_after_its_trigger",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} #{self.number}: {self.percent} %"


class Payment(models.Model):
    """The request, approval and payment of one tranche: three people, one row, so that a tranche is never paid twice."""

    number = models.CharField(max_length=60, unique=True)
    tranche = models.OneToOneField(Tranche, models.PROTECT, related_name="payment")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    invoice_no = models.CharField(max_length=60)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    paid_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    paid_at = models.DateTimeField(null=True, blank=True)
    voucher_no = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "projects_payment"
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("requested_by")), name="projects_approver_is_not_requester"
            ),
            models.CheckConstraint(
                condition=Q(paid_by__isnull=True) | (Q(approved_by__isnull=False) & ~Q(paid_by=F("approved_by"))),
                name="projects_payer_is_not_approver",
            ),
            models.CheckConstraint(condition=Q(paid_at__isnull=True) | ~Q(voucher_no=""), name="projects_payment_has_a_voucher"),
        ]

    def __str__(self) -> str:
        return self.number
