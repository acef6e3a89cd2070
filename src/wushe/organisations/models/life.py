from django.db import models
from django.db.models import Q


class LifeKind(models.TextChoices):
    """What happens to an organisation and leaves a paper."""

    PREPARING = "preparing"
    FILED = "filed"
    GROWN = "grown"
    RENEWED = "renewed"
    AMENDED = "amended"
    REGISTERED = "registered"
    DEREGISTERED = "deregistered"


class LifeEvent(models.Model):
    """One event of a life: the day on which it happened, the paper that says so, and who entered it when. The note of "grown" is the former kind."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="events", db_index=False)
    kind = models.CharField(max_length=12, choices=LifeKind)
    on = models.DateField()
    document = models.CharField(max_length=120, blank=True)
    file = models.ForeignKey("files.File", models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    entered_by = models.CharField(max_length=120)
    entered_at = models.DateTimeField()

    class Meta:
        db_table = "organisations_lifeevent"
        constraints = [
            models.CheckConstraint(condition=~Q(kind=LifeKind.AMENDED) | ~Q(note=""), name="organisations_amendment_says_what"),
        ]
        indexes = [models.Index(fields=["organisation", "on", "id"], name="organisations_life_line")]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"
