"""Brings 100,000 organisations in an Excel file into an empty database of its own, and takes them out again. Prints the machine and the figures."""

import io
import os
import platform
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wushe.config.settings")

import django
import xlsxwriter
from benchmarks.requests import cpu
from django.core.management import call_command
from django.db import connection
from stdnum.cn import uscc

from wushe.config.embedded import Server

ROWS = int(os.environ.get("ROWS", "100000"))
PLACES = ("东风社区", "明德街道和平社区", "朝阳社区居委会", "990326001004", "石桥镇柳树村")
HEADINGS = (
    "序号",
    "机构名称",
    "所在社区",
    "组织类型",
    "统一社会信用代码",
    "成立日期",
    "登记日期",
    "宗旨类别",
    "成员人数",
    "是否建立党组织",
)


def connect() -> Path:
    """A database of its own on the embedded server, emptied, so that nothing of an installation is touched."""
    server = Server(Path(os.environ.get("WUSHE_VAR", "var")).resolve() / "benchmark-postgres")
    server.ensure_running()
    os.environ["DATABASE_URL"] = server.url
    django.setup()
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    call_command("migrate", verbosity=0)
    return server.data


def table() -> io.BytesIO:
    """What a very large office would send: every column used, every hundredth row faulty."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("名册")
        sheet.write_row(0, 0, HEADINGS)
        for order in range(1, ROWS + 1):
            body = f"52990326MB{order:07d}"
            row = [order, f"第{order}号社会组织", PLACES[order % len(PLACES)], "社区社会组织", body + uscc.calc_check_digit(body)]
            founded = "去年" if order % 100 == 0 else f"2020.{order % 12 + 1}.{order % 28 + 1}"
            sheet.write_row(order, 0, [*row, founded, "2022年6月1日", "服务类", order % 50, "是"])
    content.seek(0)
    return content


@contextmanager
def timed(name: str, postgres: int) -> Iterator[None]:
    """Seconds by the clock, and of CPU: of this process and of the database."""
    started, own, theirs = time.perf_counter(), time.process_time(), cpu(postgres)
    yield
    seconds, own, theirs = time.perf_counter() - started, time.process_time() - own, cpu(postgres) - theirs
    print(f"{name}: {seconds:.1f} s = {ROWS / seconds:,.0f} rows/s; CPU {own:.1f} s here, {theirs:.1f} s in the database", flush=True)


def run(postgres: int) -> None:
    from tests.cast import make_cast  # noqa: PLC0415 -- after the settings

    from wushe.imports.actions import apply_import, check_import, open_import, undo_import  # noqa: PLC0415 -- after the settings
    from wushe.imports.tasks import work_at_next  # noqa: PLC0415 -- after the settings
    from wushe.kernel.clock import now  # noqa: PLC0415 -- after the settings

    by = make_cast().reviewer
    content = table()
    print(f"{ROWS} rows, {len(HEADINGS)} columns, {len(content.getvalue()) / 1e6:.1f} MB")
    started = time.perf_counter()
    with timed("store the file and find the headings", postgres):
        imported = open_import(register="organisations", upload=content, name="名册.xlsx", by=by, at=now())
    columns = {int(position): column for position, column in imported.columns.items()}
    check_import(number=imported.number, columns=columns, by=by, at=now())
    with timed("check every row", postgres):
        work_at_next(at=now())
    apply_import(number=imported.number, by=by, at=now())
    with timed("enter the rows", postgres):
        work_at_next(at=now())
    total = time.perf_counter() - started
    imported.refresh_from_db()
    print(f"from the upload to the register: {total:.1f} s = {ROWS / total:,.0f} rows/s; {imported.entered} entered, {imported.bad} faulty")
    with timed("undo", postgres):
        undo_import(number=imported.number, by=by, at=now())
        work_at_next(at=now())


if __name__ == "__main__":
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    data = connect()
    run(int((data / "postmaster.pid").read_text().splitlines()[0]))
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
