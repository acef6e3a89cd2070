"""Writes one balanced entry. The only code that does; the database holds the rules a second time."""

from dataclasses import dataclass
from decimal import Decimal

from wushe.accounts.models import Body, User
from wushe.audit.actions import record
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import NotFound
from wushe.kernel.money import ZERO, yuan
from wushe.ledger.errors import AdvanceExhausted, AmountNotPositive, BudgetExhausted, SourceExhausted
from wushe.ledger.models import Account, AccountKind, Entry, FundingSource, Line


@dataclass(frozen=True, slots=True)
class Place:
    """Where money of a source stands."""

    kind: AccountKind
    project: str = ""
    agency: Body | None = None


def source_by_number(number: str) -> FundingSource:
    """The source line. Raises NotFound."""
    source = FundingSource.objects.select_related("region").filter(number=number).first()
    if source is None:
        raise NotFound(kind="source", number=number)
    return source


def post(entry: Entry, *, out_of: Place, into: Place, by: User | None = None) -> Entry:
    """Move `entry.amount` of its source from one place to another.

    `by` is who books it, where this is not its maker. The number is drawn before the accounts are locked: bookings of one county wait for each other there and never in a circle.
    Refuses: AmountNotPositive, SourceExhausted, BudgetExhausted, AdvanceExhausted.
    Effects: the Entry with two Lines; the accounts' balances, by the database; an audit entry.
    """
    entry.amount = yuan(entry.amount)
    if entry.amount <= ZERO:
        raise AmountNotPositive(amount=entry.amount)
    entry.number = numbers.draw("entry", place=entry.source.region.county_code, on=local_date(entry.at))
    giving, taking = _locked(entry.source, out_of, into)
    if giving.kind != AccountKind.EXTERNAL and giving.balance < entry.amount:
        raise _exhausted(entry, out_of, giving.balance)
    entry.save(force_insert=True)
    lines = [Line(entry=entry, account=giving, credit=entry.amount), Line(entry=entry, account=taking, debit=entry.amount)]
    Line.objects.bulk_create(sorted(lines, key=lambda line: line.account_id))
    record(
        by=by or entry.maker,
        at=entry.at,
        verb=f"ledger.{entry.kind}",
        subject=("entry", entry.number),
        name=entry.memo,
        data={"source": entry.source.number, "project": entry.project, "amount": str(entry.amount), "subject": entry.subject},
    )
    return entry


def _locked(source: FundingSource, *places: Place) -> list[Account]:
    wanted = [Account(source=source, kind=place.kind, project=place.project, agency=place.agency) for place in places]
    Account.objects.bulk_create(wanted, ignore_conflicts=True)
    projects, kinds = {place.project for place in places}, {place.kind for place in places}
    rows = Account.objects.select_for_update(of=("self",), no_key=True).filter(source=source, project__in=projects, kind__in=kinds)
    found = {(row.kind, row.project, row.agency_id): row for row in rows.order_by("pk")}
    return [found[place.kind, place.project, place.agency.pk if place.agency else None] for place in places]


def _exhausted(entry: Entry, place: Place, available: Decimal) -> SourceExhausted | BudgetExhausted | AdvanceExhausted:
    source, wanted = entry.source.number, entry.amount
    if place.kind == AccountKind.SOURCE:
        return SourceExhausted(source=source, available=available, wanted=wanted)
    if place.kind == AccountKind.PROJECT:
        return BudgetExhausted(source=source, project=place.project, available=available, wanted=wanted)
    agency = place.agency.name if place.agency else ""
    return AdvanceExhausted(source=source, project=place.project, agency=agency, available=available, wanted=wanted)
