from django.db import models


class PaperKind(models.TextChoices):
    """What a founder may hand in as a file."""

    CHARTER = "charter"
    ROSTER = "roster"


class FilingPaper(models.Model):
    """A file that belongs to an application; a newer one of its kind takes its place."""

    filing = models.ForeignKey("organisations.Filing", models.CASCADE, related_name="papers", db_index=False)
    kind = models.CharField(max_length=10, choices=PaperKind)
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")

    class Meta:
        db_table = "organisations_filingpaper"
        constraints = [models.UniqueConstraint(fields=["filing", "kind"], name="organisations_one_paper_per_kind")]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.kind}"
