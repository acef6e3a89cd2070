from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wushe.accounts.models import User
from wushe.organisations.states import HELPING, HelpState


class RegistrationHelp(models.Model):
    """Help for an organisation on its way to the registration authority, whose decision is recorded here and made there.

    `ready` are codes of the pack's checklist `registration_papers`.
    """

    number = models.CharField(max_length=60, unique=True)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="registration_helps", db_index=False)
    state = models.CharField(max_length=20, choices=HelpState, default=HelpState.PREPARING)
    ready = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_on = models.DateField()
    handed_in_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "organisations_registrationhelp"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state__in=sorted(HELPING)), name="organisations_helped_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state=HelpState.HANDED_IN) | Q(handed_in_on__isnull=False, due_on__isnull=False),
                name="organisations_handed_in_has_clock",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(HELPING), ended_on__isnull=True) | (~Q(state__in=sorted(HELPING)) & Q(ended_on__isnull=False)),
                name="organisations_help_that_is_over_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[HelpState.REFUSED, HelpState.GIVEN_UP]) | ~Q(reason=""), name="organisations_help_ended_with_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-opened_on"], name="organisations_helps_of_org"),
            models.Index(fields=["state", "due_on"], name="organisations_helps_by_due"),
        ]

    def __str__(self) -> str:
        return self.number
