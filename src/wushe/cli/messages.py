from pathlib import Path

import typer

from wushe.cli.installation import say

app = typer.Typer()
PACKAGE = Path(__file__).resolve().parents[1]


@app.command()
def messages() -> None:
    """Compile the translations that changed · 编译界面翻译。"""
    compile_messages()


def compile_messages() -> None:
    """Make every .mo that is missing or older than its .po."""
    stale = [po for po in sorted(PACKAGE.glob("**/locale/*/LC_MESSAGES/*.po")) if _is_stale(po)]
    if not stale:
        return
    import polib

    say(f"编译 {len(stale)} 份翻译", f"compiling {len(stale)} translations")
    for po in stale:
        polib.pofile(str(po)).save_as_mofile(str(po.with_suffix(".mo")))


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime
