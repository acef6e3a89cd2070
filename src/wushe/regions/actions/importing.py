from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from wushe.audit.actions import record
from wushe.audit.actions.recording import Actor
from wushe.regions.actions.bulk import without_indexes
from wushe.regions.actions.division_files import CUT_OFF, read_divisions
from wushe.regions.actions.subtrees import refresh_subtrees
from wushe.regions.errors import UnknownPlace
from wushe.regions.models import Level
from wushe.regions.rules import padded

LARGE_LOAD = 50_000
STAGE = """
CREATE TEMP TABLE regions_staging (
    code varchar NOT NULL, level smallint NOT NULL, parent_code varchar NOT NULL, name varchar NOT NULL, initials varchar NOT NULL,
    sort_key varchar NOT NULL, settlement varchar NOT NULL, counts_for_coverage boolean NOT NULL, is_artificial boolean NOT NULL
)
"""
COPY = """
COPY regions_staging (code, level, parent_code, name, initials, sort_key, settlement, counts_for_coverage, is_artificial) FROM STDIN
"""
# a code whose region was merged away stays gone: the files know nothing of changes after their own day
FRESH = """
CREATE TEMP TABLE regions_fresh AS
SELECT nextval('regions_region_id_seq') AS id, s.*
FROM regions_staging s
WHERE NOT EXISTS (SELECT FROM regions_region r WHERE r.code = s.code AND r.level = s.level);
CREATE INDEX ON regions_fresh (level);
ANALYZE regions_fresh
"""
# a new code may name a parent that was merged away; its row repeats the id of the region that stands for it now
FOLLOW_MERGERS = """
UPDATE regions_fresh f SET parent_code = s.code
FROM regions_region q
JOIN regions_region s ON s.id = CASE q.level WHEN 4 THEN q.town_id WHEN 3 THEN q.county_id WHEN 2 THEN q.city_id ELSE q.province_id END
WHERE q.code = f.parent_code AND q.level = f.level - 1 AND q.valid_until IS NOT NULL
  AND NOT EXISTS (SELECT FROM regions_region p WHERE p.code = q.code AND p.level = q.level AND p.valid_until IS NULL)
"""
INSERT = """
INSERT INTO regions_region (id, code, name, full_name, initials, sort_key, level, parent_id, province_id, city_id, county_id, town_id,
                            community_id, settlement, counts_for_coverage, is_artificial, valid_from)
SELECT f.id, f.code, f.name,
       CASE WHEN f.level = 0 THEN f.name
            ELSE CASE WHEN p.level = 0 THEN '' ELSE p.full_name END || CASE WHEN f.is_artificial THEN '' ELSE f.name END END,
       f.initials, f.sort_key, f.level, p.id,
       CASE f.level WHEN 1 THEN f.id ELSE p.province_id END, CASE f.level WHEN 2 THEN f.id ELSE p.city_id END,
       CASE f.level WHEN 3 THEN f.id ELSE p.county_id END, CASE f.level WHEN 4 THEN f.id ELSE p.town_id END,
       CASE f.level WHEN 5 THEN f.id END,
       f.settlement, f.counts_for_coverage, f.is_artificial, %(since)s
FROM regions_fresh f
LEFT JOIN regions_region p ON p.code = f.parent_code AND p.level = f.level - 1 AND p.valid_until IS NULL
WHERE f.level = %(level)s
"""
TENURES = """
INSERT INTO regions_tenure (region_id, parent_id, period)
SELECT r.id, r.parent_id, daterange(%s, NULL)
FROM regions_fresh f JOIN regions_region r ON r.id = f.id WHERE r.parent_id IS NOT NULL
"""
CHANGED = """
SELECT r.id, r.code, r.name, s.name
FROM regions_staging s JOIN regions_region r ON r.code = s.code AND r.level = s.level AND r.valid_until IS NULL
WHERE r.name <> s.name ORDER BY r.code, r.level
"""
RENAME = """
UPDATE regions_region r SET name = s.name, initials = s.initials, sort_key = s.sort_key
FROM regions_staging s
WHERE r.code = s.code AND r.level = s.level AND r.id = ANY(%s)
"""
MISSING = """
SELECT r.code FROM regions_region r
WHERE r.valid_until IS NULL AND r.level BETWEEN 1 AND 5 AND r.code LIKE %s
  AND (%s OR r.level >= 3)
  AND NOT EXISTS (SELECT FROM regions_staging s WHERE s.code = r.code AND s.level = r.level)
ORDER BY r.code, r.level
"""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows read, regions made, renamed (code, old, new), and living ones that the files do not name."""

    read: int
    created: int
    renamed: tuple[tuple[str, str, str], ...]
    missing: tuple[str, ...]


@transaction.atomic
def import_regions(
    *,
    folder: Path,
    by: Actor,
    at: datetime,
    county: str = "",
    since: date = CUT_OFF,
    progress: Callable[[str, int], None] = lambda *_: None,
) -> Imported:
    """Bring the tree up to the division files: new codes are made, changed names taken over, missing ones named but kept.

    `progress` hears each stage and how many rows it has done.
    Refuses: DivisionFilesMissing, UnknownPlace.
    Effects: Regions with Tenures; an audit entry for the import and one for each renamed region.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("LOCK TABLE regions_region IN SHARE ROW EXCLUSIVE MODE")
        read = _stage(cursor, folder, county, progress)
        created = _create(cursor, since, progress)
        renamed = _rename(cursor, by=by, at=at)
        progress("compare", 0)
        cursor.execute(MISSING, [f"{county}%", not county])
        missing = tuple(code for (code,) in cursor.fetchall())
        cursor.execute("DROP TABLE regions_staging, regions_fresh")
    data = {"read": read, "created": created, "renamed": len(renamed), "missing": len(missing)}
    record(by=by, at=at, verb="regions.imported", subject=("region", padded(county)), data=data)
    return Imported(read, created, renamed, missing)


