import typer

from wushe.cli.installation import missing_migrations, opened, say

app = typer.Typer()


@app.command()
def migrate() -> None:
    """Bring the database up to date · 更新数据库结构。"""
    with opened(migrated=False):
        migrate_database()


def migrate_database() -> None:
    """Apply what is missing; quick when nothing is."""
    from django.core.management import call_command

    missing = missing_migrations()
    if not missing:
        return
    say(f"更新数据库结构（{missing} 步）", f"migrating the database ({missing} steps)")
    call_command("migrate", interactive=False, verbosity=1)
