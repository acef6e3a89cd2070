from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Q, QuerySet

from wushe.accounts.queries import Scope
from wushe.kernel.errors import NotFound
from wushe.organisations.models import GuidanceVisit, Kind, Organisation
from wushe.organisations.rules import Composition
from wushe.policies.queries import Code

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ClassFilter:
    """Which class of organisations; empty means every. `scale` is a code of the list `guidance_scales`, or "unknown"."""

    scale: str = ""
    field: str = ""
    composition: str = ""
    group: str = ""


def guided_in(scope: Scope, chosen: ClassFilter, scales: Sequence[Code], on: date) -> QuerySet[Organisation]:
    """The living organisations of a scope that are no legal persons, with `last_held` and `next_planned` visits."""
    rows = (
        Organisation.objects.living(on).with_state(on).filter(scope.within(), kind=Kind.COMMUNITY_ORGANISATION, registered_on__isnull=True)
    )
    rows = rows.filter(_of_scale(chosen.scale, scales), _composed(chosen.composition))
    if chosen.field:
        rows = rows.filter(service_fields__contains=[chosen.field])
    if chosen.group:
        rows = rows.filter(client_groups__contains=[chosen.group])
    return rows.select_related("region__town").annotate(
        last_held=Max("guidance__held_on"), next_planned=Min("guidance__planned_on", filter=Q(guidance__held_on__isnull=True))
    )


def visit_by_number(number: str, scope: Scope) -> GuidanceVisit:
    """One visit to an organisation of the scope. Raises NotFound."""
    rows = GuidanceVisit.objects.select_related("organisation__region", "planned_by", "held_by")
    found = rows.filter(scope.where("organisation__region"), number=number).first()
    if found is None:
        raise NotFound(kind="visit", number=number)
    return found


def _of_scale(wanted: str, scales: Sequence[Code]) -> Q:
    if wanted == UNKNOWN:
        return Q(members__isnull=True)
    starts = {scale.code: int(scale.extra["from"]) for scale in scales}
    if wanted not in starts:
        return Q()
    above = min((start for start in starts.values() if start > starts[wanted]), default=None)
    return Q(members__gte=starts[wanted]) & (Q(members__lt=above) if above is not None else Q())


def _composed(wanted: str) -> Q:
    staffed = Q(staff__gt=0)
    parts = {
        Composition.WITH_STAFF: staffed,
        Composition.WITH_PARTY: Q(party_organisation=True) & (Q(staff__isnull=True) | Q(staff=0)),
        Composition.VOLUNTEERS: Q(party_organisation=False) & (Q(staff__isnull=True) | Q(staff=0)),
    }
    return parts[Composition(wanted)] if wanted in list(Composition) else Q()
