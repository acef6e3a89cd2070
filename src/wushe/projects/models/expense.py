from django.db import models
from django.db.models import Q

from wushe.accounts.models import User


class Expense(models.Model):
    """Money that the agency spent on the project: one funding source, one budget line, one voucher; a correction is a new entry in the book."""

    number = models.CharField(max_length=60, unique=True)
    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="expenses")
    agency = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+", db_index=False)
    budget_line = models.ForeignKey("projects.BudgetLine", models.PROTECT, related_name="expenses")
    need = models.ForeignKey("needs.Need", models.PROTECT, null=True, blank=True, related_name="+")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    spent_on = models.DateField()
    payee = models.CharField(max_length=120)
    memo = models.CharField(max_length=300)
    voucher_no = models.CharField(max_length=60)
    # from before vouchers were held per agency: an earlier expense, of another project, stands on the same number
    voucher_repeated = models.BooleanField(default=False, editable=False)
    voucher = models.ForeignKey("files.File", models.PROTECT, null=True, blank=True, related_name="+")
    entry_number = models.CharField(max_length=60)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reversed_at = models.DateTimeField(null=True, blank=True)
    reverse_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "projects_expense"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="projects_expense_is_positive"),
            models.CheckConstraint(condition=~Q(voucher_no=""), name="projects_expense_has_a_voucher"),
            models.UniqueConstraint(
                fields=["agency", "voucher_no"],
                condition=Q(reversed_at__isnull=True, voucher_repeated=False),
                name="projects_an_agency_uses_a_voucher_once",
            ),
        ]
        indexes = [models.Index(fields=["project", "-spent_on"], name="projects_expense_by_project")]

    def __str__(self) -> str:
        return self.number
