"""How the needs of residents end, for everyone: the numbers of towns, never a single need."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.needs.models import Need
from wushe.needs.queries import Outcome, outcomes, verdict_share_of
from wushe.web.common.access import public
from wushe.web.common.listing import csv_response

HEADS = {
    "reported": gettext_lazy("Told"),
    "waiting": gettext_lazy("Waiting for the town"),
    "adopted": gettext_lazy("Went into projects"),
    "answered": gettext_lazy("Answered without a project"),
    "judged": gettext_lazy("Closed with the resident's verdict"),
    "unheard": gettext_lazy("Closed without a verdict"),
    "reopened": gettext_lazy("Opened again"),
}


@public
def results(request: Any) -> HttpResponseBase:
    """Town by town, what became of the needs; the share that was closed with the resident's word; also as CSV."""
    rows = outcomes(Need.objects.all(), by="region__town")
    if request.GET.get("format") == "csv":
        header = [_("Town"), _("Division code"), *map(str, HEADS.values())]
        return csv_response("needs", header, rows, lambda row: [row.place.name, row.place.code, *_numbers(row)])
    context = {
        "heads": HEADS.values(),
        "rows": [(row, list(zip(HEADS.values(), _numbers(row), strict=True))) for row in rows],
        "totals": [(head, sum(getattr(row, name) for row in rows)) for name, head in HEADS.items()],
        "share": verdict_share_of(rows),
    }
    return render(request, "portal/needs/results.html", context)


def _numbers(row: Outcome) -> list[int]:
    return [getattr(row, name) for name in HEADS]
