from django.db import models
from django.db.models import F, Q

from wushe.accounts.models import User


class Refund(models.Model):
    """Money of one source that the agency received, did not spend and gave back. It counts when a second person has approved it."""

    number = models.CharField(max_length=60, unique=True)
    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="refunds", db_index=False)
    agency = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+", db_index=False)
    source = models.ForeignKey("ledger.FundingSource", models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    refunded_on = models.DateField()
    voucher_no = models.CharField(max_length=60)
    # from before papers were held per agency and source: an earlier refund stands on the same number
    voucher_repeated = models.BooleanField(default=False, editable=False)
    reason = models.CharField(max_length=300)
    paper = models.ForeignKey("files.File", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    entry_number = models.CharField(max_length=60, blank=True)
    refuse_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "projects_refund"
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(voucher_no="") & ~Q(reason=""), name="projects_refund_has_amount_voucher_and_reason"
            ),
            models.CheckConstraint(
                condition=Q(judged_by__isnull=True) | ~Q(judged_by=F("recorded_by")), name="projects_refund_takes_two_people"
            ),
            models.CheckConstraint(
                condition=Q(judged_by__isnull=True, judged_at__isnull=True, entry_number="", refuse_reason="")
                | (Q(judged_by__isnull=False, judged_at__isnull=False, refuse_reason="") & ~Q(entry_number=""))
                | (Q(judged_by__isnull=False, judged_at__isnull=False, entry_number="") & ~Q(refuse_reason="")),
                name="projects_refund_is_judged_whole",
            ),
            models.UniqueConstraint(
                fields=["agency", "source", "voucher_no"],
                condition=Q(refuse_reason="", voucher_repeated=False),
                name="projects_a_paper_gives_money_back_once",
            ),
        ]
        indexes = [models.Index(fields=["project", "id"], name="projects_refund_by_project")]

    def __str__(self) -> str:
        return self.number

    @property
    def state(self) -> str:
        """Where it stands: waiting for the second person, in the book, or refused."""
        return "refund_waits" if self.judged_at is None else "refund_booked" if self.entry_number else "refund_refused"
