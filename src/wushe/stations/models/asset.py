from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q


class AssetQuerySet(models.QuerySet["Asset"]):
    def kept(self, on: date) -> Self:
        """At the station on the day."""
        return self.filter(Q(received_on__lte=on) & (Q(gone_on__isnull=True) | Q(gone_on__gt=on)))


class Asset(models.Model):
    """Things of one sort that a station keeps in the half-open days [received_on, gone_on): a code of `equipment_kinds`, who answers for them, whose money."""

    number = models.CharField(max_length=60, unique=True)
    station = models.ForeignKey("stations.Station", models.PROTECT, related_name="assets")
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    quantity = models.PositiveIntegerField()
    custodian = models.CharField(max_length=60)
    source = models.CharField(max_length=40)
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    received_on = models.DateField()
    gone_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = AssetQuerySet.as_manager()

    class Meta:
        db_table = "stations_asset"
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="stations_asset_is_something"),
            models.CheckConstraint(condition=~Q(custodian=""), name="stations_asset_has_a_custodian"),
            models.CheckConstraint(condition=Q(cost__isnull=True) | Q(cost__gte=0), name="stations_asset_cost_not_below_zero"),
            models.CheckConstraint(
                condition=Q(gone_on__isnull=True, reason="") | (Q(gone_on__gt=F("received_on")) & ~Q(reason="")),
                name="stations_asset_goes_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number
