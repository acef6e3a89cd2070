from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wushe.accounts.queries import scope_of
from wushe.web.common.access import permission
from wushe.web.common.listing import lines_response, wants_table
from wushe.web.desk.workers.reading import keeps, place_of
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import Allowance, allowances_of, monthly_amounts, shown


@permission(Permission.PLACE_WORKER)
def allowances(request: Any) -> HttpResponse:
    """What certificates earn in a month, line by line, for who keeps the register."""
    scope = scope_of(request.user, Permission.PLACE_WORKER, request.on)
    first = _month(request)
    here = place_of(scope.regions[0], request.on)
    lines = allowances_of(scope, first)
    if wants_table(request):
        return _export(request, lines, here.words, first)
    context = {
        "lines": [(each, _name(request, each)) for each in lines],
        "total": sum(each.amount for each in lines),
        "rules": [(here.words["certificate_levels"].get(level, level), amount) for level, amount in monthly_amounts(here.policy).items()],
        "words": here.words,
        "first": first,
        "before": first - timedelta(days=1),
        "after": (first + timedelta(days=32)).replace(day=1),
    }
    return render(request, "desk/workers/allowances.html", context)


def _month(request: Any) -> date:
    """The first day of the month of the address, or of this one; what is mistyped counts as this one."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return date(request.on.year, request.on.month, 1)


def _name(request: Any, line: Allowance) -> str:
    return shown(line.posting.worker, keeps=keeps(request, line.posting.worker)).name


def _export(request: Any, lines: list[Allowance], words: Any, first: date) -> HttpResponse:
    header = [
        *(_("Number"), _("Name of the person"), _("Workplace"), _("Level of the certificate")),
        *(_("Days of the month"), _("Days counted"), _("A whole month"), _("Amount")),
    ]

    def line(row: Allowance) -> list[Any]:
        posting, level = row.posting, words["certificate_levels"].get(row.level, row.level)
        place = str(posting.body or posting.region.name)
        return [posting.worker.number, _name(request, row), place, level, row.days_of_month, row.days, row.monthly, row.amount]

    return lines_response(request, f"allowances-{first:%Y-%m}", header, [line(row) for row in lines])
