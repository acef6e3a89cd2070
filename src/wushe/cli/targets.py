"""`wushe targets`: how a place stands against its policy's targets."""

import json
from datetime import date
from typing import Annotated

import typer

from wushe.cli.installation import fail, opened

app = typer.Typer(no_args_is_help=True, help="Targets · 目标。")


@app.callback()
def targets() -> None:
    """Targets of a place · 目标。"""


@app.command()
def show(
    region: Annotated[str, typer.Option(help="The division code · 区划代码")],
    on: Annotated[str, typer.Option(help="The day, YYYY-MM-DD; today if left out · 日期")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For machines · 输出 JSON")] = False,
) -> None:
    """Every target with how many places meet it, fall short, or have no data · 目标完成情况。"""
    with opened():
        from wushe.indicators.queries import standings
        from wushe.kernel.clock import today
        from wushe.regions.models import Region

        place = Region.objects.filter(code=region, valid_until__isnull=True).order_by("level").first()
        if place is None:
            fail(f"没有代码为 {region} 的行政区划。", f"There is no division with the code {region}. `wushe regions show` finds one.")
        rows = [
            {
                "target": standing.target.id,
                "zh": standing.target.zh,
                "article": standing.target.source.article,
                "operator": standing.target.operator,
                "value": str(standing.target.value),
                "unit": standing.target.unit,
                "has_facts": standing.has_facts,
                "met": standing.met,
                "short": standing.short,
                "no_data": standing.no_data,
            }
            for standing in standings(place, date.fromisoformat(on) if on else today())
        ]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        standing = f"✓{row['met']} ✗{row['short']} ?{row['no_data']}" if row["has_facts"] else "尚无数据来源 · no facts yet"
        typer.echo(f"{row['zh']}（{row['article']}） {row['operator']} {row['value']} {row['unit']}: {standing}")
