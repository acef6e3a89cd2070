"""Keeps what a region's row repeats of its ancestors equal to the tree, for whole subtrees in one statement."""

from collections.abc import Sequence

from django.db import connection

REFRESH = """
WITH RECURSIVE tree AS (
    SELECT r.id, r.level,
           CASE WHEN r.level = 1 AND r.successor_id IS NULL THEN r.id ELSE p.province_id END AS province_id,
           CASE WHEN r.level = 2 AND r.successor_id IS NULL THEN r.id ELSE p.city_id END AS city_id,
           CASE WHEN r.level = 3 AND r.successor_id IS NULL THEN r.id ELSE p.county_id END AS county_id,
           CASE WHEN r.level = 4 AND r.successor_id IS NULL THEN r.id ELSE p.town_id END AS town_id,
           CASE WHEN r.level = 5 AND r.successor_id IS NULL THEN r.id ELSE p.community_id END AS community_id,
           CASE WHEN r.successor_id IS NOT NULL OR r.level = 0 THEN r.full_name
                ELSE CASE WHEN p.level = 0 THEN '' ELSE p.full_name END || CASE WHEN r.is_artificial THEN '' ELSE r.name END
           END::varchar AS full_name
    FROM regions_region r LEFT JOIN regions_region p ON p.id = r.parent_id
    WHERE r.id = ANY(%s)
    UNION ALL
    SELECT r.id, r.level,
           CASE WHEN r.level = 1 AND r.successor_id IS NULL THEN r.id ELSE p.province_id END,
           CASE WHEN r.level = 2 AND r.successor_id IS NULL THEN r.id ELSE p.city_id END,
           CASE WHEN r.level = 3 AND r.successor_id IS NULL THEN r.id ELSE p.county_id END,
           CASE WHEN r.level = 4 AND r.successor_id IS NULL THEN r.id ELSE p.town_id END,
           CASE WHEN r.level = 5 AND r.successor_id IS NULL THEN r.id ELSE p.community_id END,
           CASE WHEN r.successor_id IS NOT NULL THEN r.full_name
                ELSE CASE WHEN p.level = 0 THEN '' ELSE p.full_name END || CASE WHEN r.is_artificial THEN '' ELSE r.name END
           END::varchar
    FROM tree p JOIN regions_region r ON r.parent_id = p.id
)
UPDATE regions_region r
SET province_id = t.province_id, city_id = t.city_id, county_id = t.county_id, town_id = t.town_id, community_id = t.community_id,
    full_name = t.full_name
FROM tree t
WHERE r.id = t.id
  AND (r.province_id, r.city_id, r.county_id, r.town_id, r.community_id, r.full_name)
      IS DISTINCT FROM (t.province_id, t.city_id, t.county_id, t.town_id, t.community_id, t.full_name)
"""


def refresh_subtrees(ids: Sequence[int]) -> None:
    """Recompute ancestors and full names of the regions and everything below them."""
    with connection.cursor() as cursor:
        cursor.execute(REFRESH, [list(ids)])
