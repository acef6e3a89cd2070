"""Money that a hub organisation keeps for others: an account each, entries that two people make."""

from django.db import models
from django.db.models import F, Q

from wushe.accounts.models import User


class CustodyAccount(models.Model):
    """The money of one organisation at a hub, by their agreement. `balance` is what the booked entries leave."""

    number = models.CharField(max_length=60, unique=True)
    hub = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="kept_accounts", db_index=False)
    client = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="custody_accounts")
    agreement = models.CharField(max_length=120)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    balance = models.DecimalField(max_digits=14, decimal_places=2, default=0)

    class Meta:
        db_table = "organisations_custodyaccount"
        constraints = [
            models.UniqueConstraint(fields=["hub", "client"], condition=Q(closed_on__isnull=True), name="organisations_one_account_each"),
            models.CheckConstraint(condition=Q(balance__gte=0), name="organisations_custody_is_not_below_zero"),
            models.CheckConstraint(condition=~Q(client=F("hub")) & ~Q(agreement=""), name="organisations_custody_of_others_by_agreement"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on"), balance=0),
                name="organisations_closed_account_is_empty",
            ),
        ]
        indexes = [models.Index(fields=["hub", "client"], name="organisations_accounts_of_hub")]

    def __str__(self) -> str:
        return self.number


class CustodyKind(models.TextChoices):
    """What an entry does with the money: it comes in, is paid for the client, or is the hub's fee."""

    DEPOSIT = "deposit"
    PAYMENT = "payment"
    FEE = "fee"


class CustodyEntry(models.Model):
    """One movement. It counts when a second person has approved it; a booked one is never changed, a wrong one is met by its opposite."""

    number = models.CharField(max_length=60, unique=True)
    account = models.ForeignKey(CustodyAccount, models.PROTECT, related_name="entries", db_index=False)
    kind = models.CharField(max_length=8, choices=CustodyKind)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    occurred_on = models.DateField()
    voucher = models.CharField(max_length=60)
    purpose = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    is_booked = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "organisations_custodyentry"
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(voucher="") & ~Q(purpose=""), name="organisations_custody_entry_has_voucher"
            ),
            models.CheckConstraint(
                condition=Q(judged_by__isnull=True) | ~Q(judged_by=F("recorded_by")), name="organisations_custody_takes_two_people"
            ),
            models.CheckConstraint(
                condition=Q(judged_by__isnull=True, judged_at__isnull=True, is_booked=False, reason="")
                | Q(judged_by__isnull=False, judged_at__isnull=False, is_booked=True, reason="")
                | (Q(judged_by__isnull=False, judged_at__isnull=False, is_booked=False) & ~Q(reason="")),
                name="organisations_custody_entry_is_judged_whole",
            ),
        ]
        indexes = [models.Index(fields=["account", "occurred_on", "id"], name="organisations_custody_entries")]

    def __str__(self) -> str:
        return self.number
