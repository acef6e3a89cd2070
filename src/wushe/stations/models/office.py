"""Rooms that a place gives social-work bodies free of charge, to all on the same terms, and who has them."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from wushe.accounts.models import User
from wushe.stations.models.station import DateRange


class Office(models.Model):
    """Space at a station that is given free of charge. `monthly_value` is what it would cost, in yuan: the benefit in kind of who has it."""

    number = models.CharField(max_length=60, unique=True)
    station = models.ForeignKey("stations.Station", models.PROTECT, related_name="offices")
    name = models.CharField(max_length=120)
    area_m2 = models.DecimalField(max_digits=9, decimal_places=2)
    monthly_value = models.DecimalField(max_digits=12, decimal_places=2)
    terms = models.CharField(max_length=300)
    offered_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "stations_office"
        constraints = [
            models.CheckConstraint(condition=Q(area_m2__gt=0, monthly_value__gte=0), name="stations_office_has_space_and_value"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(terms=""), name="stations_office_has_name_and_terms"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, reason="") | (Q(withdrawn_on__gte=F("offered_on")) & ~Q(reason="")),
                name="stations_office_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class OfficeUseQuerySet(models.QuerySet["OfficeUse"]):
    def held(self, on: date) -> Self:
        """In force on the day."""
        return self.filter(Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on)))


class OfficeUse(models.Model):
    """Which organisation has an office in the half-open days [since, until), by which agreement; `agreed_until` is its last day, None where it has none."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="uses")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="offices")
    agreement = models.CharField(max_length=200)
    agreed_until = models.DateField(null=True, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=300, blank=True)

    objects = OfficeUseQuerySet.as_manager()

    class Meta:
        db_table = "stations_office_use"
        constraints = [
            models.CheckConstraint(condition=~Q(agreement=""), name="stations_office_use_rests_on_an_agreement"),
            models.CheckConstraint(
                condition=Q(agreed_until__isnull=True) | Q(agreed_until__gte=F("since")), name="stations_office_agreed_until_after_start"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True, ending="") | (Q(until__gt=F("since")) & ~Q(ending="")),
                name="stations_office_use_ends_with_reason",
            ),
            ExclusionConstraint(
                name="stations_office_for_one_at_a_time",
                expressions=[("office", RangeOperators.EQUAL), (DateRange("since", "until"), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.organisation_id}"


class OfficeExtension(models.Model):
    """An agreement about an office that was prolonged: from which last day to which, by which paper. The newest that was not withdrawn stands in the use itself."""

    use = models.ForeignKey(OfficeUse, models.PROTECT, related_name="extensions")
    agreement = models.CharField(max_length=200)
    before = models.DateField(null=True, blank=True)
    agreed_until = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "stations_office_extension"
        constraints = [
            models.CheckConstraint(condition=~Q(agreement=""), name="stations_office_extension_rests_on_an_agreement"),
            models.CheckConstraint(
                condition=Q(before__isnull=True) | Q(agreed_until__gt=F("before")), name="stations_office_extension_is_longer"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, reason="") | (Q(withdrawn_at__isnull=False) & ~Q(reason="")),
                name="stations_office_extension_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.use_id} {self.agreed_until}"
