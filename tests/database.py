"""One embedded server for all test workers, and one migrated database that theirs are copies of. Loaded before Django reads its settings."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Identifier

from wushe.config.embedded import Server

ROOT = Path(__file__).parent.parent
SERVER = Server(Path(os.environ.get("WUSHE_TEST_DB", ROOT / "var" / "test-postgres")), fast=True)
TEMPLATE = "wushe_template_"
LOCK = 990_326

if "DATABASE_URL" not in os.environ and "PYTEST_XDIST_WORKER" not in os.environ:
    started = SERVER.ensure_running()
    os.environ["DATABASE_URL"] = SERVER.url
else:
    started = False


def migrated() -> str:
    """The name of a database that every migration was applied to; made when a migration is new, by the first who asks."""
    name = TEMPLATE + digest()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        known = {row[0] for row in server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [TEMPLATE])}
        if name not in known:
            for old in known:
                server.execute(SQL("DROP DATABASE {}").format(Identifier(old)))
            half_made = Identifier(f"{TEMPLATE}new")
            server.execute(SQL("CREATE DATABASE {}").format(half_made))
            _migrate(f"{TEMPLATE}new")
            server.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(half_made, Identifier(name)))
    return name


def _migrate(name: str) -> None:
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-m", "django", "migrate", "--verbosity=0"], env=environment, cwd=ROOT, check=True)


def digest() -> str:
    """Of everything that a migration reads."""
    files = [*ROOT.glob("src/wushe/*/migrations/*"), *ROOT.glob("src/wushe/kernel/**/*.py"), ROOT / "requirements.lock"]
    contents = [hashlib.sha256(path.read_bytes()).digest() for path in sorted(files) if path.is_file()]
    return hashlib.sha256(b"".join(contents)).hexdigest()[:16]


def pytest_unconfigure() -> None:
    """Stop what this process started."""
    if started:
        SERVER.stop()
