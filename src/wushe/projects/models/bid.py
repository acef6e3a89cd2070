from django.db import models
from django.db.models import Q

from wushe.accounts.models import User


class Bid(models.Model):
    """An agency's offer. Until the bids are opened the row holds ciphertext and a digest, nothing else; opening fills price, plan and team.

    A disqualified bid stays on record with its ground, a code of the pack, and the reason.
    """

    number = models.CharField(max_length=60, unique=True)
    tender = models.ForeignKey("projects.Tender", models.PROTECT, related_name="bids")
    agency = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="bids")
    sealed = models.BinaryField()
    digest = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    price = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    plan = models.TextField(blank=True)
    team = models.JSONField(default=list)
    opened_at = models.DateTimeField(null=True, blank=True)
    disqualify_ground = models.CharField(max_length=60, blank=True)
    disqualify_reason = models.CharField(max_length=500, blank=True)
    disqualified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    disqualified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "projects_bid"
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "agency"], condition=Q(withdrawn_at__isnull=True), name="projects_one_living_bid_per_agency"
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=False) | (Q(price__isnull=True) & Q(plan="")), name="projects_sealed_bid_shows_nothing"
            ),
            models.CheckConstraint(
                condition=Q(disqualified_at__isnull=True, disqualified_by__isnull=True, disqualify_ground="", disqualify_reason="")
                | (
                    Q(disqualified_at__isnull=False, disqualified_by__isnull=False, opened_at__isnull=False)
                    & ~Q(disqualify_ground="")
                    & ~Q(disqualify_reason="")
                ),
                name="projects_disqualification_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-submitted_at"], name="projects_bid_by_agency")]

    def __str__(self) -> str:
        return self.number
