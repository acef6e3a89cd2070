"""`wushe migrate`: the database, and what in it belongs to this version of the system."""

import re

import typer

from wushe.cli.installation import missing_migrations, opened, say

app = typer.Typer()
VERSION = re.compile(r'^version: "?([^"\s]+)"?$', re.MULTILINE)


@app.command()
def migrate() -> None:
    """Bring the database up to date · 更新数据库结构。"""
    with opened(migrated=False):
        migrate_database()


def migrate_database() -> None:
    """Apply what is missing, and load the law and the defaults of this version; quick when nothing is new."""
    from django.core.management import call_command

    missing = missing_migrations()
    if missing:
        say(f"更新数据库结构（{missing} 步）", f"migrating the database ({missing} steps)")
        call_command("migrate", interactive=False, verbosity=1)
    _renew_packs()


def _renew_packs() -> None:
    """Packs of no place come with the system, and its steps ask for their values; packs of places are loaded by those who govern there."""
    from django.conf import settings

    from wushe.kernel.actors import SYSTEM
    from wushe.kernel.clock import now
    from wushe.policies.actions import load_folder
    from wushe.policies.models import Pack
    from wushe.policies.rules import PACK_FILE

    known = set(Pack.objects.filter(region__isnull=True).values_list("code", "version"))
    for code in sorted({code for code, _ in known}):
        file = settings.POLICIES / code / PACK_FILE
        version = VERSION.search(file.read_text(encoding="utf-8")) if file.is_file() else None
        if version and (code, version[1]) not in known:
            say(f"更新政策包 {code} {version[1]}", f"loading {code} {version[1]}")
            load_folder(folder=file.parent, by=SYSTEM, at=now())
