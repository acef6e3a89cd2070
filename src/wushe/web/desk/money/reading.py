from typing import Any

from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wushe.accounts.queries import scope_of
from wushe.files.models import File
from wushe.kernel.errors import NotFound
from wushe.ledger.actions import BOOKED_HERE
from wushe.ledger.models import Entry, EntryKind, FundingSource
from wushe.ledger.permissions import Permission
from wushe.ledger.queries import (
    accounts_of,
    entries_of,
    entries_of_source,
    entry_by_number,
    projects_of,
    source_with_totals,
    trace_of_expense,
)
from wushe.ledger.queries import sources as all_sources
from wushe.oversight.queries import may_open_evidence
from wushe.policies.queries import Code, policy_where
from wushe.projects.models import Expense, Project, Refund
from wushe.regions.models import Region
from wushe.web.common.access import permission, require_here
from wushe.web.common.asked import number_of
from wushe.web.common.charts import Chart
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.common.templatetags.money import entry_kind
from wushe.web.desk.navigation import lead_back

SORTS = {
    "year": ("-year", "number"),
    "name": ("name", "number"),
    "amount": ("-amount", "number"),
    "available": ("-available", "number"),
    "spent": ("-spent", "number"),
}
TOTALS = ("amount", "available", "committed", "paid", "spent", "allotted")


@permission(Permission.VIEW_MONEY)
def sources(request: Any) -> HttpResponse:
    """Every source line in scope with what became of its money."""
    rows = all_sources(scope_of(request.user, Permission.VIEW_MONEY, request.on))
    chosen = {name: request.GET.get(name, "").strip() for name in ("q", "kind", "year")}
    if chosen["q"]:
        rows = rows.filter(name__contains=chosen["q"])
    if chosen["kind"]:
        rows = rows.filter(kind=chosen["kind"])
    year = number_of(chosen["year"])
    if year is not None:
        rows = rows.filter(year=year)
    listing, kinds = Listing(request, rows, SORTS), kinds_at(request)
    if listing.wants_table:
        language = get_language() or ""
        header = [
            _("Number"),
            _("Name"),
            _("Kind"),
            _("Year"),
            _("Document number"),
            _("Amount"),
            _("Committed"),
            _("Paid"),
            _("Spent"),
            _("Allotted to stations"),
        ]
        return table_response(
            listing,
            "sources",
            header,
            listing.rows.iterator(),
            lambda row: [
                row.number,
                row.name,
                kinds[row.kind].label(language) if row.kind in kinds else row.kind,
                row.year,
                row.document_no,
                row.amount,
                row.committed,
                row.paid,
                row.spent,
                row.allotted,
            ],
        )
    context = {
        "listing": listing,
        "chart": _sources_drawn(list(listing)),
        "chosen": chosen,
        "totals": rows.aggregate(**{f"{name}_sum": Sum(name) for name in TOTALS}),
        "kinds": kinds,
    }
    return render(request, "desk/money/sources.html", context)


def _sources_drawn(rows: list[Any]) -> Chart:
    """How far the money of every source has come: the parts make up its amount."""
    parts = {
        _("Spent"): [row.spent for row in rows],
        _("Paid, not spent"): [row.paid - row.spent for row in rows],
        _("Committed, not paid"): [row.committed - row.paid for row in rows],
        _("Allotted to stations"): [row.allotted for row in rows],
        _("Not committed"): [row.available for row in rows],
    }
    hues = ("ok", "link", "volunteer", "organisation", "line")
    labels = [row.name for row in rows]
    return Chart(
        "sources", _("How far the money has come"), _("Source"), labels, parts, kind="stacked", unit=_("yuan"), across=True, hues=hues
    )


def entries_response(listing: Listing, name: str) -> HttpResponse:
    """Entries as a file."""
    header = [
        *(_("Number"), _("Day"), _("Entry"), _("Source"), _("Project"), _("Agency"), _("Voucher"), _("Note"), _("Amount"), _("Made by")),
    ]
    return table_response(listing, name, header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), _entry_line)


