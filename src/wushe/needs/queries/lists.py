from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Right
from django.db.models.lookups import Exact

from wushe.accounts.queries import Scope, scope_of
from wushe.kernel.clock import local_date
from wushe.kernel.encryption import blind_index
from wushe.kernel.errors import NotFound
from wushe.kernel.identifiers import clean_phone, is_phone
from wushe.kernel.words import contains
from wushe.needs.models import Need
from wushe.needs.models.need import PERSON, PHONE, SERIAL_DIGITS
from wushe.needs.permissions import Permission
from wushe.needs.states import LIVING, NeedState
from wushe.regions.models import Region

PREFIX = "need-"
NAME_SHOWN = 60
SHOWN = (
    "number",
    "wish",
    "group",
    "field",
    "urgency",
    "source",
    "state",
    "reopened_count",
    "created_at",
    "due_at",
    "region__name",
    "region__town__name",
)


@dataclass(frozen=True, slots=True)
class NeedFilter:
    """What a list of needs is narrowed to; empty means everything. `older_than` is in days."""

    text: str = ""
    region: Region | None = None
    state: str = ""
    field: str = ""
    group: str = ""
    urgency: str = ""
    source: str = ""
    living: bool = False
    overdue: bool = False
    older_than: int = 0


def needs_in(scope: Scope, chosen: NeedFilter, at: datetime) -> QuerySet[Need]:
    """The needs that lie in the scope and pass the filter."""
    exact = {name: getattr(chosen, name) for name in ("state", "field", "group", "urgency", "source") if getattr(chosen, name)}
    conditions = [scope.within(), Q(**exact)]
    if chosen.region is not None:
        conditions.append(Scope(regions=(chosen.region,)).within())
    if chosen.living:
        conditions.append(Q(state__in=LIVING))
    if chosen.overdue:
        conditions.append(Q(due_at__lt=at, state=NeedState.REPORTED))
    if chosen.older_than:
        conditions.append(Q(created_at__lt=at - timedelta(days=chosen.older_than)))
    return Need.objects.filter(*conditions, mentioned(chosen.text))


def in_a_list(needs: QuerySet[Need]) -> QuerySet[Need]:
    """With what a list shows of them and no more; ciphertext stays in the database."""
    return needs.select_related("region", "region__town").only(*SHOWN)


def mentioned(text: str) -> Q:
    """Needs whose number, or its last digits, or whose wish contains the text. A whole phone or a whole name is found by its keyed hash alone."""
    text = text.strip()
    if not text:
        return Q()
    if text.startswith(PREFIX):
        return Q(number__startswith=text)
    digits = clean_phone(text)
    if len(digits) == len("".join(text.split())) and digits:
        return _with_digits(digits)
    return contains("wish", text, Q(person_index=blind_index("".join(text.split()), context=PERSON)))


def _with_digits(digits: str) -> Q:
    if is_phone(digits):
        return Q(phone_index=blind_index(digits, context=PHONE))
    return contains("wish", digits, Q(Exact(Right("number", SERIAL_DIGITS), digits.zfill(SERIAL_DIGITS))))


def need_by_number(number: str, *, user: Any, at: datetime) -> Need:
    """One need that this person may see. Raises NotFound."""
    scope = scope_of(user, Permission.VIEW_NEED, local_date(at))
    needs = Need.objects.select_related("region", "region__town", "recorded_by", "duplicate_of")
    need = needs.filter(scope.where("region"), number=number).first()
    if need is None:
        raise NotFound(kind="need", number=number)
    return need


def subject_of(need: Need) -> tuple[str, str, str]:
    """(kind, number, name) for the inbox."""
    return ("need", need.number, need.wish[:NAME_SHOWN])


def locked_needs(need_ids: Iterable[int]) -> list[Need]:
    """The needs, locked for the transaction, always in one order so that two callers never wait for each other."""
    needs = Need.objects.select_for_update(of=("self",), no_key=True).select_related("region", "region__town", "recorded_by")
    return list(needs.filter(pk__in=list(need_ids)).order_by("pk"))


def locked(need_id: int) -> Need:
    """The need, locked for the transaction. Raises NotFound."""
    needs = Need.objects.select_for_update(of=("self",), no_key=True).select_related("region", "region__town", "recorded_by")
    need = needs.filter(pk=need_id).first()
    if need is None:
        raise NotFound(kind="need", number=str(need_id))
    return need
