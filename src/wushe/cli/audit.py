import typer

from wushe.cli.installation import fail, opened, say

app = typer.Typer(help="The hash-chained record of every action · 审计。")


@app.callback()
def audit() -> None:
    """Keep `audit` a group although it has one command."""


@app.command()
def verify() -> None:
    """Recompute the chain and name every entry that was changed, removed or cut off · 核验审计链。"""
    with opened():
        from wushe.audit.queries import verify_chain

        found = verify_chain()
    if found.broken:
        numbers = ", ".join(str(seq) for seq in found.broken)
        fail(
            f"审计链在第 {numbers} 条断开：记录被改动或删除过。",
            f"The chain is broken at entry {numbers}: it was changed, or one before it removed.",
        )
    if found.end_missing:
        fail("审计链的末尾被截去。", "The end of the chain was cut off.")
    say(f"审计链完整，共 {found.entries} 条", f"the chain is sound, {found.entries} entries")
