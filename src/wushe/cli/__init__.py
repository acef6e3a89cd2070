"""The `wushe` command. A module beside this one holds `app`, a typer app; a line in `GROUPS` makes it known."""

import os
from importlib import import_module

import typer

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wushe.config.settings")

# module → the word before its commands; none: they stand at the top
GROUPS: tuple[tuple[str, str | None], ...] = (
    ("serve", None),
    ("work", None),
    ("daily", None),
    ("database", None),
    ("messages", None),
    ("doctor", None),
    ("demo", "demo"),
    ("regions", "regions"),
    ("packs", "pack"),
    ("targets", "targets"),
    ("users", "user"),
    ("audit", "audit"),
)

app = typer.Typer(no_args_is_help=True, add_completion=False, help="五社联动 · needs, projects, services, money and targets.")
for module, word in GROUPS:
    app.add_typer(import_module(f"wushe.cli.{module}").app, name=word)
