from django.db import models


class BodyKind(models.TextChoices):
    """What sort of unit holds posts."""

    OFFICE = "office"
    STATION = "station"
    AGENCY = "agency"
    ORGANISATION = "organisation"
    EVALUATOR = "evaluator"


class Body(models.Model):
    """Any unit in which people hold posts: office, station, agency, organisation. Registers on higher floors are one-to-one with it."""

    number = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=BodyKind)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="bodies")

    class Meta:
        db_table = "accounts_body"
        indexes = [models.Index(fields=["kind", "name"], name="accounts_body_by_kind")]

    def __str__(self) -> str:
        return self.name
