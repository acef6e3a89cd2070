"""Punishments that bar an organisation from tenders."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wushe.accounts.queries import scope_of
from wushe.organisations import actions
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import SanctionFilter, sanction_by_number, sanctions_in
from wushe.organisations.rules import refuse_lifted, refuse_struck_off
from wushe.web.common.access import permission, require_open, step_scope
from wushe.web.common.filters import Choice
from wushe.web.common.forms import typed
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.desk.organisations.growing import LiftSanctionForm, SanctionForm
from wushe.web.desk.organisations.reading import visible_organisation
from wushe.web.desk.organisations.stepping import take_step

SORTS = {"since": ("-since", "id"), "name": ("organisation__name", "id"), "place": ("organisation__region__code", "id")}


@permission(Permission.VIEW_ORGANISATIONS)
def sanctions(request: Any) -> HttpResponse:
    """Who is and was barred from tenders."""
    scope = scope_of(request.user, Permission.VIEW_ORGANISATIONS, request.on)
    shown = request.GET.get("show", "")
    chosen = SanctionFilter(text=request.GET.get("q", ""), every=shown == "all")
    listing = Listing(request, sanctions_in(scope, chosen, request.on), SORTS)
    if listing.wants_table:
        header = [
            *(_("Number"), _("Number of the organisation"), _("Name"), _("Place"), _("From"), _("First day after it"), _("Reason")),
            *(_("Paper"), _("Lifted on"), _("Why it was lifted")),
        ]
        return table_response(listing, "sanctions", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), _line)
    choices = [Choice("show", _("In force"), [("all", _("Past ones too"))], shown)]
    return render(request, "desk/organisations/sanctions.html", {"listing": listing, "chosen": chosen, "choices": choices})


def _line(row: Any) -> list[Any]:
    told = [row.number, row.organisation.number, row.organisation.name, str(row.organisation.region), row.since, row.until]
    return [*told, row.reason, row.document, row.lifted_on, row.lifting_reason]


@permission(Permission.RECORD_SANCTION)
def record_sanction(request: Any, number: str) -> HttpResponse:
    """A punishment was ordered."""
    row = visible_organisation(request, number)
    require_open(request, refuse_struck_off, "record_sanction", row)
    form = SanctionForm(typed(request), initial={"since": request.on})

    def take() -> object:
        return actions.record_sanction(organisation=row, draft=form.to_draft(), by=request.user, at=request.at)

    explanation = _("While it is in force the organisation cannot bid, and its public page says so.")
    return take_step(request, row, "record_sanction", form, take, explanation=explanation)


@permission(Permission.LIFT_SANCTION)
def lift_sanction(request: Any, sanction: str) -> HttpResponse:
    """A punishment ends before its time."""
    row = sanction_by_number(sanction, step_scope(request))
    require_open(request, refuse_lifted, row)
    form = LiftSanctionForm(typed(request), initial={"lifted_on": request.on})

    def take() -> object:
        return actions.lift_sanction(sanction=row, **form.cleaned_data, by=request.user, at=request.at)

    return take_step(request, row.organisation, "lift_sanction", form, take)
