from django.db import models
from django.db.models import F, Q


class Commitment(models.Model):
    """What somebody openly promises a station or its residents, by when, and what came of it. `kind` is a code of `commitment_kinds`."""

    number = models.CharField(max_length=60, unique=True)
    station = models.ForeignKey("stations.Station", models.PROTECT, related_name="commitments")
    kind = models.CharField(max_length=40)
    text = models.CharField(max_length=300)
    promised_by = models.CharField(max_length=120)
    promised_on = models.DateField()
    due_on = models.DateField()
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    pack_version = models.CharField(max_length=80)
    delivered_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey("files.File", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "stations_commitment"
        constraints = [
            models.CheckConstraint(condition=~Q(text="") & ~Q(promised_by=""), name="stations_commitment_says_what_and_who"),
            models.CheckConstraint(condition=Q(due_on__gte=F("promised_on")), name="stations_commitment_is_due_after_it_is_made"),
            models.CheckConstraint(
                condition=Q(delivered_on__isnull=True, outcome="") | (Q(delivered_on__gte=F("promised_on")) & ~Q(outcome="")),
                name="stations_commitment_delivered_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, reason="")
                | (Q(withdrawn_on__isnull=False, delivered_on__isnull=True) & ~Q(reason="")),
                name="stations_commitment_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number
