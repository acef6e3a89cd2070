"""How the needs of residents end, for everyone: the numbers of a county's towns, never a single need."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.needs.queries import Outcome, outcomes, verdict_share_of
from wushe.regions.models import Level
from wushe.web.common.access import public
from wushe.web.common.listing import TABLES, wants_table
from wushe.web.portal.places import Question, ask_place, only_place, place_of

WHERE = Question(
    page="portal:needs:results",
    level=Level.COUNTY,
    title=gettext_lazy("How needs end"),
    heading=gettext_lazy("How needs end"),
    hint=gettext_lazy("The numbers of a county's towns, never a single need. Which county?"),
    label=gettext_lazy("County"),
)
HEADS = {
    "reported": gettext_lazy("Told"),
    "waiting": gettext_lazy("Waiting for the town"),
    "adopted": gettext_lazy("Went into projects"),
    "answered": gettext_lazy("Answered without a project"),
    "judged": gettext_lazy("Closed with the resident's verdict"),
    "unheard": gettext_lazy("Closed without a verdict"),
    "reopened": gettext_lazy("Opened again"),
    "contested": gettext_lazy("Of these after an objection to the answer"),
}


@public
def results(request: Any) -> HttpResponseBase:
    """Town by town, what became of the needs; the share that ended with the resident's word; also as a file."""
    county = place_of(request, WHERE) or only_place(request, WHERE)
    if county is None:
        return ask_place(request, WHERE)
    rows = outcomes(county)
    if wants_table(request):
        header = [_("Town"), _("Division code"), *map(str, HEADS.values())]
        return TABLES[request.GET["format"]]("needs", header, rows, lambda row: [row.place.name, row.place.code, *_numbers(row)])
    context = {
        "county": county,
        "heads": HEADS.values(),
        "rows": [(row, list(zip(HEADS.values(), _numbers(row), strict=True))) for row in rows],
        "totals": [(head, sum(getattr(row, name) for row in rows)) for name, head in HEADS.items()],
        "share": verdict_share_of(rows),
    }
    return render(request, "portal/needs/results.html", context)


def _numbers(row: Outcome) -> list[int]:
    return [getattr(row, name) for name in HEADS]
