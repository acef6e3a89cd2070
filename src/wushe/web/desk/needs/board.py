"""The board of needs: a grid of places and service fields."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wushe.accounts.queries import scope_of
from wushe.needs.permissions import Permission
from wushe.needs.queries import BoardRow, conversion_of, needs_board
from wushe.web.common.access import permission
from wushe.web.common.charts import Chart
from wushe.web.desk.needs.reading import words_for

SHADES = 5
CELL = '<td class="num"><a class="board-cell heat-{}" href="{}&amp;field={}&amp;state=living">{}</a></td>'
NOTHING = '<td class="num"><span class="board-cell text-muted">0</span></td>'


@permission(Permission.VIEW_NEED)
def board(request: Any) -> HttpResponse:
    """A grid of places and service fields: where which needs wait, darker where there are more."""
    scope = scope_of(request.user, Permission.VIEW_NEED, request.on)
    found, named = needs_board(scope, request.at), words_for(request, scope)["field"]
    rows = [row for row in found if row.cells]
    fields = [code for code in named if any(code in row.cells for row in rows)]
    columns = [[row.cells[code] for row in rows if code in row.cells] for code in fields]
    heads = [named[code] for code in fields]
    totals = [sum(cell.living for cell in column) for column in columns]
    context = {
        "rows": list(_drawn(rows, fields)),
        "heads": heads,
        "totals": totals,
        "living": sum(row.living for row in rows),
        "overdue": sum(row.overdue for row in rows),
        "conversion": conversion_of(found),
        "chart": _fields_drawn(heads, totals, [sum(cell.overdue for cell in column) for column in columns]),
    }
    return render(request, "desk/needs/board.html", context)


def _drawn(rows: Sequence[BoardRow], fields: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The rows with the address of their needs and their cells, drawn without a template: a county has a thousand of them."""
    most = max((cell.living for row in rows for cell in row.cells.values()), default=1)
    needs = reverse("desk:needs:list")
    for row in rows:
        address = format_html("{}?place={}", needs, row.place.code)
        yield {"row": row, "address": address, "cells": _cells(row, fields, address, most)}


def _cells(row: BoardRow, fields: Sequence[str], address: SafeString, most: int) -> SafeString:
    shown = [row.cells.get(code) for code in fields]
    drawn = [(1 + (cell.living - 1) * SHADES // most, address, cell.field, cell.living) for cell in shown if cell]
    return format_html("".join(CELL if cell else NOTHING for cell in shown), *(value for cell in drawn for value in cell))


def _fields_drawn(labels: Sequence[str], living: Sequence[int], late: Sequence[int]) -> Chart:
    """How many needs of every field are in time, and how many are past their clock."""
    series = {_("In time"): [all_ - overdue for all_, overdue in zip(living, late, strict=True)], _("Overdue"): late}
    return Chart(
        "fields", _("Open needs by service field"), _("Service field"), labels, series, kind="stacked", across=True, hues=("link", "bad")
    )
