from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from wushe.web.common.access import signed_in
from wushe.web.common.targets.board import board_context, target_context


@signed_in
def board(request: Any) -> HttpResponse:
    """Every target of the place: met, short, no data, on any day."""
    return render(request, "desk/targets/board.html", board_context(request))


@signed_in
def target(request: Any, target: str) -> HttpResponse:
    """One target with every place and the rows behind its number."""
    return render(request, "desk/targets/target.html", target_context(request, target))
