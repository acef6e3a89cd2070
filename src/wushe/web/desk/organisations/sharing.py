"""What organisations share: accountants and places of activity."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wushe.accounts.queries import scope_of
from wushe.organisations import actions
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import accountants_in, shared_premises
from wushe.organisations.rules import refuse_struck_off
from wushe.web.common.access import permission, require_open
from wushe.web.common.forms import typed
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.desk.organisations.growing import AccountantForm, ReleaseForm
from wushe.web.desk.organisations.reading import visible_organisation
from wushe.web.desk.organisations.stepping import take_step

SORTS = {"most": ("-organisations", "person", "pk"), "name": ("person", "pk"), "valid": ("valid_until", "pk")}
PREMISES_SORTS = {
    "most": ("-organisations", "premises", "region_id"),
    "place": ("region__code", "premises"),
    "name": ("premises", "region_id"),
}


@permission(Permission.VIEW_ORGANISATIONS)
def accountants(request: Any) -> HttpResponse:
    """Who keeps the books of how many organisations, with which qualification."""
    scope = scope_of(request.user, Permission.VIEW_ORGANISATIONS, request.on)
    text = request.GET.get("q", "")
    listing = Listing(request, accountants_in(scope, request.on, text), SORTS)
    if listing.wants_table:
        header = [_("Name"), _("Qualification"), _("Certificate"), _("Valid until"), _("Organisations"), _("Whose books")]
        return table_response(listing, "accountants", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), _accountant_line)
    return render(request, "desk/organisations/accountants.html", {"listing": listing, "text": text})


def _accountant_line(row: Any) -> list[Any]:
    names = _("; ").join(each.organisation.name for each in row.kept)
    return [row.person, row.qualification, row.certificate, row.valid_until, row.organisations, names]


@permission(Permission.VIEW_ORGANISATIONS)
def premises(request: Any) -> HttpResponse:
    """Places of activity that several organisations of a community share, which is allowed."""
    scope = scope_of(request.user, Permission.VIEW_ORGANISATIONS, request.on)
    text = request.GET.get("q", "")
    listing = Listing(request, shared_premises(scope, request.on, text), PREMISES_SORTS)
    if listing.wants_table:
        header = [_("Place of activity"), _("Town"), _("Community or village"), _("Organisations"), _("Which organisations")]
        return table_response(listing, "shared-premises", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), _premises_line)
    rows = [(row, list(zip(row["numbers"], row["names"], strict=True))) for row in listing]
    return render(request, "desk/organisations/premises.html", {"listing": listing, "rows": rows, "text": text})


def _premises_line(row: Any) -> list[Any]:
    return [row["premises"], row["town"], row["place"], row["organisations"], _("; ").join(row["names"])]


@permission(Permission.APPOINT_ACCOUNTANT)
def appoint_accountant(request: Any, number: str) -> HttpResponse:
    """Somebody keeps the books from a day on."""
    row = visible_organisation(request, number)
    require_open(request, refuse_struck_off, "appoint_accountant", row)
    form = AccountantForm(typed(request), initial={"since": request.on, "certificate": row.accountant_certificate, "part_time": True})

    def take() -> object:
        return actions.appoint_accountant(organisation=row, draft=form.to_draft(), by=request.user, at=request.at)

    return take_step(request, row, "appoint_accountant", form, take)


@permission(Permission.RELEASE_ACCOUNTANT)
def release_accountant(request: Any, number: str) -> HttpResponse:
    """Nobody keeps the books from a day on."""
    row = visible_organisation(request, number)
    form = ReleaseForm(typed(request), initial={"until": request.on})

    def take() -> object:
        return actions.release_accountant(organisation=row, until=form.cleaned_data["until"], by=request.user, at=request.at)

    return take_step(request, row, "release_accountant", form, take)