def _entry_line(row: Entry) -> list[Any]:
    agency = row.agency.name if row.agency else ""
    about = [row.number, row.occurred_on.isoformat(), entry_kind(row.kind), row.source.name, row.project, agency]
    return [*about, row.voucher_no, row.memo, row.amount, row.maker.name]


@permission(Permission.VIEW_MONEY)
def source(request: Any, number: str) -> HttpResponse:
    """One source line: its totals, its projects, its entries."""
    row = source_with_totals(number)
    see(request, row.region, "source", number)
    listing = Listing(request, entries_of_source(row), {"at": ("-id",)})
    if listing.wants_table:
        return entries_response(listing, number)
    projects, accounts = projects_of(row), list(accounts_of(row))
    context = {
        "source": row,
        "kinds": kinds_at(request),
        "projects": projects,
        "titles": titles([*(part.project for part in projects), *(account.project for account in accounts)]),
        "accounts": accounts,
        "listing": listing,
    }
    return render(request, "desk/money/source.html", context)


@permission(Permission.VIEW_MONEY)
def entry(request: Any, number: str) -> HttpResponse:
    """One entry with its two sides, its people and its papers."""
    row = entry_by_number(number)
    see(request, row.source.region, "entry", number)
    lines = row.lines.select_related("account__agency").order_by("-debit")
    is_booked_here = row.kind in BOOKED_HERE and row.kind != EntryKind.REVERSE_ENTRY and not hasattr(row, "reversal")
    context = {
        "entry": row,
        "lines": lines,
        "titles": titles([row.project]),
        "vouchers": _vouchers(request, row),
        "is_reversible": is_booked_here,
    }
    return render(request, "desk/money/entry.html", context)


def _vouchers(request: Any, row: Entry) -> list[File]:
    """The papers of an expense or of money given back that this person may open."""
    papers = {
        "expense": Expense.objects.filter(number=row.subject).values("voucher"),
        "refund": Refund.objects.filter(number=row.subject).values("paper"),
    }
    files = File.objects.filter(pk__in=papers[row.subject_kind]) if row.subject_kind in papers else ()
    return [file for file in files if may_open_evidence(request.user, file, request.on)]


@permission(Permission.VIEW_MONEY)
def expense(request: Any, number: str) -> HttpResponse:
    """The way of an expense: from the paper that granted the money to the need that it served."""
    spent: Entry | None = entries_of("expense", number).filter(kind=EntryKind.SPEND).first()
    if spent is None:
        raise NotFound(kind="expense", number=number)
    see(request, spent.source.region, "expense", number)
    trace = trace_of_expense(spent.number)
    return render(request, "desk/money/expense.html", {"number": number, "trace": trace, "titles": titles([trace.project])})


def see(request: Any, region: Region, kind: str, number: str) -> None:
    """Whoever may not see the money of a place learns no more than that there is nothing here; nor do they get a form of a step that is not
    theirs. Raises NotFound, NotPermitted.
    """
    if not scope_of(request.user, Permission.VIEW_MONEY, request.on).covers(region):
        raise NotFound(kind=kind, number=number)
    require_here(request, region=region)


def visible_source(request: Any, number: str) -> FundingSource:
    """A source line that this person may see. Raises NotFound."""
    row = source_with_totals(number)
    see(request, row.region, "source", number)
    lead_back(request, reverse("desk:money:source", args=[number]), row.name)
    return row


def kinds_at(request: Any) -> dict[str, Code]:
    """The kinds of money by code, as the policy where the person works names them."""
    scope = scope_of(request.user, Permission.VIEW_MONEY, request.on)
    return {code.code: code for code in policy_where(scope.regions, request.on).codes("funding_sources")}


def titles(numbers: Any) -> dict[str, str]:
    """The titles of projects by number."""
    return dict(Project.objects.filter(number__in=set(numbers)).values_list("number", "title"))
