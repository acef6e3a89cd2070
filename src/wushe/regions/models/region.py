from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q


class Level(models.IntegerChoices):
    """The height in the tree; a smaller number is higher."""

    NATION = 0
    PROVINCE = 1
    CITY = 2
    COUNTY = 3
    TOWN = 4
    COMMUNITY = 5
    GRID = 6


class Settlement(models.TextChoices):
    """Whether targets for city communities or for villages apply."""

    URBAN = "urban"
    RURAL = "rural"
    NONE = ""


class RegionQuerySet(models.QuerySet["Region"]):
    def under(self, region: Region) -> Self:
        """The region and everything below it in today's tree."""
        if region.level == Level.NATION:
            return self
        return self.filter(**{region.ancestor_column: region.pk})

    def existing(self, on: date) -> Self:
        """Regions that exist on the day."""
        return self.filter(Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gt=on)))

    def counted(self) -> Self:
        """Regions that targets count: no statistical pseudo-units, no levels that no government has."""
        return self.filter(counts_for_coverage=True, is_artificial=False)


class Region(models.Model):
    """A division in today's tree. `*_id` of the ancestors (itself included) make every subtree one indexed comparison.

    They follow from `parent`, so the database does not check them a second time: five checks a row would double the import.
    Former parents live in `Tenure`. A region that was merged away keeps its row, with `valid_until` and `successor`, and from then on
    stands below its successor, so that what was counted in it is still counted.
    """

    code = models.CharField(max_length=15)
    name = models.CharField(max_length=80)
    full_name = models.CharField(max_length=250, blank=True)
    initials = models.CharField(max_length=80, blank=True)
    sort_key = models.CharField(max_length=250, blank=True)
    level = models.SmallIntegerField(choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    province = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)
    city = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)
    county = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)
    town = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)
    community = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)
    settlement = models.CharField(max_length=5, choices=Settlement, blank=True)
    counts_for_coverage = models.BooleanField(default=True)
    is_artificial = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    objects = RegionQuerySet.as_manager()

    class Meta:
        db_table = "regions_region"
        constraints = [
            # with the level: a county that has no towns in the statistics stands there again as its own town and community
            models.UniqueConstraint(
                fields=["code", "level"], condition=Q(valid_until__isnull=True), name="regions_one_living_region_per_code"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")), name="regions_end_after_start"
            ),
            models.CheckConstraint(condition=Q(successor__isnull=True) | Q(valid_until__isnull=False), name="regions_successor_after_end"),
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{12,15}$"), name="regions_code_is_digits"),
            models.CheckConstraint(condition=Q(level=0) | Q(parent__isnull=False), name="regions_only_the_nation_has_no_parent"),
        ]
        indexes = [
            models.Index(OpClass("code", name="varchar_pattern_ops"), name="regions_by_code"),
            models.Index(OpClass("name", name="varchar_pattern_ops"), name="regions_by_name"),
            models.Index(fields=["level", "code"], name="regions_by_level"),
            models.Index(fields=["province", "level", "code"], name="regions_in_province"),
            models.Index(fields=["city", "level", "code"], name="regions_in_city"),
            models.Index(fields=["county", "level", "code"], name="regions_in_county"),
            models.Index(fields=["town", "code"], name="regions_in_town"),
            models.Index(fields=["community", "code"], name="regions_in_community"),
            # pairs and not triples of characters: most Chinese words, and so most searches, have two
            GinIndex(Func("name", function="regions_bigrams"), name="regions_by_part_of_name"),
            models.Index(OpClass("initials", name="varchar_pattern_ops"), name="regions_by_initials"),
        ]

    def __str__(self) -> str:
        return self.full_name or self.name

    @property
    def ancestor_column(self) -> str:
        """The column that holds this region's id in every row below it."""
        return {
            Level.PROVINCE: "province",
            Level.CITY: "city",
            Level.COUNTY: "county",
            Level.TOWN: "town",
            Level.COMMUNITY: "community",
            Level.GRID: "id",
        }[Level(self.level)]

    @property
    def county_code(self) -> str:
        """Six digits, for public numbers; higher regions are padded with zeros."""
        return self.code[:6].ljust(6, "0")

    @property
    def ancestor_ids(self) -> tuple[int, ...]:
        """Its own id and those of all regions above it, the nation aside."""
        found = (self.province_id, self.city_id, self.county_id, self.town_id, self.community_id, self.pk)
        return tuple(dict.fromkeys(pk for pk in found if pk is not None))
