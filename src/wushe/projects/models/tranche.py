from django.db import models
from django.db.models import F, Q

from wushe.accounts.models import User

LIVING = Q(returned_at__isnull=True, withdrawn_at__isnull=True)


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

    @property
    def payment(self) -> "Payment | None":
        """The request that counts, paid or not; out of `payments`, which a list fetches beforehand."""
        return next((each for each in self.payments.all() if each.is_living), None)

    @property
    def taken_back(self) -> "list[Payment]":
        """The requests that were returned or withdrawn, the first first."""
        return [each for each in self.payments.all() if not each.is_living]


class Payment(models.Model):
    """The request, approval and payment of one tranche: three people, one row that counts, so that a tranche is never paid twice.

    A request that was returned or withdrawn stays beside the one that follows it.
    """

    number = models.CharField(max_length=60, unique=True)
    tranche = models.ForeignKey(Tranche, models.PROTECT, related_name="payments")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    invoice_no = models.CharField(max_length=60)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    paid_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    paid_at = models.DateTimeField(null=True, blank=True)
    voucher_no = models.CharField(max_length=60, blank=True)
    returned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.CharField(max_length=300, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "projects_payment"
        constraints = [
            models.UniqueConstraint(fields=["tranche"], condition=LIVING, name="projects_a_tranche_is_paid_once"),
            models.CheckConstraint(
                condition=Q(returned_by__isnull=True, returned_at__isnull=True, return_reason="")
                | (Q(returned_by__isnull=False, returned_at__isnull=False) & ~Q(return_reason="") & ~Q(returned_by=F("requested_by"))),
                name="projects_another_returns_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False, approved_at__isnull=True, returned_at__isnull=True),
                name="projects_a_request_is_withdrawn_before_it_is_approved",
            ),
            models.CheckConstraint(condition=Q(paid_at__isnull=True) | LIVING, name="projects_what_is_paid_is_not_taken_back"),
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

    @property
    def is_living(self) -> bool:
        """Whether it counts: neither returned nor withdrawn."""
        return self.returned_at is None and self.withdrawn_at is None
