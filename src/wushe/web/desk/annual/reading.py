from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wushe.accounts.queries import scope_of
from wushe.audit.queries import NEWEST_FIRST, entries_of
from wushe.kernel.errors import NotFound
from wushe.organisations.models import AnnualState
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import OPEN_FORMS, AnnualFilter, check_by_number, checks_in, form_of, forms_in
from wushe.regions.queries import region_by_code
from wushe.web.common import words
from wushe.web.common.access import permission
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.desk.annual.forms import JudgeForm
from wushe.web.desk.navigation import lead_back

SORTS = {"year": ("-year", "county__code"), "place": ("county__code", "-year")}
FORM_SORTS = {
    "place": ("region__code", "name", "id"),
    "name": ("name", "id"),
    "state": ("state", "region__code", "id"),
    "members": ("-members", "id"),
}


@permission(Permission.VIEW_ORGANISATIONS)
def checks(request: Any) -> HttpResponse:
    """The annual checks of my counties."""
    scope = scope_of(request.user, Permission.VIEW_ORGANISATIONS, request.on)
    listing = Listing(request, checks_in(scope), SORTS)
    if listing.wants_table:
        header = [_("Year"), _("County"), _("Fill in by"), *(words.state(state) for state in AnnualState)]
        rows = listing.rows.select_related("county")
        return table_response(listing, "annual-checks", header, rows, lambda row: [row.year, row.county.name, row.due_on, *_counts(row)])
    return render(request, "desk/annual/list.html", {"listing": listing})


def _counts(check: Any) -> list[int]:
    return [getattr(check, state.value) for state in AnnualState]


@permission(Permission.VIEW_ORGANISATIONS)
def check(request: Any, number: str) -> HttpResponse:
    """The forms of a check by state, of my places."""
    row = check_by_number(number, user=request.user, at=request.at)
    scope = scope_of(request.user, Permission.VIEW_ORGANISATIONS, request.on)
    query = request.GET
    state, place = query.get("state", ""), query.get("place", "")
    chosen = AnnualFilter(
        state=state if state in AnnualState.values else "",
        region=region_by_code(place) if place.isdecimal() else None,
        text=query.get("q", ""),
    )
    listing = Listing(request, forms_in(row, scope, chosen), FORM_SORTS)
    if listing.wants_table:
        return _export(listing, row.number)
    context = {
        "check": row,
        "listing": listing,
        "chosen": chosen,
        "counts": [(state, getattr(row, state.value)) for state in AnnualState],
        "may_judge": scope_of(request.user, Permission.JUDGE_ANNUAL_FORM, request.on).covers(row.county),
        "is_late": row.due_on < request.on,
        "entries": entries_of("annual", row.number).order_by(*NEWEST_FIRST)[:20],
    }
    return render(request, "desk/annual/check.html", context)


def _export(listing: Listing, number: str) -> HttpResponse:
    header = [
        *(_("Number"), _("Name"), _("Town"), _("Community or village"), _("State"), _("Members"), _("Place of activity")),
        *(_("Activities in the year"), _("People who took part"), _("Income of the year"), _("Spending of the year")),
        *(_("Funds at the end of the year"), _("Remark"), _("Reason")),
    ]

    def line(row: Any) -> list[Any]:
        town = row.region.town.name if row.region.town else ""
        told = [row.organisation.number, row.name, town, row.region.name, words.state(row.state), row.members, row.premises]
        return [*told, row.activities, row.participants, row.income, row.spending, row.funds, row.remark, row.reason]

    return table_response(listing, number, header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), line)


@permission(Permission.VIEW_ORGANISATIONS)
def place(request: Any, number: str) -> HttpResponse:
    """The forms of one community: where a to-do leads."""
    del request
    check, _dash, code = number.rpartition("-")
    if not check:
        raise NotFound(kind="annual", number=number)
    return redirect(f"{reverse('desk:annual:check', args=[check])}?place={code}")


@permission(Permission.VIEW_ORGANISATIONS)
def form(request: Any, number: str, organisation: str) -> HttpResponse:
    """One form, with what was confirmed and what the county said."""
    row = form_of(check_by_number(number, user=request.user, at=request.at), organisation, user=request.user, at=request.at)
    waits = row.state == AnnualState.CONFIRMED and row.confirmed_by_id != request.user.pk
    may_judge = waits and scope_of(request.user, Permission.JUDGE_ANNUAL_FORM, request.on).covers(row.check_of.county)
    may_confirm = row.state in OPEN_FORMS and scope_of(request.user, Permission.CONFIRM_ANNUAL_FORM, request.on).covers(row.region)
    context = {"row": row, "check": row.check_of, "judging": JudgeForm() if may_judge else None, "may_confirm": may_confirm}
    lead_back(request, reverse("desk:annual:check", args=[number]), row.check_of.year)
    return render(request, "desk/annual/form.html", context)
