import typer

from wushe.cli.installation import fail, opened, say

app = typer.Typer()


@app.command()
def daily() -> None:
    """Do what the house does once a day, unless it is done already; `serve` and `work` do this by themselves · 执行每日任务（到期提醒、清理）。"""
    with opened():
        from wushe.kernel.clock import now
        from wushe.kernel.daily import run_daily

        at = now()
        found = run_daily(at=at, failed_before=at)
        if not found:
            say("今天的每日任务已经全部完成。", "everything of today is done already")
        for name, went_well in found.items():
            if went_well:
                say(f"完成：{name}", f"done: {name}")
        failed = [name for name, went_well in found.items() if not went_well]
        if failed:
            names = "、".join(failed)
            fail(
                f"没有完成：{names}。原因见日志，改正后再次运行。",
                f"Not done: {names}. The log says why; run this again when it is mended.",
            )
