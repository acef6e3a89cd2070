"""The `wushe` command."""

import os

import typer

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wushe.config.settings")

app = typer.Typer(no_args_is_help=True, add_completion=False, help="五社联动: needs, projects, services, money and targets.")
