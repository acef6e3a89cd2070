from django.db import models

from wushe.accounts.models import User


class VerdictAttempt(models.Model):
    """A dated attempt to hear the resident's verdict."""

    need = models.ForeignKey("needs.Need", models.PROTECT, related_name="attempts", db_index=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=300)

    class Meta:
        db_table = "needs_verdictattempt"
        indexes = [models.Index(fields=["need", "at"], name="needs_attempt_by_need")]
        constraints = [models.CheckConstraint(condition=~models.Q(note=""), name="needs_attempt_has_a_note")]

    def __str__(self) -> str:
        return f"{self.need_id} {self.at:%Y-%m-%d}"
