"""`wushe targets`: how a place stands against its policy's targets."""

import json
from typing import Annotated

import typer

from wushe.cli.installation import day_of, opened, place_of

app = typer.Typer(no_args_is_help=True, help="Targets · 目标。")


@app.callback()
def targets() -> None:
    """Targets of a place · 目标。"""


@app.command()
def show(
    region: Annotated[str, typer.Option(help="The division code, two to twelve digits · 区划代码")],
    on: Annotated[str, typer.Option(help="The day, YYYY-MM-DD; today if left out · 日期")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For machines · 输出 JSON")] = False,
) -> None:
    """Every target with how many places meet it, fall short, or have no data · 目标完成情况。"""
    with opened():
        from wushe.indicators.queries import standings

        place, day = place_of(region), day_of(on)
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
            for standing in standings(place, day)
        ]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        standing = f"✓{row['met']} ✗{row['short']} ?{row['no_data']}" if row["has_facts"] else "尚无数据来源 · no facts yet"
        typer.echo(f"{row['zh']}（{row['article']}） {row['operator']} {row['value']} {row['unit']}: {standing}")
