from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from wushe.accounts.models import Body
from wushe.stations.models.station import DateRange

DAYS = (DateRange("since", "until"), RangeOperators.OVERLAPS)
BODY = (Coalesce("body", Value(0)), RangeOperators.EQUAL)
# as an expression, which no list asks for: the planner takes the second column of such an index for as good as the first
REGION = (Coalesce("region", Value(0)), RangeOperators.EQUAL)


class PostingQuerySet(models.QuerySet["Posting"]):
    def held(self, on: date) -> Self:
        """In force on the day; those withdrawn never were."""
        return self.filter(Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on)))


class Posting(models.Model):
    """Where somebody works in the half-open days [since, until): at a body (station, organisation, office), or at the place itself.

    One that ends on the day it begins was entered by mistake and withdrawn.
    """

    number = models.CharField(max_length=60, unique=True)
    worker = models.ForeignKey("workforce.Worker", models.PROTECT, related_name="postings", db_index=False)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="postings", db_index=False)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="postings", db_index=False)
    position = models.CharField(max_length=40)
    mode = models.CharField(max_length=40)
    full_time = models.BooleanField(default=True)
    is_leader = models.BooleanField(default=False)
    grids = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    contract_until = models.DateField(null=True, blank=True)
    pack_version = models.CharField(max_length=80)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=300, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        db_table = "workforce_posting"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True, ending="") | (Q(until__gte=F("since")) & ~Q(ending="")),
                name="workforce_posting_end_has_reason",
            ),
            ExclusionConstraint(
                name="workforce_full_time_in_one_post",
                expressions=[("worker", RangeOperators.EQUAL), DAYS],
                condition=Q(full_time=True),
            ),
            ExclusionConstraint(
                name="workforce_same_post_once",
                expressions=[
                    ("worker", RangeOperators.EQUAL),
                    REGION,
                    BODY,
                    ("position", RangeOperators.EQUAL),
                    DAYS,
                ],
            ),
            ExclusionConstraint(
                name="workforce_one_leader_per_community",
                expressions=[("region", RangeOperators.EQUAL), DAYS],
                condition=Q(is_leader=True),
            ),
        ]
        indexes = [
            models.Index(fields=["worker", "since"], name="workforce_posting_by_worker"),
            models.Index(fields=["region", "position"], name="workforce_posting_by_place"),
            models.Index(fields=["body", "since"], name="workforce_posting_by_body"),
        ]

    def __str__(self) -> str:
        return self.number


class EstablishmentQuerySet(models.QuerySet["Establishment"]):
    def held(self, on: date) -> Self:
        """In force on the day."""
        return self.filter(Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on)))


class Establishment(models.Model):
    """So many posts of a sort that a document sets up at a body or a place, in the half-open days [since, until)."""

    number = models.CharField(max_length=60, unique=True)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="establishments", db_index=False)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="establishments")
    position = models.CharField(max_length=40)
    posts = models.PositiveSmallIntegerField()
    document = models.CharField(max_length=200)
    pack_version = models.CharField(max_length=80)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=300, blank=True)

    objects = EstablishmentQuerySet.as_manager()

    class Meta:
        db_table = "workforce_establishment"
        constraints = [
            models.CheckConstraint(condition=Q(posts__gt=0) & ~Q(document=""), name="workforce_posts_rest_on_a_document"),
            models.CheckConstraint(
                condition=Q(until__isnull=True, ending="") | (Q(until__gte=F("since")) & ~Q(ending="")),
                name="workforce_posts_end_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["region", "position"], name="workforce_posts_by_place")]

    def __str__(self) -> str:
        return self.number
