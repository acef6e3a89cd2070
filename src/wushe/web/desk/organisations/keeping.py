from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushe.organisations import actions
from wushe.organisations.permissions import Permission
from wushe.organisations.rules import refuse_struck_off
from wushe.policies.queries import policy_for, policy_where
from wushe.web.common.access import permission, require_open, step_scope
from wushe.web.common.forms import attempt, typed
from wushe.web.desk.organisations.forms import AmendForm, ProfileForm, RegisterOrganisationForm, profile_typed
from wushe.web.desk.organisations.reading import visible_organisation
from wushe.web.desk.organisations.stepping import take_step


@permission(Permission.REGISTER_ORGANISATION)
def register_organisation(request: Any) -> HttpResponse:
    """Enter an organisation, from an interest group on."""
    place = step_scope(request).common_place
    form = RegisterOrganisationForm(typed(request), policy=policy_where([place], request.on), within=place)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.register_organisation(draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("%(name)s is in the register.") % {"name": done.name})
            return redirect("desk:organisations:detail", done.number)
    context = {"form": form, "title": _("Enter an organisation"), "organisation": None}
    return render(request, "desk/organisations/step.html", context, status=422 if form.errors else 200)


@permission(Permission.UPDATE_ORGANISATION)
def update_organisation(request: Any, number: str) -> HttpResponse:
    """Correct what the register says."""
    row = visible_organisation(request, number)
    require_open(request, refuse_struck_off, "update_organisation", row)
    form = ProfileForm(typed(request), policy=policy_for(row.region, request.on), within=row.region.county, initial=profile_typed(row))

    def take() -> object:
        return actions.update_organisation(organisation=row, profile=form.to_profile(), by=request.user, at=request.at)

    explanation = _(
        "For mistakes of the register. What the organisation itself has changed is entered as a change, with its day and its paper."
    )
    return take_step(request, row, "update_organisation", form, take, explanation=explanation)


@permission(Permission.AMEND_ORGANISATION)
def amend_organisation(request: Any, number: str) -> HttpResponse:
    """Take over what the organisation itself has changed."""
    row = visible_organisation(request, number)
    require_open(request, refuse_struck_off, "amend_organisation", row)
    initial = profile_typed(row) | {"amended_on": request.on}
    form = AmendForm(
        typed(request), request.FILES or None, policy=policy_for(row.region, request.on), within=row.region.county, initial=initial
    )

    def take() -> object:
        told = {name: form.cleaned_data[name] for name in ("amended_on", "what", "document")} | {"scan": form.scanned()}
        return actions.amend_organisation(organisation=row, profile=form.to_profile(), **told, by=request.user, at=request.at)

    return take_step(request, row, "amend_organisation", form, take)
