from django.db import models
from django.db.models import Q

from wushe.accounts.models import User


class Acceptance(models.Model):
    """The purchaser's acceptance, with the evaluation and the residents' answers on which it rests."""

    number = models.CharField(max_length=60, unique=True)
    project = models.OneToOneField("projects.Project", models.PROTECT, related_name="acceptance")
    evaluation = models.OneToOneField("oversight.Evaluation", models.PROTECT, related_name="acceptance")
    invited = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    satisfied = models.PositiveIntegerField()
    opinion = models.TextField(max_length=2000)
    evaluated_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    accepted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "oversight_acceptance"
        constraints = [
            models.CheckConstraint(condition=Q(answered__gt=0), name="oversight_residents_were_heard"),
            models.CheckConstraint(condition=Q(answered__lte=models.F("invited")), name="oversight_answers_within_invitations"),
            models.CheckConstraint(condition=Q(satisfied__lte=models.F("answered")), name="oversight_satisfied_within_answers"),
            models.CheckConstraint(condition=~Q(accepted_by=models.F("evaluated_by")), name="oversight_accepter_is_not_evaluator"),
        ]

    def __str__(self) -> str:
        return self.number
