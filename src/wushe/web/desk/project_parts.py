"""From the number of something inside a project to the page that shows it, for whoever may see it there; to others it is not there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import resolve, reverse

from wushe.accounts.queries import has_permission, scope_of
from wushe.kernel.errors import NotFound
from wushe.ledger.models import Entry
from wushe.ledger.permissions import Permission as Money
from wushe.ledger.queries import entry_by_number
from wushe.oversight.models import Evaluation
from wushe.oversight.queries import sees_evidence
from wushe.projects.models import Agreement, Bid, Expense, Payment, Project, Refund, Tender
from wushe.projects.permissions import Permission
from wushe.projects.queries import project_by_number


@dataclass(frozen=True, slots=True)
class Part:
    """Rows with numbers, the way from a row to its project, and the page that shows a row to a person; empty when there is none."""

    model: type[Any]
    project: str
    page: Callable[[Any, Project, Any], str]


def page_of_part(request: Any, number: str) -> str:
    """The page of the project's part where the thing with this number is shown; empty for what is not there, for the reader or for anybody."""
    part = PARTS.get(number.split("-", 1)[0])
    row = part.model.objects.filter(number=number).select_related(part.project.replace(".", "__")).first() if part else None
    if part is None or row is None:
        return ""
    found = reduce(getattr, part.project.split("."), row)
    try:
        project = project_by_number(found.number, user=request.user, at=request.at)
    except NotFound:
        return ""
    return part.page(request, project, row)


def with_ways(request: Any, expenses: QuerySet[Expense]) -> QuerySet[Expense]:
    """Expenses with `way_opens`: whether the reader may follow the money back; its source is often of a place above the project."""
    within = scope_of(request.user, Money.VIEW_MONEY, request.on).where("source__region")
    return expenses.annotate(way_opens=Exists(Entry.objects.filter(within, number=OuterRef("entry_number"))))


def is_part(number: str) -> bool:
    """Whether a number is of a kind that is shown inside a project alone."""
    return number.split("-", 1)[0] in PARTS


def _agreement(request: Any, project: Project, _row: Agreement) -> str:
    return _open_to(request, "desk:procurement:agreement", project.number)


def _payment(request: Any, project: Project, _row: Payment) -> str:
    return _open_to(request, "desk:procurement:payments", project.number)


def _refund(request: Any, project: Project, _row: Refund) -> str:
    sees = sees_evidence(request.user, project, request.on)
    return _open_to(request, "desk:procurement:payments", project.number, anchor="refunds") if sees else ""


def _expense(request: Any, project: Project, row: Expense) -> str:
    """The way of the money for those who read the book, and for the agency that spent it."""
    if row.agency.body_id in scope_of(request.user, Permission.RECORD_EXPENSE, request.on).body_ids:
        return reverse("desk:procurement:trace-expense", args=[project.number, row.number])
    if scope_of(request.user, Money.VIEW_MONEY, request.on).covers(entry_by_number(row.entry_number).source.region):
        return reverse("desk:money:expense", args=[row.number])
    sees = sees_evidence(request.user, project, request.on)
    return _open_to(request, "desk:procurement:payments", project.number) if sees else ""


def _tender(_request: Any, project: Project, row: Tender) -> str:
    """The project's page shows the tender that counts; one that was cancelled is shown nowhere on the desk."""
    return "" if row.cancelled_at else reverse("desk:projects:detail", args=[project.number]) + "#tender"


def _bid(request: Any, project: Project, row: Bid) -> str:
    """Sealed for everybody but the agency until it is opened, and for the county alone afterwards."""
    if row.withdrawn_at is not None:
        return ""
    if row.agency.body_id in scope_of(request.user, Permission.SUBMIT_BID, request.on).body_ids:
        return reverse("desk:procurement:submit-bid", args=[project.number])
    reads = row.opened_at is not None and scope_of(request.user, Permission.DISQUALIFY_BID, request.on).covers(project.region)
    return reverse("desk:procurement:bids", args=[project.number]) if reads else ""


def _evaluation(request: Any, project: Project, row: Evaluation) -> str:
    """The report, once it is handed in and as long as it counts."""
    counts = row.submitted_at is not None and row.superseded_at is None
    return _open_to(request, "desk:oversight:report", project.number) if counts else ""


def _open_to(request: Any, name: str, number: str, *, anchor: str = "") -> str:
    page = reverse(name, args=[number])
    permission = resolve(page).func.wushe_permission  # type: ignore[attr-defined]  # read where views are listed
    return (f"{page}#{anchor}" if anchor else page) if has_permission(request.user, permission, request.on) else ""


PARTS = {
    "agreement": Part(Agreement, "project", _agreement),
    "payment": Part(Payment, "tranche.agreement.project", _payment),
    "refund": Part(Refund, "project", _refund),
    "expense": Part(Expense, "project", _expense),
    "tender": Part(Tender, "project", _tender),
    "bid": Part(Bid, "tender.project", _bid),
    "evaluation": Part(Evaluation, "project", _evaluation),
}
