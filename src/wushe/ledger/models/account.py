from django.db import models
from django.db.models import Q


class AccountKind(models.TextChoices):
    """Where money of a source stands: outside, not yet promised, promised to a project, received by the agency, spent; or given to a body to run on."""

    EXTERNAL = "external"
    SOURCE = "source"
    PROJECT = "project"
    AGENCY = "agency"
    EXPENSE = "expense"
    BODY = "body"


OF_SOURCE = Q(kind__in=[AccountKind.EXTERNAL, AccountKind.SOURCE], project="", agency__isnull=True)
OF_PROJECT = Q(kind=AccountKind.PROJECT, agency__isnull=True) & ~Q(project="")
OF_AGENCY = Q(kind__in=[AccountKind.AGENCY, AccountKind.EXPENSE], agency__isnull=False) & ~Q(project="")
OF_BODY = Q(kind=AccountKind.BODY, project="", agency__isnull=False)


class Account(models.Model):
    """Money of one source in one place. `balance` is debits less credits; the database keeps it and refuses every other hand."""

    kind = models.CharField(max_length=10, choices=AccountKind)
    source = models.ForeignKey("ledger.FundingSource", models.PROTECT, related_name="accounts")
    project = models.CharField(max_length=60, blank=True)
    agency = models.ForeignKey("accounts.Body", models.PROTECT, null=True, blank=True, related_name="ledger_accounts")
    balance = models.DecimalField(max_digits=14, decimal_places=2, default=0)

    class Meta:
        db_table = "ledger_account"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "project", "agency"], nulls_distinct=False, name="ledger_one_account_per_place"
            ),
            models.CheckConstraint(condition=OF_SOURCE | OF_PROJECT | OF_AGENCY | OF_BODY, name="ledger_account_names_its_place"),
            models.CheckConstraint(condition=Q(kind=AccountKind.EXTERNAL) | Q(balance__gte=0), name="ledger_money_is_not_below_zero"),
        ]
        indexes = [models.Index(fields=["project", "kind"], name="ledger_account_by_project")]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id} {self.project}".strip()
