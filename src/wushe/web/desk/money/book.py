"""The book: every entry, every account, and what is taken back."""

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wushe.accounts.queries import scope_of
from wushe.ledger import actions
from wushe.ledger.models import EntryKind
from wushe.ledger.permissions import Permission
from wushe.ledger.queries import EntryFilter, account_by_id, entries_in, entry_by_number, statement
from wushe.web.common.access import permission
from wushe.web.common.asked import day_of
from wushe.web.common.filters import Choice
from wushe.web.common.forms import attempt, typed
from wushe.web.common.listing import Listing, rows_response, wants_table
from wushe.web.common.templatetags.money import entry_kind
from wushe.web.desk.money.forms import ReverseBookingForm
from wushe.web.desk.money.reading import entries_response, see, titles
from wushe.web.desk.navigation import lead_back

SORTS = {"number": ("-id",), "day": ("-occurred_on", "-id"), "amount": ("-amount", "-id")}
DAY = timedelta(days=1)
NO_AMOUNT = 10**12  # more yuan than a column of the book holds


@permission(Permission.VIEW_MONEY)
def journal(request: Any) -> HttpResponse:
    """Every movement of the money in my places: search, filters, export."""
    chosen = filter_of(request)
    listing = Listing(request, entries_in(scope_of(request.user, Permission.VIEW_MONEY, request.on), chosen), SORTS)
    if listing.wants_table:
        return entries_response(listing, "journal")
    context = {
        "listing": listing,
        "chosen": chosen,
        "last": chosen.until - DAY if chosen.until else None,
        "kinds": Choice("kind", _("Entry"), [(kind.value, entry_kind(kind)) for kind in EntryKind], chosen.kind),
    }
    return render(request, "desk/money/journal.html", context)


def filter_of(request: Any) -> EntryFilter:
    """The filter in an address; what is mistyped counts as empty. The last day is included."""
    given = request.GET
    text = given.get("q", "").strip()
    kind, last = given.get("kind", ""), day_of(given.get("until", ""))
    return EntryFilter(
        text=text,
        kind=kind if kind in EntryKind.values else "",
        source=given.get("source", ""),
        since=day_of(given.get("since", "")),
        until=last + DAY if last else None,
        amount=_amount(text),
    )


def _amount(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(",", "").removesuffix("元"))
    except InvalidOperation:
        return None
    # the database takes no number of any length, and no entry has parts of a cent
    return found if found.is_finite() and abs(found) < NO_AMOUNT and found == round(found, 2) else None


@permission(Permission.VIEW_MONEY)
def account(request: Any, pk: int) -> HttpResponse:
    """The statement of one account: balance before, every line with the balance after it, balance at the end."""
    found = account_by_id(pk)
    see(request, found.source.region, "account", str(pk))
    since = day_of(request.GET.get("since", "")) or date(request.on.year, 1, 1)
    last = max(day_of(request.GET.get("until", "")) or request.on, since)
    kept = statement(found, since, last + DAY)
    if wants_table(request):
        header = [_("Day"), _("Number"), _("Entry"), _("Voucher"), _("Debit"), _("Credit"), _("Balance")]

        def line(row: Any) -> list[Any]:
            entry = row.line.entry
            return [
                entry.occurred_on.isoformat(),
                entry.number,
                entry_kind(entry.kind),
                entry.voucher_no,
                row.line.debit,
                row.line.credit,
                row.balance,
            ]

        return rows_response(request, f"account-{pk}", header, kept.rows, line)
    context = {
        "account": found,
        "statement": kept,
        "debit": sum(row.line.debit for row in kept.rows),
        "credit": sum(row.line.credit for row in kept.rows),
        "since": since,
        "last": last,
        "titles": titles([found.project]),
    }
    return render(request, "desk/money/account.html", context)


@permission(Permission.REVERSE_BOOKING)
def reverse_booking(request: Any, number: str) -> HttpResponse:
    """Asked once: take an entry back by its mirror image."""
    row = entry_by_number(number)
    see(request, row.source.region, "entry", number)
    form = ReverseBookingForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        made = attempt(form, lambda: actions.reverse_booking(entry_number=number, reason=reason, by=request.user, at=request.at))
        if made is not None:
            messages.success(request, _("The entry is taken back by the entry %(number)s.") % {"number": made.number})
            return redirect("desk:money:entry", made.number)
    lead_back(request, reverse("desk:money:entry", args=[number]), entry_kind(row.kind))
    return render(request, "desk/money/reverse_booking.html", {"form": form, "entry": row}, status=422 if form.errors else 200)
