from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Func, Q, QuerySet, Value
from django.db.models.functions import Upper

from wushe.accounts.queries import Scope, scope_of
from wushe.kernel.clock import local_date
from wushe.kernel.errors import NotFound
from wushe.needs.models import Need
from wushe.needs.permissions import Permission
from wushe.needs.states import NeedState
from wushe.regions.models import Region

TRIGRAM = 3
CLOSED = (NeedState.CLOSED, NeedState.DECLINED)


@dataclass(frozen=True, slots=True)
class NeedFilter:
    """What a list of needs is narrowed to; empty means everything."""

    text: str = ""
    region: Region | None = None
    state: str = ""
    field: str = ""
    group: str = ""
    urgency: str = ""
    source: str = ""
    overdue: bool = False


def needs_in(scope: Scope, chosen: NeedFilter, at: datetime) -> QuerySet[Need]:
    """The needs that lie in the scope and pass the filter."""
    needs = Need.objects.filter(scope.where("region")).select_related("region", "region__town")
    exact = {name: getattr(chosen, name) for name in ("state", "field", "group", "urgency", "source") if getattr(chosen, name)}
    needs = needs.filter(**exact)
    if chosen.region is not None:
        needs = needs.filter(region__in=Region.objects.under(chosen.region))
    if chosen.overdue:
        needs = needs.filter(due_at__lt=at, state=NeedState.REPORTED)
    return search(needs, chosen.text)


def search(needs: QuerySet[Need], text: str) -> QuerySet[Need]:
    """The needs whose number starts with the text or whose wish contains it; two characters go through their own index."""
    text = text.strip()
    if not text:
        return needs
    if text.startswith("need-"):
        return needs.filter(number__startswith=text)
    if len(text) >= TRIGRAM:
        return needs.annotate(wish_upper=Upper("wish")).filter(wish_upper__contains=text.upper())
    pairs = Func(Value(text), function="regions_bigrams")
    return (
        needs.annotate(pairs=Func(F("wish"), function="regions_bigrams")).filter(pairs__contains=pairs)
        if len(text) > 1
        else needs.filter(wish__contains=text)
    )


def board(scope: Scope) -> list[dict[str, Any]]:
    """How many needs wait, by community and service field: {region, name, field, waiting, overdue-free total}. One query."""
    rows = (
        Need.objects.filter(scope.where("region"))
        .exclude(state__in=CLOSED)
        .values("region", "region__name", "region__town__name", "field")
        .annotate(waiting=Count("pk", filter=Q(state=NeedState.REPORTED)), living=Count("pk"))
        .order_by("region__town__code", "region__code", "field")
    )
    return [dict(row) for row in rows]


def need_by_number(number: str, *, user: Any, at: datetime) -> Need:
    """One need that this person may see. Raises NotFound."""
    scope = scope_of(user, Permission.VIEW_NEED, local_date(at))
    needs = Need.objects.select_related("region", "region__town", "recorded_by", "duplicate_of")
    need = needs.filter(scope.where("region"), number=number).first()
    if need is None:
        raise NotFound(kind="need", number=number)
    return need


def locked(need_id: int) -> Need:
    """The need, locked for the transaction. Raises NotFound."""
    need = Need.objects.select_for_update(of=("self",), no_key=True).select_related("region", "region__town").filter(pk=need_id).first()
    if need is None:
        raise NotFound(kind="need", number=str(need_id))
    return need
