"""Money that hubs keep for others: the accounts, and the statement of one for any days."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When

from wushe.accounts.queries import Scope, scope_of
from wushe.kernel.clock import local_date
from wushe.kernel.errors import NotFound
from wushe.kernel.money import ZERO
from wushe.organisations.models import CustodyAccount, CustodyEntry, CustodyKind
from wushe.organisations.permissions import Permission

CHANGE = Case(When(kind=CustodyKind.DEPOSIT, then=F("amount")), default=-F("amount"))


@dataclass(frozen=True, slots=True)
class CustodyRow:
    """A booked entry with what it changes and the balance after it."""

    entry: CustodyEntry
    change: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class CustodyStatement:
    """An account from a day until a day, both counted. `fees` are those of the days."""

    opening: Decimal
    rows: tuple[CustodyRow, ...]
    closing: Decimal
    fees: Decimal


def custody_in(scope: Scope, text: str = "") -> QuerySet[CustodyAccount]:
    """The accounts of a scope of places and hubs, with how many entries are `waiting`."""
    rows = CustodyAccount.objects.filter(scope.where("hub__region", "hub__body")).select_related("hub__region", "client__region")
    rows = rows.annotate(waiting=Count("entries", filter=Q(entries__judged_by__isnull=True)))
    text = text.strip()
    return rows.filter(Q(hub__name__icontains=text) | Q(client__name__icontains=text)) if text else rows


def custody_by_number(number: str, *, user: Any, at: datetime) -> CustodyAccount:
    """An account that this person may see. Raises NotFound."""
    scope = scope_of(user, Permission.VIEW_CUSTODY, local_date(at))
    found = custody_in(scope).select_related("hub__region", "hub__body", "client__region").filter(number=number).first()
    if found is None:
        raise NotFound(kind="custody", number=number)
    return found


def custody_statement(account: CustodyAccount, since: date, until: date) -> CustodyStatement:
    """What was booked in the days, after what had been booked before them."""
    booked = account.entries.filter(is_booked=True)
    opening = booked.filter(occurred_on__lt=since).aggregate(sum=Sum(CHANGE))["sum"] or ZERO
    balance, fees, rows = opening, ZERO, []
    entries = booked.filter(occurred_on__gte=since, occurred_on__lte=until).select_related("recorded_by", "judged_by")
    for entry in entries.order_by("occurred_on", "id"):
        change = entry.amount if entry.kind == CustodyKind.DEPOSIT else -entry.amount
        balance += change
        fees += entry.amount if entry.kind == CustodyKind.FEE else ZERO
        rows.append(CustodyRow(entry, change, balance))
    return CustodyStatement(opening, tuple(rows), balance, fees)
