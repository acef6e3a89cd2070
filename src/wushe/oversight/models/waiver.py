from django.db import models
from django.db.models import Q

from wushe.accounts.models import User


class Waiver(models.Model):
    """The county's reasoned word that a project goes on without its mid-term supervision."""

    project = models.OneToOneField("projects.Project", models.PROTECT, related_name="supervision_waiver")
    reason = models.TextField(max_length=1000)
    waived_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "oversight_waiver"
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="oversight_waiver_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.reason}"
