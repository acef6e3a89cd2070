import typer

from wushe.cli.installation import opened, say

app = typer.Typer()


@app.command()
def migrate() -> None:
    """Bring the database up to date · 更新数据库结构。"""
    with opened():
        migrate_database()


def migrate_database() -> None:
    """Apply what is missing; quick when nothing is."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not missing:
        return
    say(f"更新数据库结构（{len(missing)} 步）", f"migrating the database ({len(missing)} steps)")
    call_command("migrate", interactive=False, verbosity=1)
