from django.db import models
from django.db.models import F, Q

from wushe.accounts.models import User


class Support(models.Model):
    """Money that a county has granted an organisation to begin or to go on. `kind` is a code of the pack's list `support_kinds`;
    `once`: the kind is given to an organisation a single time. `entry` is the booking by which it was
    paid out of a source of money. A mistake is withdrawn, never deleted.
    """

    number = models.CharField(max_length=60, unique=True)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="supports", db_index=False)
    kind = models.CharField(max_length=40)
    once = models.BooleanField(default=False)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    granted_on = models.DateField()
    document = models.CharField(max_length=120)
    purpose = models.CharField(max_length=300, blank=True)
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entry = models.OneToOneField("ledger.Entry", models.PROTECT, null=True, blank=True, related_name="support")
    paid_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "organisations_support"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"], condition=Q(once=True, withdrawn_on__isnull=True), name="organisations_supported_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0) & ~Q(document=""), name="organisations_support_has_amount_and_document"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, reason="") | (Q(withdrawn_on__isnull=False) & ~Q(reason="")),
                name="organisations_withdrawn_support_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(entry__isnull=True, paid_by__isnull=True)
                | (Q(entry__isnull=False, paid_by__isnull=False) & ~Q(paid_by=F("granted_by"))),
                name="organisations_who_grants_does_not_pay",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-granted_on"], name="organisations_supports_of_org")]

    def __str__(self) -> str:
        return self.number
