"""Guidance by class: who is how large, does what, for whom; and the visits with plan and result."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushe.accounts.queries import scope_of
from wushe.organisations import actions
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import ClassFilter, guided_in, visit_by_number
from wushe.organisations.rules import refuse_struck_off
from wushe.policies.queries import Code
from wushe.web.common import words
from wushe.web.common.access import permission, require_open, step_scope
from wushe.web.common.filing_form import field_words
from wushe.web.common.filters import Choice
from wushe.web.common.forms import typed
from wushe.web.common.growth_words import COMPOSITIONS
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.desk.organisations.classes import class_words, codes_of, text_of
from wushe.web.desk.organisations.forms import PlanGuidanceForm, RecordGuidanceForm
from wushe.web.desk.organisations.reading import policy_of, visible_organisation
from wushe.web.desk.organisations.stepping import take_step

SORTS = {
    "place": ("region__code", "name", "id"),
    "name": ("name", "id"),
    "members": ("-members", "id"),
    "held": ("last_held", "id"),
    "planned": ("next_planned", "id"),
}
DIMENSIONS = ("scale", "field", "composition", "group")


@permission(Permission.VIEW_ORGANISATIONS)
def classes(request: Any) -> HttpResponse:
    """The organisations that are no legal persons, by class, with their last and next visit."""
    scope = scope_of(request.user, Permission.VIEW_ORGANISATIONS, request.on)
    policy = policy_of(request, scope)
    scales = codes_of(policy, "guidance_scales")
    fields = field_words(policy) if policy is not None else {}
    chosen = ClassFilter(**{name: request.GET.get(name, "") for name in DIMENSIONS})
    listing = Listing(request, guided_in(scope, chosen, scales, request.on), SORTS)
    groups = {code.code: text_of(code) for code in codes_of(policy, "client_groups")}
    if listing.wants_table:
        return _export(listing, scales, fields, groups)
    context = {
        "listing": listing,
        "rows": [(row, class_words(row, scales, fields, groups)) for row in listing],
        "choices": [
            Choice("scale", _("Scale"), [*((code.code, text_of(code)) for code in scales), ("unknown", _("not known"))], chosen.scale),
            Choice("field", _("Field of activity"), fields.items(), chosen.field),
            Choice("composition", _("Who its members are"), COMPOSITIONS.items(), chosen.composition),
            Choice("group", _("Whom it serves"), groups.items(), chosen.group),
        ],
    }
    return render(request, "desk/organisations/classes.html", context)


@permission(Permission.PLAN_GUIDANCE)
def plan_guidance(request: Any, number: str) -> HttpResponse:
    """Somebody will go and guide an organisation."""
    row = visible_organisation(request, number)
    require_open(request, refuse_struck_off, "plan_guidance", row)
    form = PlanGuidanceForm(typed(request), initial={"planned_on": request.on})

    def take() -> object:
        return actions.plan_guidance(organisation=row, **form.cleaned_data, by=request.user, at=request.at)

    return take_step(request, row, "plan_guidance", form, take)


@permission(Permission.RECORD_GUIDANCE)
def record_guidance(request: Any, visit: str) -> HttpResponse:
    """What came of a visit; where its to-do leads."""
    found = visit_by_number(visit, step_scope(request))
    row = found.organisation
    if found.held_on is not None:
        return redirect("desk:organisations:detail", row.number)
    form = RecordGuidanceForm(typed(request), initial={"held_on": request.on})

    def take() -> object:
        return actions.record_guidance(visit=found, **form.cleaned_data, by=request.user, at=request.at)

    return take_step(request, row, "record_guidance", form, take, explanation=found.plan)


def _export(listing: Listing, scales: tuple[Code, ...], fields: dict[str, str], groups: dict[str, str]) -> HttpResponse:
    header = [
        *(_("Number"), _("Name"), _("Community or village"), _("State"), _("Members"), _("Scale"), _("Field of activity")),
        *(_("Who its members are"), _("Whom it serves"), _("Last visit"), _("Next visit")),
    ]

    def line(row: Any) -> list[Any]:
        told = [row.number, row.name, row.region.name, words.state(row.state), row.members]
        return [*told, *class_words(row, scales, fields, groups), row.last_held, row.next_planned]

    return table_response(listing, "guidance", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), line)
