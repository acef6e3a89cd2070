import gc
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from importlib import import_module
from typing import Annotated, Any

import typer

from wushe.cli.assets import collect_assets
from wushe.cli.database import migrate_database
from wushe.cli.demo import is_empty, show_cast
from wushe.cli.installation import fail, missing_migrations, opened, say
from wushe.cli.messages import compile_messages
from wushe.cli.work import die_with, kept_working

app = typer.Typer()
WORKERS = 2
THREADS = 4
LONGEST_UPLOAD = timedelta(days=1)
ANY_ADDRESS = {"0.0.0.0", "::"}  # noqa: S104 -- recognised, not bound


@app.command()
def serve(
    host: Annotated[str, typer.Option(envvar="HOST")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535)] = 8000,
    demo: Annotated[bool, typer.Option(help="With the demonstration, loaded into an empty database · 演示数据。")] = False,
) -> None:
    """Start the server and the database it needs; Ctrl-C stops both · 启动系统。"""
    refuse_a_busy_port(host, port)
    _environment(host, demo=demo)
    compile_messages()
    with opened(migrated=False) as server:
        if missing_migrations():
            _apart("migrate")
        migrate_database()
        tidy_files()
        collect_assets()
        if demo and is_empty():
            _apart("demo", "load")
        with server.watched() if server else nullcontext(), kept_working():
            _serve(host, port)


def refuse_a_busy_port(host: str, port: int) -> None:
    """Say so before anything is started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen()
        except PermissionError:
            fail(
                f"无权使用端口 {port}，请换 1024 以上的端口。",
                f"This user may not listen on port {port}. Choose one above 1024, e.g. PORT=8000.",
            )
        except OSError as error:
            other = port + 1
            fail(
                f"{host}:{port} 用不了，可能已被其他程序占用。请停掉它，或换一个端口：PORT={other} make run",
                f"Cannot listen on {host}:{port} ({error.strerror}). Stop the other program, or choose another port: PORT={other} make run",
            )


def tidy_files() -> None:
    """Settle or remove what a crash left in the waiting room of the file store."""
    from wushe.files.actions import clear_incoming
    from wushe.kernel.clock import now

    removed = clear_incoming(before=now() - LONGEST_UPLOAD)
    if removed:
        say(f"清理中断的上传：{removed} 个", f"removed interrupted uploads: {removed}")


def _apart(*command: str) -> None:
    """Long work before the start, in a process that gives its memory back at its end; the server would keep it as long as it runs."""
    done = subprocess.run([sys.executable, "-m", "wushe.cli", *command], check=False)
    if done.returncode:
        sys.exit(done.returncode)


def _environment(host: str, *, demo: bool) -> None:
    """What settings read, before they are read."""
    if demo:
        os.environ["WUSHE_DEMO"] = "1"
    if os.environ.get("WUSHE_ENV", "development") == "development":
        os.environ.setdefault("WUSHE_HOSTS", "*" if host in ANY_ADDRESS else f"127.0.0.1,localhost,[::1],{host}")


def _serve(host: str, port: int) -> None:
    from django.conf import settings
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    _load_once()
    server = Granian(
        "wushe.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        backlog=1024,
        workers_kill_timeout=10,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
    shown = f"[{host}]" if ":" in host else host
    if settings.DEMO:
        server.on_startup(show_cast)
    server.on_startup(lambda: say(f"已启动：http://{shown}:{port}（Ctrl-C 停止）", f"serving on http://{shown}:{port} (Ctrl-C stops it)"))
    server.serve(target_loader=_application)


def _load_once() -> None:
    """All that answers pages, before workers are forked: they share what none of them changes, and the collector, which would, leaves it alone."""
    from django.conf import settings
    from django.db import connections

    import_module("wushe.config.wsgi")
    import_module(settings.ROOT_URLCONF)
    connections.close_all()
    gc.collect()
    gc.freeze()


def _application(target: str) -> Callable[..., Any]:
    """The application, in a worker: Ctrl-C reaches the main process alone, and a worker never outlives a killed one."""
    del target
    os.setpgid(0, 0)
    die_with(os.getppid())
    from wushe.config.wsgi import application

    return application