def _stage(cursor: Any, folder: Path, county: str, progress: Callable[[str, int], None]) -> int:
    cursor.execute(STAGE)
    count = 0
    found = not county
    with cursor.copy(COPY) as copy:
        for count, division in enumerate(read_divisions(folder, county), start=1):
            copy.write_row(division)
            found = found or (division.level == Level.COUNTY and division.code == padded(county))
            if count % 10_000 == 0:
                progress("read", count)
    if not found:
        raise UnknownPlace(code=county)
    progress("read", count)
    cursor.execute("CREATE INDEX ON regions_staging (code, level)")
    cursor.execute("ANALYZE regions_staging")
    return count


def _create(cursor: Any, since: date, progress: Callable[[str, int], None]) -> int:
    cursor.execute(FRESH)
    cursor.execute(FOLLOW_MERGERS)
    cursor.execute("SELECT count(*) FROM regions_fresh")
    (fresh,) = cursor.fetchone()
    created = 0
    with without_indexes(cursor) if fresh >= LARGE_LOAD else nullcontext():
        for level in range(Level.NATION, Level.COMMUNITY + 1):
            cursor.execute(INSERT, {"level": level, "since": since})
            created += cursor.rowcount
            progress("create", created)
        cursor.execute(TENURES, [since])
        progress("index", created)
    return created


def _rename(cursor: Any, *, by: Actor, at: datetime) -> tuple[tuple[str, str, str], ...]:
    cursor.execute(CHANGED)
    changed = cursor.fetchall()
    if not changed:
        return ()
    ids = [pk for pk, *_ in changed]
    cursor.execute(RENAME, [ids])
    refresh_subtrees(ids)
    for _, code, old, new in changed:
        record(by=by, at=at, verb="regions.renamed", subject=("region", code), name=new, data={"from": old, "to": new})
    return tuple((code, old, new) for _, code, old, new in changed)
