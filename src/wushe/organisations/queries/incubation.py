from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum

from wushe.accounts.queries import Scope, scope_of
from wushe.kernel.clock import local_date
from wushe.kernel.errors import NotFound
from wushe.organisations.models import BaseService, Candidature, Incubation, IncubationBase, Leaving, Organisation, PurposeClass
from wushe.organisations.permissions import Permission
from wushe.organisations.rules import Finding, Standing, findings, state_of
from wushe.policies.queries import Policy
from wushe.regions.models import Level

BASE_LEVELS = (Level.CITY, Level.COUNTY, Level.TOWN)
MONTHS = 12


def bases_in(scope: Scope, on: date) -> QuerySet[IncubationBase]:
    """The bases of a scope, closed ones too, with how many are `inside`, have `graduated` and have `exited`, and the `hours` of help."""
    rows = IncubationBase.objects.filter(scope.where("region"), opened_on__lte=on).select_related("region")
    hours = BaseService.objects.filter(stay__base=OuterRef("pk")).order_by().values("stay__base").annotate(sum=Sum("hours")).values("sum")
    return rows.annotate(
        inside=Count("stays", filter=Q(stays__left_on__isnull=True)),
        graduated=Count("stays", filter=Q(stays__leaving=Leaving.GRADUATED)),
        exited=Count("stays", filter=Q(stays__leaving=Leaving.EXITED)),
        hours=Subquery(hours),
    )


def base_by_number(number: str, *, user: Any, at: datetime) -> IncubationBase:
    """A base that this person may see. Raises NotFound."""
    on = local_date(at)
    found = bases_in(scope_of(user, Permission.VIEW_ORGANISATIONS, on), on).filter(number=number).first()
    if found is None:
        raise NotFound(kind="base", number=number)
    return found


def stays_in(base: IncubationBase) -> QuerySet[Incubation]:
    """Who is or was in a base, with the `hours` and the `value` of the help they had."""
    rows = Incubation.objects.filter(base=base).select_related("organisation__region", "cohort")
    return rows.annotate(hours=Sum("services__hours"), value=Sum("services__value"))


def stay_of(base: IncubationBase, pk: int) -> Incubation:
    """One stay in a base. Raises NotFound."""
    found = stays_in(base).select_related("base").filter(pk=pk).first()
    if found is None:
        raise NotFound(kind="stay", number=str(pk))
    return found


def candidatures_of(base: IncubationBase) -> QuerySet[Candidature]:
    """Who stood as a candidate for a base, cohort by cohort, the newest first; those not judged on top."""
    rows = Candidature.objects.filter(cohort__base=base).select_related("cohort__base", "organisation__region", "judged_by")
    return rows.order_by("-cohort__starts_on", F("judged_on").desc(nulls_first=True), "organisation__name")


def candidature_of(base: IncubationBase, pk: int) -> Candidature:
    """One candidate of a base. Raises NotFound."""
    found = candidatures_of(base).filter(pk=pk).first()
    if found is None:
        raise NotFound(kind="candidature", number=str(pk))
    return found


def entry_findings(policy: Policy, organisation: Organisation, on: date) -> tuple[Finding, ...]:
    """Whether an organisation may enter a base: each condition of the policy with what the register says."""
    return findings(policy.conditions("incubation"), _entering(organisation, on))


def measures_of(organisation: Organisation, on: date) -> dict[str, str | int | None]:
    """How far an organisation has grown: what the register says now, with its state on the day."""
    funds = None if organisation.funds is None else str(organisation.funds)
    told = {"members": organisation.members, "staff": organisation.staff, "funds": funds}
    return {"state": str(state_of(organisation, on)), **told}


def _entering(organisation: Organisation, on: date) -> Standing:
    begun = min((day for day in (organisation.filed_on, organisation.registered_on) if day is not None and day <= on), default=None)
    since = organisation.founded_on
    return Standing(
        public_benefit=organisation.purpose_class == PurposeClass.PUBLIC_BENEFIT,
        months=None if begun is None else (on.year - since.year) * MONTHS + on.month - since.month - (on.day < since.day),
    )
