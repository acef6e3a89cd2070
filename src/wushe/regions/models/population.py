from django.db import models


class Population(models.Model):
    """Residents of a region in a year, with the source that says so."""

    region = models.ForeignKey("regions.Region", models.CASCADE, related_name="populations")
    year = models.PositiveSmallIntegerField()
    residents = models.PositiveIntegerField()
    source = models.CharField(max_length=200)

    class Meta:
        db_table = "regions_population"
        constraints = [models.UniqueConstraint(fields=["region", "year"], name="regions_one_population_per_year")]

    def __str__(self) -> str:
        return f"{self.region_id} {self.year}: {self.residents}"
