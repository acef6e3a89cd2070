"""Accountants, who may keep the books of several organisations, part-time, with their qualification."""

from django.db import models
from django.db.models import F, Q


class Accountant(models.Model):
    """Whoever holds a certificate. `valid_until` is its last day, none where it has no end."""

    certificate = models.CharField(max_length=60, unique=True)
    person = models.CharField(max_length=60)
    qualification = models.CharField(max_length=60)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "organisations_accountant"
        constraints = [
            models.CheckConstraint(
                condition=~Q(certificate="") & ~Q(person="") & ~Q(qualification=""), name="organisations_accountant_is_named"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.certificate}"


class Bookkeeping(models.Model):
    """An accountant keeps the books of an organisation, half-open days."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="bookkeeping", db_index=False)
    accountant = models.ForeignKey(Accountant, models.PROTECT, related_name="bookkeeping")
    part_time = models.BooleanField(default=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "organisations_bookkeeping"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(until__isnull=True), name="organisations_one_accountant_at_a_time"
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="organisations_books_kept_a_while"),
        ]
        indexes = [models.Index(fields=["organisation", "-since"], name="organisations_books_of_org")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.accountant_id}"
