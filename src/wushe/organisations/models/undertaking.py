from django.db import models
from django.db.models import F, Q

from wushe.accounts.models import User


class Undertaking(models.Model):
    """What an organisation took on for the people of its place without a contract of the chain: a public-benefit project, an activity, help among
    residents. `kind` is a code of the pack's list `undertaking_kinds`. Half-open days; a mistake is withdrawn, never deleted.
    """

    number = models.CharField(max_length=60, unique=True)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="undertakings", db_index=False)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)
    evidence = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    pack_version = models.CharField(max_length=80)
    withdrawn_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "organisations_undertaking"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="organisations_undertaking_lasts_a_while"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(evidence=""), name="organisations_undertaking_has_name_and_evidence"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, reason="") | (Q(withdrawn_on__isnull=False) & ~Q(reason="")),
                name="organisations_withdrawn_undertaking_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-since"], name="organisations_undertakings")]

    def __str__(self) -> str:
        return self.number
