from django.db import models


class Release(models.Model):
    """One OCDS release as it was published. Releases are never changed; the next step writes the next one."""

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="releases")
    ocid = models.CharField(max_length=80)
    sequence = models.PositiveIntegerField()
    tag = models.CharField(max_length=40)
    at = models.DateTimeField()
    content = models.JSONField()

    class Meta:
        db_table = "reports_release"
        constraints = [models.UniqueConstraint(fields=["ocid", "sequence"], name="reports_releases_are_counted")]
        indexes = [models.Index(fields=["-at", "-id"], name="reports_releases_by_date")]

    def __str__(self) -> str:
        return f"{self.ocid} #{self.sequence} {self.tag}"
