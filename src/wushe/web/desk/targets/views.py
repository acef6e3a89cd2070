from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wushe.indicators.queries import Result, Standing, Status
from wushe.web.common.access import signed_in
from wushe.web.common.listing import rows_response, wants_table
from wushe.web.common.targets.board import board_context, target_context
from wushe.web.common.templatetags.wushe import label, measured, operator


@signed_in
def board(request: Any) -> HttpResponse:
    """Every target of the place: met, short, no data, on any day."""
    context = board_context(request)
    if wants_table(request):
        header = [_("Target"), _("Cited from"), _("Asked"), _("By"), _("met"), _("short"), _("no data")]
        return rows_response(request, "targets", header, context["standings"], _target_line)
    return render(request, "desk/targets/board.html", context)


@signed_in
def target(request: Any, target: str) -> HttpResponse:
    """One target with every place and the rows behind its number."""
    context = target_context(request, target)
    if wants_table(request):
        header = [
            _("Place"),
            _("Division code"),
            _("Actual"),
            _("Denominator"),
            _("Standing"),
            _("Missing"),
            _("Rows"),
            _("With evidence"),
            _("Without evidence"),
        ]
        return rows_response(request, f"target-{target}", header, context["results"], _place_line)
    return render(request, "desk/targets/target.html", {**context, "opens_rows": True})


def _target_line(standing: Standing) -> list[Any]:
    target = standing.target
    asked = f"{operator(target.operator)} {measured(target.value, target.unit)}"
    return [label(target), target.source.article, asked, target.due_on, standing.met, standing.short, standing.no_data]


def _place_line(result: Result) -> list[Any]:
    words = {Status.MET: _("met"), Status.SHORT: _("short"), Status.NO_DATA: _("no data")}
    figure = result.figure
    numbers = [figure.numerator, figure.denominator] if figure else [None, None]
    gap = -result.over if result.over else result.gap
    proven = (figure.proven if figure else None) or (None, None)
    rows = len(figure.rows) if figure else 0
    return [str(result.place), result.place.code, *numbers, words[result.status], gap, rows, *proven]
