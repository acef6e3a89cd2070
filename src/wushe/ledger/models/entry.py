from django.db import models
from django.db.models import F, Q

from wushe.accounts.models import User


class EntryKind(models.TextChoices):
    """What an entry does, by the word of its action."""

    OPEN_SOURCE = "open_source"
    COMMIT_TO_PROJECT = "commit_to_project"
    RELEASE_FROM_PROJECT = "release_from_project"
    PAY = "pay"
    SPEND = "spend"
    REFUND = "refund"
    ALLOT_TO_BODY = "allot_to_body"
    REVERSE_ENTRY = "reverse_entry"


# what moves between a project and its agency is made by one person and checked by another
OF_TWO = (EntryKind.PAY, EntryKind.REFUND)
WITH_VOUCHER = (EntryKind.PAY, EntryKind.SPEND, EntryKind.REFUND, EntryKind.ALLOT_TO_BODY)


class Entry(models.Model):
    """One movement of one source's money. Never changed, never deleted: a wrong entry is corrected by one that `reverses` it."""

    number = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=EntryKind)
    source = models.ForeignKey("ledger.FundingSource", models.PROTECT, related_name="entries")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    subject_kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    project = models.CharField(max_length=60, blank=True)
    need = models.CharField(max_length=60, blank=True)
    agency = models.ForeignKey("accounts.Body", models.PROTECT, null=True, blank=True, related_name="ledger_entries")
    voucher_no = models.CharField(max_length=60, blank=True)
    budget_line = models.CharField(max_length=200, blank=True)
    memo = models.CharField(max_length=300, blank=True)
    occurred_on = models.DateField()
    at = models.DateTimeField()
    maker = models.ForeignKey(User, models.PROTECT, related_name="+")
    checker = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversal")

    class Meta:
        db_table = "ledger_entry"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_entry_is_positive"),
            models.CheckConstraint(condition=Q(checker__isnull=True) | ~Q(checker=F("maker")), name="ledger_checker_is_not_maker"),
            models.CheckConstraint(condition=~Q(kind__in=OF_TWO) | Q(checker__isnull=False), name="ledger_payment_has_a_checker"),
            models.CheckConstraint(
                condition=~Q(kind__in=WITH_VOUCHER) | ~Q(voucher_no=""),
                name="ledger_paid_money_has_a_voucher",
            ),
            models.CheckConstraint(
                condition=Q(kind=EntryKind.REVERSE_ENTRY, reverses__isnull=False) | (~Q(kind=EntryKind.REVERSE_ENTRY) & Q(reverses=None)),
                name="ledger_reversal_names_its_entry",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject", "id"], name="ledger_entry_by_subject"),
            models.Index(fields=["project", "id"], name="ledger_entry_by_project"),
            models.Index(fields=["need", "id"], name="ledger_entry_by_need"),
            models.Index(fields=["source", "-id"], name="ledger_entry_by_source"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.amount}"


class Line(models.Model):
    """One side of an entry at one account."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="lines")
    account = models.ForeignKey("ledger.Account", models.PROTECT, related_name="lines")
    debit = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    credit = models.DecimalField(max_digits=14, decimal_places=2, default=0)

    class Meta:
        db_table = "ledger_line"
        constraints = [
            models.CheckConstraint(condition=Q(debit__gt=0, credit=0) | Q(debit=0, credit__gt=0), name="ledger_line_has_one_side"),
            models.UniqueConstraint(fields=["entry", "account"], name="ledger_one_line_per_account"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.account_id} {self.debit or -self.credit}"
