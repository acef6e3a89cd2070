from typing import Any

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wushe.accounts.queries import scope_of
from wushe.audit.queries import NEWEST_FIRST, entries_of
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import custody_by_number, custody_in, custody_statement
from wushe.web.common.access import permission
from wushe.web.common.growth_words import custody
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.desk.custody.forms import StatementForm

SORTS = {
    "client": ("client__name", "id"),
    "hub": ("hub__name", "client__name", "id"),
    "balance": ("-balance", "id"),
    "waiting": ("-waiting", "id"),
}
ROW_SORTS = {"day": ("occurred_on", "id")}


@permission(Permission.VIEW_CUSTODY)
def accounts(request: Any) -> HttpResponse:
    """The accounts of my hubs, or of the hubs of my places."""
    scope = scope_of(request.user, Permission.VIEW_CUSTODY, request.on)
    text = request.GET.get("q", "")
    listing = Listing(request, custody_in(scope, text), SORTS)
    if listing.wants_table:
        header = [
            *(_("Number"), _("Hub organisation"), _("Organisation whose money it is"), _("Agreement"), _("Kept since"), _("Closed on")),
            *(_("Balance"), _("Waiting for approval")),
        ]
        return table_response(listing, "custody", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), _line)
    may_open = bool(scope_of(request.user, Permission.KEEP_CUSTODY, request.on))
    return render(request, "desk/custody/list.html", {"listing": listing, "text": text, "may_open": may_open})


def _line(row: Any) -> list[Any]:
    return [row.number, row.hub.name, row.client.name, row.agreement, row.opened_on, row.closed_on, row.balance, row.waiting]


@permission(Permission.VIEW_CUSTODY)
def account(request: Any, number: str) -> HttpResponse:
    """One account: its statement for the days asked for, and what waits for a second person."""
    row = custody_by_number(number, user=request.user, at=request.at)
    form = StatementForm(request.GET if "since" in request.GET else None, initial={"since": row.opened_on, "until": request.on})
    since, until = row.opened_on, request.on
    if form.is_bound and form.is_valid():
        since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    statement = custody_statement(row, since, until)
    booked = row.entries.filter(is_booked=True, occurred_on__gte=since, occurred_on__lte=until)
    listing = Listing(request, booked, ROW_SORTS)
    if listing.wants_table:
        return _export(listing, statement, row.number)
    context = {
        "account": row,
        "form": form,
        "listing": listing,
        "since": since,
        "until": until,
        "statement": statement,
        "unbooked": row.entries.filter(is_booked=False)
        .select_related("recorded_by", "judged_by")
        .order_by(F("judged_at").desc(nulls_first=True)),
        "may_keep": row.closed_on is None
        and scope_of(request.user, Permission.KEEP_CUSTODY, request.on).covers(row.hub.region, body_id=row.hub.body_id),
        "entries": entries_of("custody", row.number).order_by(*NEWEST_FIRST)[:20],
    }
    return render(request, "desk/custody/account.html", context)


def _export(listing: Listing, statement: Any, number: str) -> HttpResponse:
    header = [
        *(_("Day"), _("What"), _("Voucher"), _("What for"), _("Change"), _("Balance"), _("Entered by"), _("Approved by")),
    ]

    def line(row: Any) -> list[Any]:
        entry = row.entry
        told: list[Any] = [entry.occurred_on, custody(entry.kind), entry.voucher, entry.purpose, row.change, row.balance]
        return [*told, entry.recorded_by.name, entry.judged_by.name]

    return table_response(listing, number, header, statement.rows, line)
