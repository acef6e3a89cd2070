from django.db import models
from django.db.models import Q


class FundingSource(models.Model):
    """One line of money: who gave it, by which document, for which year. All money that comes from it keeps its name to the last voucher."""

    number = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=40)
    pack_version = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="funding_sources")
    year = models.PositiveSmallIntegerField()
    document_no = models.CharField(max_length=80)
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        db_table = "ledger_fundingsource"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_source_is_positive"),
            models.CheckConstraint(condition=~Q(document_no=""), name="ledger_source_has_a_document"),
        ]
        indexes = [
            models.Index(fields=["region", "-year", "number"], name="ledger_source_by_region"),
            models.Index(fields=["kind", "-year"], name="ledger_source_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"
