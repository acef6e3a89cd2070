from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from wushe.web.common.access import public
from wushe.web.common.targets.board import board_context, target_context


@public
def board(request: Any) -> HttpResponse:
    """Every target of the place: met, short, no data, on any day."""
    return render(request, "portal/targets/board.html", board_context(request))


@public
def target(request: Any, target: str) -> HttpResponse:
    """One target with every place and the rows behind its number."""
    return render(request, "portal/targets/target.html", target_context(request, target))
