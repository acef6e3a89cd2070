"""Excel files, written row by row: memory does not grow with the rows."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from wushe.kernel.clock import POLICY_ZONE

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
NARROWEST, WIDEST, PER_SIGN = 10, 40, 2.4
SHOWN: dict[type, str] = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm"}
LONGEST_CELL = 32_767


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, its headings, its rows; notes are shown at the headings."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]] = ()
    notes: Sequence[str] = ()


def workbook_response(name: str, sheets: Sequence[Sheet]) -> FileResponse:
    """The sheets as a file to keep."""
    content = tempfile.TemporaryFile()  # noqa: SIM115 -- the response closes it
    write_workbook(content, sheets)
    content.seek(0)
    return FileResponse(content, as_attachment=True, filename=f"{name}.xlsx", content_type=MEDIA_TYPE)


def write_workbook(content: IO[bytes], sheets: Sequence[Sheet]) -> None:
    """Write the sheets with their headings held in sight."""
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        formats = {kind: book.add_format({"num_format": shown}) for kind, shown in SHOWN.items()}
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            for column, heading in enumerate(sheet.headings):
                page.set_column(column, column, min(max(len(heading) * PER_SIGN, NARROWEST), WIDEST))
            for column, note in enumerate(sheet.notes):
                if note:
                    page.write_comment(0, column, note)
            page.write_row(0, 0, sheet.headings, head)
            for number, row in enumerate(sheet.rows, start=1):
                for column, value in enumerate(row):
                    _write(page, (number, column), value, formats)


def _write(page: Worksheet, at: tuple[int, int], value: Any, formats: dict[type, Format]) -> None:
    if isinstance(value, datetime):
        local = value.astimezone(POLICY_ZONE).replace(tzinfo=None) if value.tzinfo else value
        page.write_datetime(*at, local, formats[datetime])
    elif isinstance(value, date):
        page.write_datetime(*at, value, formats[date])
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        page.write_number(*at, float(value))
    elif value is not None and value != "":
        page.write_string(*at, str(value)[:LONGEST_CELL])
