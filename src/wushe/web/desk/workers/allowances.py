from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wushe.accounts.queries import scope_of
from wushe.kernel.errors import PolicySource
from wushe.policies.queries import policy_where
from wushe.web.common.access import permission
from wushe.web.common.asked import day_of
from wushe.web.common.links import page_of_article
from wushe.web.common.listing import rows_response, wants_table
from wushe.web.common.place_filter import place_filter
from wushe.web.common.words import document
from wushe.web.desk.workers.reading import keeps, place_of
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import Allowance, AllowanceRule, allowance_rules, allowances_of, shown

Words = Mapping[str, Mapping[str, str]]


@permission(Permission.PLACE_WORKER)
def allowances(request: Any) -> HttpResponse:
    """What certificates earn in a month, line by line, for who keeps the register."""
    scope = scope_of(request.user, Permission.PLACE_WORKER, request.on)
    first, here = _month(request), place_of(scope.common_place, request.on)
    chosen, places = place_filter(request, scope)
    lines = allowances_of(chosen, first, request.on)
    if wants_table(request):
        return _export(request, lines, here.words, first)
    # what the places share, also in a month in which nobody earned it, and what places below them give
    rules = dict.fromkeys((*allowance_rules(policy_where(scope.regions, first)).values(), *(line.rule for line in lines)))
    context = {
        "lines": [(each, _name(request, each)) for each in lines],
        "total": sum(each.amount for each in lines),
        "rules": [_rule(each, here.words) for each in rules],
        "words": here.words,
        "first": first,
        "place": places.chosen,
        "before": first - timedelta(days=1),
        "after": (first + timedelta(days=32)).replace(day=1),
        "is_running": (first.year, first.month) == (request.on.year, request.on.month),
        "choices": [places],
    }
    return render(request, "desk/workers/allowances.html", context)


def _month(request: Any) -> date:
    """The first day of the month of the address, or of this one; what is mistyped or still to come counts as this one."""
    this = date(request.on.year, request.on.month, 1)
    return min(day_of(f"{request.GET.get('month', '')}-01") or this, this)


def _name(request: Any, line: Allowance) -> str:
    return shown(line.posting.worker, keeps=keeps(request, line.posting.worker)).name


def _rule(rule: AllowanceRule, words: Words) -> dict[str, Any]:
    return {
        "level": words["certificate_levels"].get(rule.level, rule.level),
        "monthly": rule.monthly,
        "positions": [words["positions"].get(position, position) for position in rule.positions],
        "source": rule.origin.source,
        "note": rule.origin.note,
        "page": page_of_article(rule.origin.source),
    }


def _cited(source: PolicySource) -> str:
    return f"{document(source)} {source.article}".strip()


def _export(request: Any, lines: list[Allowance], words: Words, first: date) -> HttpResponse:
    header = [
        *(_("Number"), _("Name of the person"), _("Place"), _("Workplace"), _("Sort of post"), _("Level of the certificate")),
        *(_("Days of the month"), _("Days counted"), _("A whole month"), _("Amount"), _("Basis")),
    ]

    def line(row: Allowance) -> list[Any]:
        posting, level = row.posting, words["certificate_levels"].get(row.rule.level, row.rule.level)
        who = [posting.worker.number, _name(request, row), posting.region.name, str(posting.body or posting.region.name)]
        what = [words["positions"].get(posting.position, posting.position), level, row.days_of_month, row.days]
        return [*who, *what, row.rule.monthly, row.amount, _cited(row.rule.origin.source)]

    return rows_response(request, f"allowances-{first:%Y-%m}", header, lines, line)
