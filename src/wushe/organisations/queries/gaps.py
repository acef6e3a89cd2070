"""How many filed or registered organisations a community has and should have, and which groups would close the gap."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from wushe.organisations.models import Filing, Kind, Organisation
from wushe.organisations.queries.filings import filing_findings, register_standing
from wushe.organisations.queries.life import growing_kinds
from wushe.organisations.rules import Finding, findings, missing
from wushe.organisations.states import OPEN, STANDING, FilingState, State
from wushe.policies.errors import NoPolicy
from wushe.policies.queries import Policy, Target, policy_for
from wushe.regions.models import Level, Region

MEASURE, NARROW = "organisations_per_community", "community_organisations_per_community"
ON_THE_WAY = (State.GROUP, State.PREPARING, State.LAPSED)


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """An organisation that could be filed: the conditions with what is known, its open application, if there is one,
    and whether the town has refused the last one.
    """

    organisation: Organisation
    findings: tuple[Finding, ...]
    application: Filing | None
    was_refused: bool = False

    @property
    def lacks(self) -> int:
        """How many conditions are known not to be met."""
        return len(missing(self.findings))


def communities_with_gap(place: Region, on: date) -> QuerySet[Region]:
    """The communities of a county, town or community that a policy gives a number, with `have`, `need`, `gap` and `on_the_way`."""
    communities = Region.objects.under(place).existing(on).counted().filter(level=Level.COMMUNITY)
    need, narrow = _needs(communities, place, on)
    living = Organisation.objects.living(on).with_state(on).filter(region=OuterRef("pk"))
    counted = living.societies().filter(Q(state__in=STANDING))
    near = living.filter(Q(state__in=ON_THE_WAY), kind__in=_filed_kinds(place, on))
    rows = communities.filter(pk__in=[pk for ids in need.values() for pk in ids]).select_related("town")
    have: Coalesce | Case = _count(counted)
    if narrow:
        have = Case(When(pk__in=narrow, then=_count(counted.filter(kind__in=_community_kinds(place, on)))), default=have)
    return rows.annotate(
        have=have,
        need=Case(*(When(pk__in=ids, then=Value(value)) for value, ids in need.items()), default=None, output_field=IntegerField()),
        on_the_way=_count(near),
    ).annotate(gap=Greatest(F("need") - F("have"), 0))


def on_the_way(community: Region, on: date) -> list[OnTheWay]:
    """The groups, preparing and lapsed organisations of a community: whoever lacks least for the filing comes first."""
    rows = (
        Organisation.objects.living(on)
        .with_state(on)
        .filter(Q(state__in=ON_THE_WAY), region=community, kind__in=_filed_kinds(community, on))
    )
    organisations = list(rows.order_by("name"))
    open_ones = Filing.objects.filter(organisation__in=organisations, state__in=sorted(OPEN)).prefetch_related("roster", "papers")
    applications = {filing.organisation_id: filing for filing in open_ones}
    policy = policy_for(community, on)
    refused = set(
        Filing.objects.filter(organisation__in=organisations, state=FilingState.REFUSED).values_list("organisation_id", flat=True)
    )
    found = [_near(policy, row, applications.get(row.pk), on, was_refused=row.pk in refused) for row in organisations]
    return sorted(found, key=lambda one: (one.application is None, one.was_refused, one.lacks))


def _near(policy: Policy, row: Organisation, application: Filing | None, on: date, *, was_refused: bool) -> OnTheWay:
    if application is not None:
        return OnTheWay(row, filing_findings(policy, application), application)
    return OnTheWay(row, findings(policy.conditions("filing"), register_standing(row, on)), None, was_refused)


def _needs(communities: QuerySet[Region], place: Region, on: date) -> tuple[dict[int, list[int]], list[int]]:
    """The communities by the number that they need, and those of which only community organisations count."""
    need: dict[int, list[int]] = defaultdict(list)
    narrow: list[int] = []
    try:
        targets = [target for target in policy_for(place, on).targets() if target.measure in {MEASURE, NARROW}]
    except NoPolicy:
        return need, narrow
    for community in communities:
        target = next((target for target in targets if target.applies_to(community)), None)
        if target is not None:
            need[_least(target)].append(community.pk)
            if target.measure == NARROW:
                narrow.append(community.pk)
    return need, narrow


def _community_kinds(place: Region, on: date) -> list[str]:
    """The kinds that the policy calls community organisations."""
    return [code.code for code in policy_for(place, on).codes("organisation_kinds") if code.extra.get("community")]


def _filed_kinds(place: Region, on: date) -> tuple[str, ...]:
    """Community organisations, and teams that become such when they are filed."""
    try:
        return (Kind.COMMUNITY_ORGANISATION, *growing_kinds(policy_for(place, on)))
    except NoPolicy:
        return (Kind.COMMUNITY_ORGANISATION,)


def _least(target: Target) -> int:
    """The smallest whole number that reaches the target."""
    least = int(target.value)
    return least if target.met_by(Decimal(least)) else least + 1


def _count(rows: QuerySet[Organisation]) -> Coalesce:
    counted = rows.order_by().values("region").annotate(times=Count("pk")).values("times")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
