"""Bases in which young organisations grow up: who is in, since when, with what help, and how they left."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from wushe.accounts.models import User


class BaseQuerySet(models.QuerySet["IncubationBase"]):
    def living(self, on: date) -> Self:
        """Open on the day."""
        return self.filter(Q(opened_on__lte=on) & (Q(closed_on__isnull=True) | Q(closed_on__gt=on)))


class IncubationBase(models.Model):
    """A base of a city, county or town, half-open days. An area that is not known is none, and one that is known was seen somewhere.

    `places`: how many organisations it has room for; None: not said. `comprehensive`: a base for all kinds of organisations (综合性).
    """

    number = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="incubation_bases")
    area_m2 = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    area_evidence = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=200, blank=True)
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    comprehensive = models.BooleanField(default=False)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    objects = BaseQuerySet.as_manager()

    class Meta:
        db_table = "organisations_incubationbase"
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gt=F("opened_on")), name="organisations_base_closes_after_opening"
            ),
            models.CheckConstraint(condition=Q(area_m2__isnull=True) | Q(area_m2__gt=0), name="organisations_base_area_is_positive"),
            models.CheckConstraint(condition=~Q(name=""), name="organisations_base_has_name"),
            models.CheckConstraint(
                condition=Q(area_m2__isnull=True) | ~Q(area_evidence=""), name="organisations_base_area_was_seen_somewhere"
            ),
            models.CheckConstraint(condition=Q(places__isnull=True) | Q(places__gt=0), name="organisations_base_has_room"),
        ]
        indexes = [models.Index(fields=["region", "opened_on"], name="organisations_bases_of_place")]

    def __str__(self) -> str:
        return self.name


class Cohort(models.Model):
    """Organisations that go through a base together."""

    base = models.ForeignKey(IncubationBase, models.PROTECT, related_name="cohorts", db_index=False)
    name = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        db_table = "organisations_cohort"
        constraints = [
            models.UniqueConstraint(fields=["base", "name"], name="organisations_cohort_names_differ"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")) & ~Q(name=""), name="organisations_cohort_lasts_a_while"),
        ]

    def __str__(self) -> str:
        return self.name


class Candidature(models.Model):
    """An organisation that would like to go through a base with a cohort; `chosen` is none until it is judged, and then has its reason."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="candidatures", db_index=False)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="candidatures")
    applied_on = models.DateField()
    plan = models.CharField(max_length=300, blank=True)
    chosen = models.BooleanField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    judged_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "organisations_candidature"
        constraints = [
            models.UniqueConstraint(fields=["cohort", "organisation"], name="organisations_candidate_once_a_cohort"),
            models.CheckConstraint(
                condition=Q(chosen__isnull=True, judged_by__isnull=True, judged_on__isnull=True, reason="")
                | (Q(chosen__isnull=False, judged_by__isnull=False, judged_on__gte=F("applied_on")) & ~Q(reason="")),
                name="organisations_candidate_judged_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.organisation_id}"


class Leaving(models.TextChoices):
    """How an organisation left a base; empty while it is in."""

    STAYS = ""
    GRADUATED = "graduated"
    EXITED = "exited"


class Incubation(models.Model):
    """The stay of an organisation in a base, by its contract, with what the register said of it on coming in and on leaving."""

    base = models.ForeignKey(IncubationBase, models.PROTECT, related_name="stays", db_index=False)
    cohort = models.ForeignKey(Cohort, models.PROTECT, null=True, blank=True, related_name="stays")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="incubations")
    contract = models.CharField(max_length=120)
    entered_on = models.DateField()
    until = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    leaving = models.CharField(max_length=10, choices=Leaving, blank=True, default=Leaving.STAYS)
    reason = models.CharField(max_length=300, blank=True)
    at_entry = models.JSONField(default=dict)
    at_leaving = models.JSONField(default=dict)

    class Meta:
        db_table = "organisations_incubation"
        constraints = [
            models.UniqueConstraint(fields=["organisation"], condition=Q(left_on__isnull=True), name="organisations_in_one_base_at_a_time"),
            models.CheckConstraint(condition=Q(until__gt=F("entered_on")) & ~Q(contract=""), name="organisations_contract_lasts_a_while"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True, leaving="", reason="")
                | (Q(left_on__gte=F("entered_on")) & ~Q(leaving="") & ~Q(reason="")),
                name="organisations_leaving_a_base_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["base", "left_on", "-entered_on"], name="organisations_stays_of_base")]

    def __str__(self) -> str:
        return f"{self.base_id} {self.organisation_id}"


class BaseService(models.Model):
    """A slip: help that an organisation had in a base. `service` is a code of the pack's list `incubation_services`."""

    stay = models.ForeignKey(Incubation, models.PROTECT, related_name="services", db_index=False)
    service = models.CharField(max_length=40)
    served_on = models.DateField()
    hours = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        db_table = "organisations_baseservice"
        constraints = [
            models.CheckConstraint(
                condition=(Q(hours__isnull=True) | Q(hours__gt=0)) & (Q(value__isnull=True) | Q(value__gte=0)),
                name="organisations_slip_counts_something",
            ),
        ]
        indexes = [models.Index(fields=["stay", "-served_on"], name="organisations_slips_of_stay")]

    def __str__(self) -> str:
        return f"{self.stay_id} {self.service}"
