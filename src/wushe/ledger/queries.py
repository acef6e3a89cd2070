from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from wushe.accounts.queries import Scope
from wushe.kernel.errors import NotFound
from wushe.kernel.money import ZERO
from wushe.ledger.models import Account, AccountKind, Entry, EntryKind, FundingSource, Line

PAID_KINDS = [AccountKind.AGENCY, AccountKind.EXPENSE]
COMMITTED_KINDS = [AccountKind.PROJECT, *PAID_KINDS]
SUMS = {"committed": COMMITTED_KINDS, "paid": PAID_KINDS, "spent": [AccountKind.EXPENSE]}


@dataclass(frozen=True, slots=True)
class Money:
    """What became of a sum: promised to projects, paid to agencies out of that and not given back, spent by them out of that."""

    committed: Decimal = ZERO
    paid: Decimal = ZERO
    spent: Decimal = ZERO

    @property
    def available(self) -> Decimal:
        """Promised and not yet paid out."""
        return self.committed - self.paid

    @property
    def advanced(self) -> Decimal:
        """Paid to agencies and not yet spent."""
        return self.paid - self.spent

    def __add__(self, other: "Money") -> "Money":
        return Money(self.committed + other.committed, self.paid + other.paid, self.spent + other.spent)


@dataclass(frozen=True, slots=True)
class SourceMoney:
    """One source's money in one project."""

    source: FundingSource
    money: Money


@dataclass(frozen=True, slots=True)
class ProjectMoney:
    """One project's money of one source."""

    project: str
    money: Money


@dataclass(frozen=True, slots=True)
class Trace:
    """The way of an expense: the source's opening entry, the promises to the project, the payments to the agency, the expense; and what went back unspent."""

    source: FundingSource
    project: str
    need: str
    opening: Entry
    commitments: list[Entry]
    payments: list[Entry]
    expense: Entry
    refunds: list[Entry]


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """What the book is narrowed to; empty means everything. Days are half-open; `amount` is what the text says as a number."""

    text: str = ""
    kind: str = ""
    source: str = ""
    since: date | None = None
    until: date | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A line of an account with the balance after it."""

    line: Line
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Statement:
    """An account from a day until a day (half-open)."""

    opening: Decimal
    rows: list[StatementRow]
    closing: Decimal


def _sum(kinds: list[AccountKind], prefix: str = "") -> Coalesce:
    return Coalesce(Sum(f"{prefix}balance", filter=Q(**{f"{prefix}kind__in": kinds})), ZERO)


def sources(scope: Scope) -> QuerySet[FundingSource]:
    """The source lines in scope, newest year first, each with `available` (not promised), `committed`, `paid`, `spent`, `allotted` and `projects` (how many)."""
    return with_totals(FundingSource.objects.filter(scope.where("region"))).order_by("-year", "number")


def with_totals(rows: QuerySet[FundingSource]) -> QuerySet[FundingSource]:
    """Source lines with `available` (not promised), `committed`, `paid`, `spent`, `allotted` and `projects`, in one query."""
    promised = Q(accounts__kind=AccountKind.PROJECT)
    return rows.select_related("region").annotate(
        available=_sum([AccountKind.SOURCE], "accounts__"),
        committed=_sum(COMMITTED_KINDS, "accounts__"),
        paid=_sum(PAID_KINDS, "accounts__"),
        spent=_sum([AccountKind.EXPENSE], "accounts__"),
        allotted=_sum([AccountKind.BODY], "accounts__"),
        projects=Count("accounts__project", filter=promised, distinct=True),
    )


def opened_sources(region_ids: Iterable[int], year: int) -> QuerySet[FundingSource]:
    """The source lines of some places in a budget year."""
    return FundingSource.objects.filter(region__in=list(region_ids), year=year).order_by("number")


def source_with_totals(number: str) -> FundingSource:
    """One source line with its totals, and with what agencies gave back of it (`refunded`). Raises NotFound."""
    source = with_totals(FundingSource.objects.filter(number=number)).annotate(refunded=_refunded()).first()
    if source is None:
        raise NotFound(kind="source", number=number)
    return source


def _refunded() -> Coalesce:
    living = Entry.objects.filter(kind=EntryKind.REFUND, reversal__isnull=True, source=OuterRef("pk")).order_by().values("source")
    return Coalesce(Subquery(living.annotate(total=Sum("amount")).values("total")), ZERO)


def refunded_of(project: str) -> Decimal:
    """What agencies gave back of a project's money: it is no longer among what was paid."""
    living = Entry.objects.filter(kind=EntryKind.REFUND, reversal__isnull=True, project=project)
    return Decimal(living.aggregate(total=Coalesce(Sum("amount"), ZERO))["total"])


