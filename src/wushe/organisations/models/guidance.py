from django.db import models
from django.db.models import Q

from wushe.accounts.models import User


class GuidanceVisit(models.Model):
    """A visit with which an organisation is guided: planned with what it is about, then held with what came of it."""

    number = models.CharField(max_length=60, unique=True)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="guidance", db_index=False)
    planned_on = models.DateField()
    plan = models.CharField(max_length=500)
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    held_on = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=500, blank=True)
    held_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "organisations_guidancevisit"
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on__isnull=True, result="", held_by__isnull=True)
                | (Q(held_on__isnull=False, held_by__isnull=False) & ~Q(result="")),
                name="organisations_held_visit_has_result",
            ),
            models.CheckConstraint(condition=~Q(plan=""), name="organisations_visit_has_plan"),
        ]
        indexes = [models.Index(fields=["organisation", "-planned_on"], name="organisations_visits_of_org")]

    def __str__(self) -> str:
        return self.number
