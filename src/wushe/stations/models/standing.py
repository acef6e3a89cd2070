"""How a station stands against its standard: what it says itself, what others found, and how a shortfall is mended."""

from django.db import models
from django.db.models import F, Q


class CheckKind(models.TextChoices):
    """Who looked: the station itself, or somebody from the level above."""

    SELF = "self"
    INSPECTION = "inspection"


class Check(models.Model):
    """One look at a station, item by item of the standard that held on the day."""

    number = models.CharField(max_length=60, unique=True)
    station = models.ForeignKey("stations.Station", models.PROTECT, related_name="checks")
    kind = models.CharField(max_length=10, choices=CheckKind)
    checked_on = models.DateField()
    remark = models.CharField(max_length=500, blank=True)
    pack_version = models.CharField(max_length=80)
    checked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "stations_check"
        indexes = [models.Index(fields=["station", "kind", "-checked_on", "-id"], name="stations_checks_newest_first")]

    def __str__(self) -> str:
        return self.number


class Finding(models.Model):
    """One item of a check: the value in m2 or persons where it is measured or counted, whether it is met, and what shows it."""

    look = models.ForeignKey(Check, models.CASCADE, related_name="findings")
    item = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    at_least = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    met = models.BooleanField()
    evidence = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey("files.File", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "stations_finding"
        constraints = [
            models.UniqueConstraint(fields=["look", "item"], name="stations_finding_once_per_item"),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__gte=0), name="stations_finding_not_below_zero"),
            models.CheckConstraint(
                condition=Q(at_least__isnull=True) | Q(met=True, value__gte=F("at_least")) | Q(met=False, value__lt=F("at_least")),
                name="stations_finding_follows_the_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.look_id} {self.item}"


class Remedy(models.Model):
    """How a shortfall of a station is to be mended, by when, and whether it was. `mode` is a code of the pack's list `remedy_modes`."""

    number = models.CharField(max_length=60, unique=True)
    station = models.ForeignKey("stations.Station", models.PROTECT, related_name="remedies")
    item = models.CharField(max_length=60)
    mode = models.CharField(max_length=40)
    plan = models.CharField(max_length=500)
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    due_on = models.DateField()
    planned_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    is_done = models.BooleanField(default=False)
    outcome = models.CharField(max_length=500, blank=True)
    file = models.ForeignKey("files.File", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "stations_remedy"
        constraints = [
            models.UniqueConstraint(
                fields=["station", "item"], condition=Q(ended_at__isnull=True), name="stations_one_open_remedy_per_item"
            ),
            models.CheckConstraint(condition=Q(cost__isnull=True) | Q(cost__gte=0), name="stations_remedy_cost_not_below_zero"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, is_done=False, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
                name="stations_remedy_ends_with_an_outcome",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(ended_at__isnull=True), name="stations_open_remedies_by_day")]

    def __str__(self) -> str:
        return self.number
