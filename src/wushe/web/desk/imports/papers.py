"""What an import hands out as Excel files: an empty table to fill in, and the rows that have to be corrected."""

from collections.abc import Iterator
from typing import Any

from django.http import FileResponse
from django.utils.translation import gettext as _

from wushe.imports.models import Import, Standing
from wushe.imports.queries import read_table, remarks_of, rows_of
from wushe.imports.rules.importable import Importable
from wushe.web.common.import_words import likeness
from wushe.web.common.refusals import sentence
from wushe.web.common.spreadsheets import Sheet, workbook_response


def empty_table_of(register: Importable) -> FileResponse:
    """The headings of a register, with what to write below them."""
    headings = [f"{column.label} *" if column.required else str(column.label) for column in register.columns]
    return workbook_response(
        str(register.title), [Sheet(str(register.title), headings, notes=[str(column.help) for column in register.columns])]
    )


def error_file_of(imported: Import) -> FileResponse:
    """The rows as they were sent, with what is to be said of each in one more column. Corrected, the first sheet can be brought again."""
    headings = [*imported.headings, _("What to look at")]
    sheets = [
        Sheet(_("To correct"), headings, _lines(imported, Standing.BAD)),
        Sheet(_("Looks like something known"), headings, _lines(imported, Standing.TWIN)),
        Sheet(_("To look at"), headings, _lines(imported, Standing.DOUBTED)),
    ]
    return workbook_response(f"{imported.number}-errors", sheets)


def _lines(imported: Import, standing: Standing) -> Iterator[list[Any]]:
    said = {row.line: reasons(row) for row in rows_of(imported, standing).select_related("of").iterator()}
    if not said:
        return
    width = len(imported.headings)
    for line, cells in read_table(imported.file, imported.sheet, imported.heading_line).rows():
        if line in said:
            yield [*cells[:width], *[""] * (width - len(cells)), "\n".join(said[line])]


def reasons(row: Any) -> list[str]:
    """What is to be said of a row, a sentence each."""
    said = [
        _("%(column)s: %(said)s") % {"column": label, "said": sentence(remark.error)} if label else sentence(remark.error)
        for label, remark in remarks_of(row)
    ]
    return [alike(row.twin), *said] if row.twin else said


def alike(twin: dict[str, Any]) -> str:
    """What a row looks like, and why."""
    if twin["line"]:
        return _("looks like row %(line)s: %(why)s") % {"line": twin["line"], "why": likeness(twin["why"])}
    return _("looks like %(name)s (%(number)s): %(why)s") % {"name": twin["name"], "number": twin["number"], "why": likeness(twin["why"])}
