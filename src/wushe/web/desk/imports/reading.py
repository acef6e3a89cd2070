from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wushe.audit.queries import NEWEST_FIRST, entries_of
from wushe.imports.models import Import, Standing
from wushe.imports.permissions import Permission
from wushe.imports.queries import entering, import_by_number, imports_of, rows_of
from wushe.imports.rules.importable import importable, importables
from wushe.imports.rules.remarks import unpacked
from wushe.imports.states import CHECKABLE, ImportState
from wushe.web.common import words
from wushe.web.common.access import permission
from wushe.web.common.import_words import standing
from wushe.web.common.links import page_of
from wushe.web.common.listing import Listing, table_response
from wushe.web.common.refusals import sentence
from wushe.web.desk.imports.papers import empty_table_of, error_file_of, reasons

S = ImportState


@permission(Permission.IMPORT_ROWS)
def imports(request: Any) -> HttpResponse:
    """The tables that I have brought, newest first."""
    titles = {register.key: register.title for register in importables()}
    listing = Listing(request, imports_of(request.user), {"at": ("-id",)})
    if listing.wants_table:
        header = [_("Number"), _("File"), _("Into the register"), _("State"), _("Number of rows"), _("Entered"), _("Brought")]

        def line(row: Import) -> list[Any]:
            return [row.number, row.file.name, titles[row.register], words.state(row.state), row.total, row.entered, row.opened_at]

        return table_response(listing, "imports", header, listing.rows, line)
    return render(request, "desk/imports/list.html", {"listing": listing, "titles": titles})


@permission(Permission.IMPORT_ROWS)
def one_import(request: Any, number: str) -> HttpResponse:
    """One import: where it stands, what comes next, and every row with what is to be said of it."""
    imported = import_by_number(number, user=request.user)
    wanted = request.GET.get("standing", "")
    listing = Listing(request, rows_of(imported, wanted).select_related("of"), {"line": ("line",)})
    kind = importable(imported.register).subject
    context = {
        "imported": imported,
        "title": importable(imported.register).title,
        "stages": _stages(imported),
        "stopped": _stopped(imported),
        "enters": entering(imported).count() if imported.state == S.CHECKED else 0,
        "counts": [(code, standing(code), count) for code, count in _counts(imported).items()],
        "wanted": wanted,
        "listing": listing,
        "rows": [
            {"row": row, "standing": standing(row.standing), "reasons": reasons(row), "address": page_of(kind, row.subject)}
            for row in listing
        ],
        "checkable": imported.state in CHECKABLE,
        "timeline": entries_of("import", number).order_by(*NEWEST_FIRST),
    }
    return render(request, "desk/imports/detail.html", context)


@permission(Permission.IMPORT_ROWS)
def error_file(request: Any, number: str) -> FileResponse:
    """The rows that have to be corrected, as an Excel file."""
    return error_file_of(import_by_number(number, user=request.user))


@permission(Permission.IMPORT_ROWS)
def empty_table(request: Any, register: str) -> FileResponse:
    """An Excel file with the headings of a register."""
    del request
    return empty_table_of(importable(register))


def _counts(imported: Import) -> dict[str, int]:
    return {
        Standing.GOOD.value: imported.good,
        Standing.DOUBTED.value: imported.doubted,
        Standing.TWIN.value: imported.twins,
        Standing.BAD.value: imported.bad,
    }


def _stopped(imported: Import) -> str:
    """Why the work was not done, as a person reads it."""
    if imported.stopped is None:
        return ""
    if not imported.stopped:
        return _(
            "The work ended with an error and nothing was changed. Try again; if it happens again, tell the system administrator the number of the import."
        )
    return sentence(unpacked(imported.stopped).error)


def _stages(imported: Import) -> list[dict[str, Any]]:
    """The four stages, each with when it was done."""
    now = {S.MATCHING: 1, S.CHECKING: 2, S.CHECKED: 3, S.APPLYING: 3, S.APPLIED: 4, S.UNDOING: 4, S.UNDONE: 1}[S(imported.state)]
    names = (_("Bring the table"), _("Match the columns"), _("Check the rows"), _("Enter the rows"))
    moments = (imported.opened_at, None, imported.checked_at, imported.applied_at)
    return [
        {"name": name, "at": at if order < now else None, "css": "done" if order < now else "now" if order == now else ""}
        for order, (name, at) in enumerate(zip(names, moments, strict=True))
    ]
