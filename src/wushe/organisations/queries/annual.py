from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from wushe.accounts.queries import Scope, scope_of
from wushe.kernel.clock import local_date
from wushe.kernel.errors import NotFound
from wushe.organisations.errors import FormNotOpen
from wushe.organisations.models import AnnualCheck, AnnualForm, AnnualState
from wushe.organisations.permissions import Permission
from wushe.regions.models import Region

OPEN_FORMS = (AnnualState.WAITING, AnnualState.RETURNED)


@dataclass(frozen=True, slots=True)
class AnnualFilter:
    """What the forms of a check are narrowed to; empty means everything."""

    state: str = ""
    region: Region | None = None
    text: str = ""


def checks_in(scope: Scope) -> QuerySet[AnnualCheck]:
    """The annual checks of the counties in which the scope lies or which lie in it, with the scope's forms by state."""
    mine = scope.where("forms__region")
    counts = {state.value: Count("forms", filter=mine & Q(forms__state=state)) for state in AnnualState}
    counties = {region.county_id for region in scope.regions}
    rows = AnnualCheck.objects.filter(Q(county__in=counties) | scope.where("county")).select_related("county")
    return rows.annotate(size=Count("forms", filter=mine), **counts)


def check_by_number(number: str, *, user: Any, at: datetime) -> AnnualCheck:
    """An annual check of this person's county. Raises NotFound."""
    found = checks_in(scope_of(user, Permission.VIEW_ORGANISATIONS, local_date(at))).filter(number=number).first()
    if found is None:
        raise NotFound(kind="annual", number=number)
    return found


def forms_in(check: AnnualCheck, scope: Scope, chosen: AnnualFilter) -> QuerySet[AnnualForm]:
    """The forms of a check that the scope covers and that pass the filter."""
    rows = AnnualForm.objects.filter(scope.where("region"), check_of=check).select_related("organisation", "region__town")
    if chosen.state:
        rows = rows.filter(state=chosen.state)
    if chosen.region is not None:
        rows = rows.filter(Scope(regions=(chosen.region,)).where("region"))
    return rows.filter(name__icontains=chosen.text.strip()) if chosen.text.strip() else rows


def form_of(check: AnnualCheck, organisation: str, *, user: Any, at: datetime) -> AnnualForm:
    """The form of an organisation that this person may see. Raises NotFound."""
    scope = scope_of(user, Permission.VIEW_ORGANISATIONS, local_date(at))
    rows = AnnualForm.objects.filter(scope.where("region"), check_of=check, organisation__number=organisation)
    found = rows.select_related("check_of__county", "organisation__region", "region__town", "confirmed_by", "judged_by").first()
    if found is None:
        raise NotFound(kind="annual_form", number=organisation)
    return found


def refuse_confirmed_form(form: AnnualForm) -> None:
    """Refuse to fill in a form that the community has confirmed, until the county gives it back. Raises FormNotOpen."""
    if form.state not in OPEN_FORMS:
        raise FormNotOpen(state=form.state)
