from django.db import models
from django.db.models import F, Q

from wushe.accounts.models import User


class Capacity(models.TextChoices):
    """In what capacity somebody takes part for a time. Owner, purchaser and undertaker follow from project and agreement."""

    TEAM = "team"
    PARTNER = "partner"


class Involvement(models.Model):
    """A member of the team that does the work, or a community organisation that works with it: from a day until a day (half-open)."""

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="involvements")
    capacity = models.CharField(max_length=10, choices=Capacity)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    duty = models.CharField(max_length=120, blank=True)
    certificate = models.CharField(max_length=60, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "services_involvement"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "capacity", "name"], condition=Q(until__isnull=True), name="services_involved_once_at_a_time"
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="services_leaves_after_joining"),
            models.CheckConstraint(
                condition=Q(capacity=Capacity.PARTNER, organisation__isnull=False) | Q(capacity=Capacity.TEAM, organisation__isnull=True),
                name="services_partner_is_an_organisation",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="services_involved_is_named"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.name}"