def first_paid_on(source: str, project: str) -> date | None:
    """The day on which an agency first received money of a source for a project; None while it has not."""
    paid = Entry.objects.filter(kind=EntryKind.PAY, reversal__isnull=True, source__number=source, project=project)
    return paid.order_by("occurred_on").values_list("occurred_on", flat=True).first()


def project_money(project: str) -> list[SourceMoney]:
    """Where a project's money comes from and what became of it, by source, the first opened first."""
    # a project has a handful of accounts: adding them up here costs less than asking for three sums
    found: dict[FundingSource, Money] = {}
    for account in Account.objects.filter(kind__in=COMMITTED_KINDS, project=project).select_related("source__region").order_by("source"):
        sums = (account.balance if account.kind in kinds else ZERO for kinds in SUMS.values())
        found[account.source] = found.get(account.source, Money()) + Money(*sums)
    return [SourceMoney(source, money) for source, money in found.items()]


def projects_of(source: FundingSource) -> list[ProjectMoney]:
    """Which projects a source pays for and what became of it there, by project number."""
    return [ProjectMoney(row["project"], _money(row)) for row in _money_by("project", source=source)]


def _money_by(column: str, **where: Any) -> list[dict[str, Any]]:
    rows = Account.objects.filter(kind__in=COMMITTED_KINDS, **where).values(column).order_by(column)
    return list(rows.annotate(**{name: _sum(kinds) for name, kinds in SUMS.items()}))


def _money(row: dict[str, Any]) -> Money:
    return Money(*(row[name] for name in SUMS))


def balances(project: str) -> QuerySet[Account]:
    """Every account of a project, with source and agency."""
    return Account.objects.filter(project=project).select_related("source", "agency").order_by("source__number", "kind", "agency__name")


def entry_by_number(number: str) -> Entry:
    """An entry with all that its page shows. Raises NotFound."""
    entry = _entries().filter(number=number).first()
    if entry is None:
        raise NotFound(kind="entry", number=number)
    return entry


def entries_of(kind: str, number: str) -> QuerySet[Entry]:
    """The entries of one thing, oldest first."""
    return _entries().filter(subject_kind=kind, subject=number).order_by("id")


def entries_of_project(project: str) -> QuerySet[Entry]:
    """Everything that moved in a project's money, newest first."""
    return _entries().filter(project=project).order_by("-id")


def spent_for(need: str, projects: Iterable[str]) -> QuerySet[Entry]:
    """What was spent for a need, and for its projects as a whole, newest first. What was taken back is marked by its reversal."""
    spent = _entries().filter(kind=EntryKind.SPEND, project__in=list(projects), need__in=["", need])
    return spent.order_by("-occurred_on", "-id")


def entries_of_source(source: FundingSource) -> QuerySet[Entry]:
    """Everything that moved in a source's money, newest first."""
    return _entries().filter(source=source).order_by("-id")


