"""Reads the table out of a stored file: Excel, or plain text in the encodings and with the separators that offices use."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from wushe.files.models import File, MediaType
from wushe.files.queries import open_file
from wushe.imports.errors import NoHeading, NotATable, TooManyRows, UnpacksTooLarge
from wushe.imports.rules.cells import plain
from wushe.imports.rules.headings import HEADING_WITHIN, heading_line

MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_UNPACKED = 512 * 1024 * 1024
CHUNK = 1024 * 1024
ENCODINGS = ("utf-8-sig", "gb18030")
SEPARATORS = ",\t;，"
LONGEST_HEADING = 200
LONGEST_SHEET = 80

Cells = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet from its headings on. `line` counts as the program shows it: the first line is 1."""

    sheet: str
    heading_line: int
    headings: tuple[str, ...]
    lines: tuple[Cells, ...]

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """Line and cells of every row that says anything."""
        for line, cells in enumerate(self.lines, start=self.heading_line + 1):
            if any(plain(cell) for cell in cells):
                yield line, cells


def find_table(file: File, columns: Mapping[str, Sequence[str]]) -> Table:
    """The first sheet with headings that fit the columns of a register; else the first that looks like a table.

    Raises NotATable, NoHeading, UnpacksTooLarge, TooManyRows.
    """
    second_best: Table | None = None
    for sheet, lines in _sheets(file):
        head = [[plain(cell) for cell in cells] for cells in lines[:HEADING_WITHIN]]
        found = heading_line(head, columns)
        at = found if found is not None else next((n for n, row in enumerate(head) if sum(map(bool, row)) > 1), None)
        if at is None:
            continue
        table = _table(sheet, at + 1, lines)
        if next(table.rows(), None) is None:
            continue
        if found is not None:
            return table
        second_best = second_best or table
    if second_best is None:
        raise NoHeading(name=file.name)
    return second_best


def read_table(file: File, sheet: str, heading_line: int) -> Table:
    """The table that was found before. Raises what `find_table` raises."""
    for name, lines in _sheets(file):
        if name[:LONGEST_SHEET] == sheet:
            return _table(name, heading_line, lines)
    raise NoHeading(name=file.name)


def _table(sheet: str, line: int, lines: Sequence[Cells]) -> Table:
    headings = [plain(cell)[:LONGEST_HEADING] for cell in lines[line - 1][:MOST_COLUMNS]]
    while headings and not headings[-1]:
        headings.pop()
    return Table(sheet[:LONGEST_SHEET], line, tuple(headings), tuple(lines[line:]))


def _sheets(file: File) -> Iterator[tuple[str, Sequence[Cells]]]:
    with open_file(file) as content:
        if file.media_type == MediaType.XLSX:
            _refuse_a_bomb(content, file.name)
            yield from _sheets_of_excel(content, file.name)
        elif file.media_type in {MediaType.CSV, MediaType.TEXT}:
            yield "", _lines_of_text(content, file.name)
        else:
            raise NotATable(name=file.name)


def _refuse_a_bomb(content: IO[bytes], name: str) -> None:
    """Unpack everything once and count: what the directory of the archive says may be a lie, and a lie fails the checksum."""
    size = 0
    try:
        with zipfile.ZipFile(content) as archive:
            for part in archive.infolist():
                with archive.open(part) as unpacked:
                    while chunk := unpacked.read(CHUNK):
                        size += len(chunk)
                        if size > MOST_UNPACKED:
                            raise UnpacksTooLarge(name=name, limit=MOST_UNPACKED)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise NotATable(name=name) from error
    content.seek(0)


def _sheets_of_excel(content: IO[bytes], name: str) -> Iterator[tuple[str, Sequence[Cells]]]:
    try:
        with CalamineWorkbook.from_filelike(content) as book:
            shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
            for title in shown:
                sheet = book.get_sheet_by_name(title)
                if sheet.total_height > MOST_ROWS + HEADING_WITHIN:
                    raise TooManyRows(name=name, limit=MOST_ROWS)
                yield title, sheet.to_python(skip_empty_area=False)
    except CalamineError as error:
        raise NotATable(name=name) from error


def _lines_of_text(content: IO[bytes], name: str) -> Sequence[Cells]:
    raw = content.read()
    for encoding in ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise NotATable(name=name)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=False))
    except csv.Error as error:
        raise NotATable(name=name) from error
    if len(lines) > MOST_ROWS + HEADING_WITHIN:
        raise TooManyRows(name=name, limit=MOST_ROWS)
    return lines


def _separator(text: str) -> str:
    """The sign that stands most often in the fullest of the first lines."""
    lines = text.splitlines()[:HEADING_WITHIN]
    return max(SEPARATORS, key=lambda sign: max((line.count(sign) for line in lines), default=0))
