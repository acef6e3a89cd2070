"""What every command stands on: words on the screen, refusals as sentences, Django set up, the database running."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from wushe.config.embedded import EmbeddedServerError, Server

if TYPE_CHECKING:
    from wushe.kernel.errors import DomainError
    from wushe.regions.models import Region

OLDEST_SERVER = 160000


def say(chinese: str, english: str) -> None:
    """One line of progress in both languages."""
    typer.echo(f"▸ {chinese} · {english}")


def fail(chinese: str, english: str) -> NoReturn:
    """End the command with what is wrong and what to do."""
    typer.secho(f"✗ {chinese}", fg=typer.colors.RED, err=True)
    typer.secho(f"  {english}", fg=typer.colors.RED, err=True)
    raise typer.Exit(1)


def refuse(error: "DomainError") -> NoReturn:
    """End the command with the sentence that the pages show for this refusal."""
    from django.utils.translation import override

    from wushe.web.common.refusals import sentence

    with override("zh-hans"):
        chinese = sentence(error)
    with override("en"):
        fail(chinese, sentence(error))


def day_of(text: str) -> date:
    """A day as it is typed; today when nothing is."""
    from wushe.kernel.clock import today

    try:
        return date.fromisoformat(text) if text else today()
    except ValueError:
        fail(f"日期 {text} 应写成 2026-11-29 这样的形式。", f"Write the day {text} as year-month-day, such as 2026-11-29.")


def place_of(code: str) -> "Region":
    """The living region with a code, short or padded with zeros."""
    from wushe.regions.queries import region_by_code

    region = region_by_code(code)
    if region is None:
        fail(
            f"没有代码为 {code} 的地区，可先运行 wushe regions import。",
            f"No region has the code {code}. `wushe regions import` loads the tree.",
        )
    return region


def set_up() -> None:
    """Django, without a database yet."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        fail("配置不正确。", str(error))


@contextmanager
def opened(*, migrated: bool = True) -> Iterator[Server | None]:
    """Django set up on a database that answers. Gives the embedded server, if it is that; when nobody else uses it, it is stopped at the end.

    Most commands need the structure of this version; those that make or examine it pass `migrated=False`.
    """
    from django.core.exceptions import ImproperlyConfigured

    from wushe.kernel.errors import DomainError

    # so that `finally` runs when the process is asked to end
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with _database() as server:
            set_up()
            _check_server()
            if migrated and missing_migrations():
                fail(
                    "数据库结构还没有更新，请先运行 wushe migrate。",
                    "The database lacks structure of this version. Run `wushe migrate` first.",
                )
            yield server
    except ImproperlyConfigured as error:
        fail("配置不正确。", str(error))
    except EmbeddedServerError as error:
        fail("内置数据库无法启动。", str(error))
    except DomainError as error:
        refuse(error)


@contextmanager
def _database() -> Iterator[Server | None]:
    """The embedded server, unless DATABASE_URL names another."""
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    server = Server(var() / "postgres")
    if server.place != server.home:
        say(
            f"数据库用户进不了 {server.home}，数据放在 {server.place}",
            f"the database's user cannot enter that folder: data is in {server.place}",
        )
    if not server.data.exists():
        say("正在创建数据库", "making the database")
    with server.held():
        os.environ["DATABASE_URL"] = server.url
        try:
            yield server
        finally:
            del os.environ["DATABASE_URL"]


def var() -> Path:
    """The folder for everything that the installation makes."""
    from wushe.config import settings

    return settings.VAR


def missing_migrations() -> int:
    """How many migrations the database still lacks."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _check_server() -> None:
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int")
            version = cursor.fetchone()[0]
    except DatabaseError as error:
        fail("连不上数据库，请检查 DATABASE_URL。", f"The database does not answer. Check DATABASE_URL. {error}".strip())
    if version < OLDEST_SERVER:
        fail(
            "数据库版本太旧，需要 PostgreSQL 16 或更新。",
            f"PostgreSQL {version // 10000} is too old: use 16 or later, or unset DATABASE_URL.",
        )
