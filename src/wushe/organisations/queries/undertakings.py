from dataclasses import dataclass

from django.db.models import Q, QuerySet

from wushe.accounts.queries import Scope
from wushe.kernel.errors import NotFound
from wushe.organisations.models import Undertaking
from wushe.policies.queries import Code, Policy


@dataclass(frozen=True, slots=True)
class UndertakingFilter:
    """What the list is narrowed to; empty means everything. `year`: what went on in it."""

    text: str = ""
    kind: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class UndertakingCount:
    """How much was taken on, by how many organisations, and how many of them help one another."""

    undertakings: int
    organisations: int
    self_help: int


def undertakings_in(scope: Scope, chosen: UndertakingFilter) -> QuerySet[Undertaking]:
    """What the organisations of a scope took on, as far as it passes the filter; without what was withdrawn."""
    rows = Undertaking.objects.filter(scope.where("organisation__region"), withdrawn_on__isnull=True)
    rows = rows.select_related("organisation__region__town")
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.year is not None:
        rows = rows.filter(Q(until__isnull=True) | Q(until__year__gte=chosen.year), since__year__lte=chosen.year)
    text = chosen.text.strip()
    return rows.filter(Q(organisation__name__icontains=text) | Q(name__icontains=text)) if text else rows


def count_of(rows: QuerySet[Undertaking], kinds: tuple[Code, ...]) -> UndertakingCount:
    """The rows counted apart from any contract; self-help are the kinds that the policy marks so."""
    helping = rows.filter(kind__in=[kind.code for kind in kinds if kind.extra.get("self_help")])
    organisations, helpers = (each.order_by().values("organisation").distinct().count() for each in (rows, helping))
    return UndertakingCount(rows.count(), organisations, helpers)


def undertaking_kinds(policy: Policy) -> tuple[Code, ...]:
    """The kinds of undertakings that the policy knows."""
    return policy.codes("undertaking_kinds") if "undertaking_kinds" in policy.code_lists() else ()


def undertaking_by_number(number: str, scope: Scope) -> Undertaking:
    """One undertaking of the scope. Raises NotFound."""
    rows = Undertaking.objects.select_related("organisation__region")
    found = rows.filter(scope.where("organisation__region"), number=number).first()
    if found is None:
        raise NotFound(kind="undertaking", number=number)
    return found
