from django.db import models


class Matching(models.Model):
    """How a sender matched the columns of a table last time, for the next table with the same headings."""

    sender = models.ForeignKey("accounts.User", models.CASCADE, related_name="matchings")
    register = models.CharField(max_length=40)
    signature = models.CharField(max_length=64)
    columns = models.JSONField()

    class Meta:
        db_table = "imports_matching"
        constraints = [models.UniqueConstraint(fields=["sender", "register", "signature"], name="imports_one_matching_per_headings")]

    def __str__(self) -> str:
        return f"{self.register} {self.signature[:8]}"
