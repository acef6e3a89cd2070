"""Adds 300,000 organisations and 100,000 postings to the database of `benchmarks.seed`, and measures the directory and who was posted on a day."""

import os
import platform
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.requests import COUNTY_WORKER, Page, condition, row_of, served
from benchmarks.seed import NATIONWIDE, database, is_seeded, timed

ORGANISATIONS, POSTINGS = 300_000, 100_000

# every community of the country in turn; every third organisation is registered, the others are filed
PLACES = """
CREATE TEMP TABLE places AS
SELECT id, name, row_number() OVER (ORDER BY md5(code)) AS n
FROM regions_region WHERE level = 5 AND counts_for_coverage
"""
BODIES = """
INSERT INTO accounts_body (number, name, kind, region_id)
SELECT 'body-bench-' || made.n, place.name || (ARRAY['志愿服务队', '老年文艺队', '邻里互助会', '助残服务社', '书法协会', '儿童之家'])[1 + made.n %% 6],
       'organisation', place.id
FROM generate_series(1, %(organisations)s) AS made (n) JOIN places place ON place.n = 1 + made.n %% %(places)s
"""
INSERT_ORGANISATIONS = """
INSERT INTO organisations_organisation (number, body_id, name, kind, region_id, purpose_class, service_fields, uscc, founded_on, filed_on,
    registered_on, professionals_evidence, deregistration_reason, party_organisation, has_charter, has_head, premises, accountant_certificate)
SELECT 'organisation-bench-' || id, id, name, 'community_organisation', region_id, 'service', '{}',
       CASE WHEN id %% 3 = 0 THEN '51' || lpad((id %% 1000000)::text, 6, '0') || lpad(id::text, 10, '0') ELSE '' END,
       DATE '2021-01-01' + (id %% 1500)::int, DATE '2021-02-01' + (id %% 1500)::int,
       CASE WHEN id %% 3 = 0 THEN DATE '2021-03-01' + (id %% 1500)::int END, '', '', false, true, true, '', ''
FROM accounts_body WHERE number LIKE 'body-bench-%%'
"""
INSERT_WORKERS = """
INSERT INTO workforce_worker (number, name, name_index, identity, identity_index, kind, education, region_id, pack_version, joined_on,
    leaving_reason)
SELECT 'worker-bench-' || made.n, model.name, md5('name' || made.n), model.identity, md5('identity' || made.n), model.kind, model.education,
       place.id, model.pack_version, DATE '2021-01-01', ''
FROM generate_series(1, %(postings)s / 2) AS made (n) JOIN places place ON place.n = 1 + made.n %% %(places)s,
     (SELECT * FROM workforce_worker ORDER BY id LIMIT 1) model
"""
# everybody had one post that ended and has another
INSERT_POSTINGS = """
INSERT INTO workforce_posting (number, worker_id, region_id, position, mode, full_time, is_leader, grids, pack_version, since, until, ending)
SELECT 'posting-bench-' || worker.id || '-' || part, worker.id, worker.region_id, 'community_worker', 'recruited', true, false, '{}',
       worker.pack_version, DATE '2021-01-01' + (worker.id %% 700)::int + part * 700,
       CASE WHEN part = 0 THEN DATE '2021-01-01' + (worker.id %% 700)::int + 650 END, CASE WHEN part = 0 THEN '转岗' ELSE '' END
FROM workforce_worker worker, generate_series(0, 1) part WHERE worker.number LIKE 'worker-bench-%%'
"""


def model_worker():
    """One person by the action, whose ciphertext all others share."""
    from random import Random  # noqa: PLC0415 -- beside its use

    from wushe.accounts.models import User  # noqa: PLC0415 -- after the settings
    from wushe.demo.workers import identity  # noqa: PLC0415 -- after the settings
    from wushe.kernel.clock import local_date, now  # noqa: PLC0415 -- after the settings
    from wushe.policies.models import Pack  # noqa: PLC0415 -- after the settings
    from wushe.workforce.actions import WorkerDraft, register_worker  # noqa: PLC0415 -- after the settings
    from wushe.workforce.models import Worker  # noqa: PLC0415 -- after the settings

    if not Worker.objects.exists():
        at = now()
        place = Pack.objects.exclude(region=None).latest("pk").region
        draft = WorkerDraft("测试", identity(1, Random(1)), "community_worker", place, local_date(at))
        register_worker(draft=draft, by=User.objects.get(username=NATIONWIDE), at=at)


def fill():
    """What is missing of the rows, by the set."""
    from django.db import connection  # noqa: PLC0415 -- after the settings

    model_worker()

    values = {"organisations": ORGANISATIONS, "postings": POSTINGS}
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM workforce_posting WHERE number LIKE 'posting-bench-%')")
        if cursor.fetchone()[0]:
            return
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(PLACES)
        values["places"] = cursor.rowcount
        for what, statement in {
            "bodies": BODIES, "organisations": INSERT_ORGANISATIONS, "workers": INSERT_WORKERS, "postings": INSERT_POSTINGS,
        }.items():  # fmt: skip
            with timed(what):
                cursor.execute(statement, values)
        cursor.execute("ANALYZE")


def pages():
    """The directory for everyone, the register on the desk, and the people who are posted today."""
    from django.urls import reverse  # noqa: PLC0415 -- after the settings

    directory, desk, workers = reverse("portal:organisations:list"), reverse("desk:organisations:list"), reverse("desk:workers:list")
    yield Page("directory, first page", NATIONWIDE, [directory])
    for text in ("首善街居", "书法协", "书法"):
        yield Page(f"directory, search of {len(text)} characters", NATIONWIDE, [f"{directory}?{urlencode({'q': text})}"])
        yield Page(f"register, search of {len(text)} characters, JSON", NATIONWIDE, [f"{desk}?{urlencode({'format': 'json', 'q': text})}"])
    yield Page("people of a county, first page", COUNTY_WORKER, [workers])
    yield Page("people of a county with a post today", COUNTY_WORKER, [f"{workers}?standing=posted"])


def posted_on_a_day():
    """Who is posted, on three days, in one statement each: rows and milliseconds of the database."""
    from datetime import date  # noqa: PLC0415 -- beside its use

    from django.db import connection  # noqa: PLC0415 -- after the settings

    from wushe.workforce.facts import postings_held  # noqa: PLC0415 -- after the settings

    for on in (date(2021, 6, 1), date(2023, 6, 1), date(2026, 6, 1)):
        statement, params = postings_held(on).order_by().values("worker", "region", "licensed").query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", params)
            plan = cursor.fetchone()[0][0]
        print(f"posted on {on}: {plan['Plan']['Actual Rows']:,.0f} rows in {plan['Execution Time']:.0f} ms")


def measure():
    """The table of the pages, then the statements."""
    with database() as embedded, tempfile.TemporaryDirectory() as folder:
        if not is_seeded():
            raise SystemExit("The database is empty: run `python -m benchmarks.seed` first.")
        fill()
        postgres = int((embedded.data / "postmaster.pid").read_text().splitlines()[0])
        with served() as (server, address):
            print(
                "| page | requests/s | p50 ms | p99 ms | CPU server | CPU database | CPU both | peer | queries | KB | MB server | MB database | failed |"
            )
            print("|---|" + "--:|" * 12)
            for page in pages():
                print(row_of(page, address, Path(folder), server, postgres), flush=True)
        posted_on_a_day()
        print(f"\nat the end: {condition()}")


if __name__ == "__main__":
    if not shutil.which("wrk"):
        raise SystemExit("wrk is not installed.")
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, {condition()}\n")
    measure()
