"""Long work in a process of its own, so that pages stay quick: it waits in the database, and what was cut short begins again. So does daily work."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Annotated

import typer

from wushe.cli.installation import opened

app = typer.Typer()
PAUSE = 1
LOOK_FOR_DAILY = timedelta(minutes=1)
PAUSE_AFTER_DEATH = 5
PATIENCE = 10
PR_SET_PDEATHSIG = 1


@app.command()
def work(beside: Annotated[int, typer.Option(help="End with this process.", hidden=True)] = 0) -> None:
    """Do the long work that waits, and the daily work; `serve` starts this by itself · 处理等待中的长任务和每日任务（serve 会自动启动）。"""
    if beside:
        die_with(beside)
    with opened():
        from django.db import InterfaceError, OperationalError, connection

        from wushe.imports.tasks import work_at_next
        from wushe.kernel.clock import now
        from wushe.kernel.daily import run_daily

        look_again = now()
        while True:
            try:
                if now() >= look_again:
                    look_again = now() + LOOK_FOR_DAILY
                    run_daily(at=now())
                if work_at_next(at=now()):
                    continue
            except (InterfaceError, OperationalError):
                connection.close()  # the database went away; the next turn asks for it again
            time.sleep(PAUSE)


def die_with(parent: int) -> None:
    """Never outlive the process that started this one, even when it is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit(1)


@contextmanager
def kept_working() -> Iterator[None]:
    """A process for long work beside the server, started again whenever it dies."""
    over = threading.Event()
    keeper = threading.Thread(target=_keep, args=(over,), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def _keep(over: threading.Event) -> None:
    while not over.is_set():
        # a group of its own: Ctrl-C reaches the server alone, which ends this process in order
        process = subprocess.Popen([sys.executable, "-m", "wushe.cli", "work", "--beside", str(os.getpid())], process_group=0)
        while process.poll() is None and not over.wait(PAUSE):
            pass
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        over.wait(PAUSE_AFTER_DEATH)
