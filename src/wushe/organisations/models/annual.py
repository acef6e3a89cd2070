"""The annual check: once a year every filed or registered organisation says how it stands."""

from django.db import models
from django.db.models import F, Q

from wushe.accounts.models import User


class AnnualCheck(models.Model):
    """The check of a county for one year."""

    number = models.CharField(max_length=60, unique=True)
    county = models.ForeignKey("regions.Region", models.PROTECT, related_name="annual_checks", db_index=False)
    year = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        db_table = "organisations_annualcheck"
        constraints = [models.UniqueConstraint(fields=["county", "year"], name="organisations_one_annual_check_a_year")]

    def __str__(self) -> str:
        return self.number


class AnnualState(models.TextChoices):
    """Where the form of an organisation stands."""

    WAITING = "annual_waiting"
    CONFIRMED = "annual_confirmed"
    RETURNED = "annual_returned"
    ACCEPTED = "annual_accepted"


class AnnualForm(models.Model):
    """What an organisation says of its year; before that what the register and last year's form say. Unknown numbers are none.

    `known` is what the register said when the check was opened: only what the organisation says otherwise goes back into it.
    """

    check_of = models.ForeignKey(AnnualCheck, models.PROTECT, related_name="forms", db_index=False)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="annual_forms", db_index=False)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="annual_forms")
    state = models.CharField(max_length=20, choices=AnnualState, default=AnnualState.WAITING)
    name = models.CharField(max_length=120)
    members = models.PositiveIntegerField(null=True, blank=True)
    premises = models.CharField(max_length=120, blank=True)
    known = models.JSONField(default=dict)
    activities = models.PositiveIntegerField(null=True, blank=True)
    participants = models.PositiveIntegerField(null=True, blank=True)
    income = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    spending = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    funds = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    remark = models.CharField(max_length=500, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "organisations_annualform"
        constraints = [
            models.UniqueConstraint(fields=["check_of", "organisation"], name="organisations_one_annual_form_each"),
            models.CheckConstraint(
                condition=Q(state=AnnualState.WAITING, confirmed_by__isnull=True)
                | (~Q(state=AnnualState.WAITING) & Q(confirmed_by__isnull=False, confirmed_at__isnull=False)),
                name="organisations_confirmed_form_has_name",
            ),
            models.CheckConstraint(condition=~Q(state=AnnualState.RETURNED) | ~Q(reason=""), name="organisations_returned_form_has_reason"),
            models.CheckConstraint(condition=~Q(name=""), name="organisations_annual_form_has_name"),
            models.CheckConstraint(
                condition=Q(judged_by__isnull=True) | ~Q(judged_by=F("confirmed_by")), name="organisations_who_confirms_does_not_judge"
            ),
        ]
        indexes = [
            models.Index(fields=["check_of", "state", "region"], name="organisations_forms_by_state"),
            models.Index(fields=["organisation", "-check_of"], name="organisations_forms_of_org"),
        ]

    def __str__(self) -> str:
        return f"{self.check_of_id} {self.name}"
