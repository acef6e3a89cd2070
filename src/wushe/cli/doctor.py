import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import typer

from wushe.cli.installation import missing_migrations, opened

app = typer.Typer()
OLDEST_PYTHON = (3, 11)
ROOM = 2 * 1024**3
YESTERDAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, and how to mend it when it is not. `needed_for` is empty for what nothing works without."""

    what: str
    well: bool
    mend: str = ""
    needed_for: str = ""


@app.command()
def doctor() -> None:
    """Say what is wrong with the installation and how to mend it · 检查安装。"""
    ill = False
    for check in (_python, _configuration, _assets, _room, _tools, _database):
        for finding in check():
            _show(finding)
            ill |= not finding.well and not finding.needed_for
    if ill:
        raise typer.Exit(1)


def _show(finding: Finding) -> None:
    if finding.well:
        typer.secho(f"✓ {finding.what}", fg=typer.colors.GREEN)
        return
    colour = typer.colors.YELLOW if finding.needed_for else typer.colors.RED
    purpose = f" ({finding.needed_for})" if finding.needed_for else ""
    typer.secho(f"✗ {finding.what}{purpose}\n    → {finding.mend}", fg=colour)


def _python() -> Iterator[Finding]:
    found = ".".join(str(part) for part in sys.version_info[:3])
    yield Finding(f"Python {found}", sys.version_info >= OLDEST_PYTHON, "安装 Python 3.11 或更新 · install Python 3.11 or later")


def _configuration() -> Iterator[Finding]:
    from django.core.exceptions import ImproperlyConfigured

    try:
        from wushe.config import settings
    except ImproperlyConfigured as error:
        yield Finding("配置 · settings", well=False, mend=str(error))
        raise typer.Exit(1) from error
    yield Finding("配置 · settings", well=True)
    yield Finding(
        f"数据目录可写 · {settings.VAR} is writable",
        _writable(settings.VAR),
        "换用可写的目录：WUSHE_VAR=… · set WUSHE_VAR to a folder that this user can write",
    )

    if settings.PRODUCTION:
        yield Finding(
            "前置代理 · proxy in front",
            settings.PROXIES > 0,
            "设置 WUSHE_PROXIES：不设则无法识别 HTTPS 和来源地址 · set WUSHE_PROXIES, or neither HTTPS nor addresses are recognised",
            "HTTPS",
        )


def _writable(folder: Path) -> bool:
    existing = next(step for step in (folder, *folder.parents) if step.exists())
    return os.access(existing, os.W_OK)


def _assets() -> Iterator[Finding]:
    from wushe.config import settings
    from wushe.config.vendor import FILES

    missing = [source for source in FILES.values() if not (settings.NODE_MODULES / source).exists()]
    yield Finding("浏览器资源 · browser assets (node_modules)", not missing, f"make install（缺 · missing: {', '.join(missing)}）")


def _room() -> Iterator[Finding]:
    from wushe.config import settings

    existing = next(step for step in (settings.VAR, *settings.VAR.parents) if step.exists())
    free = shutil.disk_usage(existing).free
    yield Finding(f"磁盘空间 · free disk {free // 1024**2} MB", free > ROOM, "至少留出 2 GB · make 2 GB free")


def _tools() -> Iterator[Finding]:
    tests = "仅测试需要 · tests only"
    yield Finding("Chromium", _chromium() is not None, "apt-get install chromium", tests)
    yield Finding("中文字体 · Chinese fonts", _has_chinese_font(), "apt-get install fonts-noto-cjk", tests)
    yield Finding("xgettext", shutil.which("xgettext") is not None, "apt-get install gettext", tests)
    yield Finding("Pango (PDF)", _loads("weasyprint"), "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0", "PDF")


def _chromium() -> str | None:
    return next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)


def _has_chinese_font() -> bool:
    if shutil.which("fc-list") is None:
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, check=False).stdout)


def _loads(module: str) -> bool:
    return subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0


def _database() -> Iterator[Finding]:
    with opened(migrated=False):
        from wushe.audit.queries import verify_chain

        missing = missing_migrations()
        yield Finding("数据库 · database", well=True)
        yield Finding("数据库结构 · migrations", not missing, "wushe migrate")
        if not missing:
            yield Finding("审计链 · audit chain", verify_chain().sound, "wushe audit verify")
            yield from _daily()


def _daily() -> Iterator[Finding]:
    from wushe.kernel.clock import today
    from wushe.kernel.daily import last_runs

    runs = last_runs()
    days = [run.day for run in runs if run.day is not None]
    last = f"最近一次 · last {max(days)}" if days else "还没有执行过 · never yet"
    behind = [run.name for run in runs if run.failed or run.day is None or run.day < today() - YESTERDAY]
    yield Finding(
        f"每日任务 · daily work: {last}",
        not behind,
        f"保持 wushe serve 运行，或每天定时运行 wushe daily · keep wushe serve running, or run wushe daily every day ({', '.join(behind)})",
        "到期提醒 · reminders",
    )
