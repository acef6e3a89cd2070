from datetime import date

from django.db import connection
from django.db.models import QuerySet

from wushe.regions.models import Level, Region, Tenure
from wushe.regions.rules import padded

BELOW = """
WITH RECURSIVE tree AS (
    SELECT %(region)s::bigint AS id
    UNION ALL
    SELECT t.region_id FROM tree JOIN regions_tenure t ON t.parent_id = tree.id AND t.period @> %(day)s::date
)
SELECT id FROM tree
"""
ABOVE = """
WITH RECURSIVE line AS (
    SELECT parent_id AS id, 1 AS height FROM regions_tenure WHERE region_id = %(region)s AND period @> %(day)s::date
    UNION ALL
    SELECT t.parent_id, line.height + 1 FROM line JOIN regions_tenure t ON t.region_id = line.id AND t.period @> %(day)s::date
)
SELECT id FROM line ORDER BY height DESC
"""


def region_by_code(code: str) -> Region | None:
    """The living region with the code, short or padded with zeros; the highest where several levels share it."""
    return Region.objects.filter(code=padded(code), valid_until__isnull=True).order_by("level").first()


def parent_on(region: Region, day: date) -> Region | None:
    """Under which region it stood on the day; for one that was merged away by then, its successor."""
    return Region.objects.filter(child_tenures__region=region, child_tenures__period__contains=day).first()


def ancestors_on(region: Region, day: date) -> list[Region]:
    """Everything above it on the day, the nation first."""
    with connection.cursor() as cursor:
        cursor.execute(ABOVE, {"region": region.pk, "day": day})
        ids = [pk for (pk,) in cursor.fetchall()]
    found = Region.objects.in_bulk(ids)
    return [found[pk] for pk in ids]


def subtree_ids_on(region: Region, day: date) -> list[int]:
    """The region and all that counted as part of it on the day: also those merged away by then, whose facts stay with their successors."""
    with connection.cursor() as cursor:
        cursor.execute(BELOW, {"region": region.pk, "day": day})
        return [pk for (pk,) in cursor.fetchall()]


def children_on(region: Region, day: date) -> QuerySet[Region]:
    """The regions that existed directly below it on the day, by code."""
    below = Tenure.objects.filter(parent=region, period__contains=day).values("region")
    return Region.objects.existing(day).filter(pk__in=below).order_by("code", "level")


def shown_children_on(region: Region, day: date) -> list[Region]:
    """As people know it: what stood below an artificial level on the day stands directly below the region."""
    children = list(children_on(region, day))
    artificial = [child.pk for child in children if child.is_artificial]
    below = Tenure.objects.filter(parent__in=artificial, period__contains=day).values("region")
    known = Region.objects.existing(day).filter(pk__in=below) if artificial else Region.objects.none()
    return sorted([child for child in children if not child.is_artificial] + list(known), key=lambda child: child.code)


def counted_communities(region: Region) -> QuerySet[Region]:
    """The communities and villages that "all communities" of a policy means, by code. A town that does not count takes its villages along."""
    return Region.objects.under(region).counted().filter(level=Level.COMMUNITY, valid_until__isnull=True).order_by("code")


def living_communities(region: Region) -> QuerySet[Region]:
    """The communities and villages in which people live today, by code, whether targets count them or not."""
    return Region.objects.under(region).filter(level=Level.COMMUNITY, valid_until__isnull=True, is_artificial=False).order_by("code")
