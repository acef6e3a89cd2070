"""Tables as offices send them."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from tests.cast import credit_code
from wushe.accounts.models import User
from wushe.imports.actions import apply_import, check_import, open_import
from wushe.imports.models import Import

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
HEADINGS = ("序号", "机构名称", "所在社区", "组织类型", "统一社会信用代码", "成立日期", "登记日期")


def workbook(*sheets: Sequence[Sequence[Any]], names: Sequence[str] = ("名册", "说明")) -> bytes:
    """An Excel file with these lines."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"default_date_format": "yyyy/m/d"}) as book:
        for name, lines in zip(names, sheets, strict=False):
            sheet = book.add_worksheet(name)
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)
    return content.getvalue()


def plain_table(lines: Sequence[Sequence[Any]], encoding: str = "utf-8-sig", separator: str = ",") -> bytes:
    """A table of plain text."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(lines)
    return text.getvalue().encode(encoding)


def line(order: int, *, name: str = "", place: str = "东风社区", kind: str = "社会工作服务机构", **other: Any) -> list[Any]:
    """One organisation as a row below HEADINGS."""
    return [
        order,
        name or f"平安{order}号社工服务中心",
        place,
        kind,
        other.get("code", credit_code(order)),
        other.get("founded", "2020.5.1"),
        other.get("registered", "2021年6月1日"),
    ]


def opened(by: User, content: bytes, name: str = "机构名册.xlsx") -> Import:
    """The table, brought by this person."""
    return open_import(register="organisations", upload=io.BytesIO(content), name=name, by=by, at=AT)


def checked(by: User, content: bytes, name: str = "机构名册.xlsx") -> Import:
    """The table with its columns as proposed, and its rows looked at."""
    imported = opened(by, content, name)
    check_import(number=imported.number, columns=proposed(imported), by=by, at=AT)
    imported.refresh_from_db()
    return imported


def applied(by: User, content: bytes) -> Import:
    """The table with its good rows in the register."""
    imported = checked(by, content)
    apply_import(number=imported.number, by=by, at=AT)
    imported.refresh_from_db()
    return imported


def proposed(imported: Import) -> dict[int, str]:
    """What the columns seem to be."""
    return {int(position): column for position, column in imported.columns.items()}