def entries_in(scope: Scope, chosen: EntryFilter) -> QuerySet[Entry]:
    """The book as far as the scope reaches: every movement of its sources' money that passes the filter."""
    entries = _entries().filter(scope.where("source__region"))
    if chosen.kind:
        entries = entries.filter(kind=chosen.kind)
    if chosen.source:
        entries = entries.filter(source__number=chosen.source)
    if chosen.since is not None:
        entries = entries.filter(occurred_on__gte=chosen.since)
    if chosen.until is not None:
        entries = entries.filter(occurred_on__lt=chosen.until)
    text = chosen.text.strip()
    if not text:
        return entries
    named = Q(number=text) | Q(project=text) | Q(need=text) | Q(voucher_no__contains=text) | Q(memo__contains=text)
    if chosen.amount is not None:
        named |= Q(amount=chosen.amount)
    return entries.filter(named | Q(agency__name__contains=text) | Q(source__name__contains=text))


def allotments(first: date, after: date) -> QuerySet[Entry]:
    """What bodies received to run on in the half-open days, without what was taken back."""
    given = Entry.objects.filter(kind=EntryKind.ALLOT_TO_BODY, reversal__isnull=True, occurred_on__gte=first, occurred_on__lt=after)
    return given.select_related("source__region", "agency").order_by("occurred_on", "id")


def accounts_of(source: FundingSource) -> QuerySet[Account]:
    """Every account of a source, from the outside in."""
    order = Case(*(When(kind=kind, then=place) for place, kind in enumerate(AccountKind)), output_field=IntegerField())
    return source.accounts.select_related("agency").order_by(order, "project", "agency__name")


def account_by_id(pk: int) -> Account:
    """An account with its source and agency. Raises NotFound."""
    account = Account.objects.select_related("source__region", "agency").filter(pk=pk).first()
    if account is None:
        raise NotFound(kind="account", number=str(pk))
    return account


def _entries() -> QuerySet[Entry]:
    return Entry.objects.select_related("source__region", "agency", "maker", "checker", "reverses", "reversal")


def trace_of_expense(number: str) -> Trace:
    """From an expense back to the document that granted its money. Reversed entries stay in the trace. Raises NotFound."""
    expense = _entries().filter(number=number, kind=EntryKind.SPEND).first()
    if expense is None:
        raise NotFound(kind="entry", number=number)
    before = Q(kind=EntryKind.OPEN_SOURCE) | Q(kind=EntryKind.COMMIT_TO_PROJECT, project=expense.project)
    before |= Q(kind=EntryKind.PAY, project=expense.project, agency=expense.agency_id)
    way: dict[str, list[Entry]] = {kind: [] for kind in EntryKind}
    for entry in _entries().filter(before, source=expense.source_id, pk__lt=expense.pk).order_by("id"):
        way[entry.kind].append(entry)
    (opening,) = way[EntryKind.OPEN_SOURCE]
    refunds = _entries().filter(kind=EntryKind.REFUND, project=expense.project, agency=expense.agency_id, source=expense.source_id)
    return Trace(
        source=expense.source,
        project=expense.project,
        need=expense.need,
        opening=opening,
        commitments=way[EntryKind.COMMIT_TO_PROJECT],
        payments=way[EntryKind.PAY],
        expense=expense,
        refunds=list(refunds.order_by("id")),
    )


def statement(account: Account, start: date, until: date) -> Statement:
    """The lines of an account by day of the event, with the balance before, after each, and at the end."""
    lines = Line.objects.filter(account=account)
    before = lines.filter(entry__occurred_on__lt=start).aggregate(total=Coalesce(Sum(F("debit") - F("credit")), ZERO))["total"]
    balance = before
    rows = []
    within = lines.filter(entry__occurred_on__gte=start, entry__occurred_on__lt=until)
    for line in within.select_related("entry__agency", "entry__reversal").order_by("entry__occurred_on", "entry_id"):
        balance += line.debit - line.credit
        rows.append(StatementRow(line, balance))
    return Statement(opening=before, rows=rows, closing=balance)
