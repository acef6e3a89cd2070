"""Two rates that a policy may want at 100 %: registered among those that meet the conditions to register, filed among the others."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Value, When

from wushe.organisations.models import Kind, Organisation
from wushe.organisations.queries.filings import EASY, easy_fields, registration_findings
from wushe.organisations.rules import meets, missing
from wushe.organisations.states import State
from wushe.policies.errors import NoPolicy
from wushe.policies.queries import Condition, Policy, packs_on, policy_for
from wushe.regions.models import Level, Region

YES, NO = Value(value=True), Value(value=False)
BELOW = {Level.NATION: "province", Level.PROVINCE: "city", Level.CITY: "county", Level.COUNTY: "town", Level.TOWN: "community"}


class Rate(StrEnum):
    """Which of the two."""

    REGISTERED = "registered"
    FILED = "filed"


@dataclass(frozen=True, slots=True)
class Rates:
    """Both rates of a place: out of `fit` are `registered`, out of `unfit` are `filed`."""

    place: Region
    fit: int
    registered: int
    unfit: int
    filed: int

    @property
    def registered_share(self) -> Decimal | None:
        """None: nobody meets the conditions."""
        return Decimal(self.registered) / self.fit if self.fit else None

    @property
    def filed_share(self) -> Decimal | None:
        """None: everybody meets the conditions."""
        return Decimal(self.filed) / self.unfit if self.unfit else None


def judged_in(places: Sequence[Region], on: date) -> QuerySet[Organisation]:
    """Living community organisations of the places, with `state` and `fit`: whether they meet the conditions of their county to register.

    Whoever is registered was found to meet them. Where no policy holds nobody is judged.
    """
    rows = Organisation.objects.living(on).with_state(on).filter(_under(places, "region__"), kind=Kind.COMMUNITY_ORGANISATION)
    policies = _policies(places, on)
    fit = [When(_fit(policy, on), region__county__in=counties, then=YES) for policy, counties in policies]
    judged = [county for _policy, counties in policies for county in counties]
    registered = When(registered_on__lte=on, then=YES)
    return rows.filter(region__county__in=judged).annotate(fit=Case(registered, *fit, default=NO, output_field=BooleanField()))


def _fit(policy: Policy, on: date) -> Q:
    """The conditions to register, or the lighter ones for those that work in the easy fields alone."""
    easy, full = easy_fields(policy), meets(policy.conditions("registration"), on)
    if not easy:
        return full
    light = Q(service_fields__contained_by=sorted(easy)) & ~Q(service_fields=[])
    return (light & meets(policy.conditions(EASY), on)) | (~light & full)


def rated(rows: QuerySet[Organisation], rate: Rate) -> QuerySet[Organisation]:
    """The rows of a rate's denominator, with `counted`: whether the numerator counts them."""
    state = State.REGISTERED if rate == Rate.REGISTERED else State.FILED
    counted = Case(When(Q(state=state), then=YES), default=NO, output_field=BooleanField())
    return rows.filter(Q(fit=rate == Rate.REGISTERED)).annotate(counted=counted)


def rates_of(place: Region, on: date) -> list[Rates]:
    """The place as a whole, then every place right below it that has organisations."""
    column = BELOW.get(Level(place.level))
    rows = judged_in([place], on)
    whole = _counted(rows, Value(place.pk))
    parts = _counted(rows, F(f"region__{column}")) if column else {}
    below = Region.objects.filter(pk__in=[pk for pk in parts if pk != place.pk]).order_by("code")
    return [Rates(place, *whole.get(place.pk, (0, 0, 0, 0))), *(Rates(part, *parts[part.pk]) for part in below)]


def lacks_to_register(on: date) -> Callable[[Organisation], tuple[Condition, ...]]:
    """Asks for an organisation's conditions to register that it does not meet; the policy of a county is read once."""
    policies: dict[int | None, Policy] = {}

    def lacks(row: Organisation) -> tuple[Condition, ...]:
        county = row.region.county_id
        if county not in policies:
            policies[county] = policy_for(row.region, on)
        return missing(registration_findings(policies[county], row, on))

    return lacks


def _counted(rows: QuerySet[Organisation], at: Value | F) -> dict[int, tuple[int, int, int, int]]:
    counts = (
        rows.order_by()
        .values(at=at)
        .annotate(
            of_fit=Count("pk", filter=Q(fit=True)),
            registered=Count("pk", filter=Q(state=State.REGISTERED)),
            of_unfit=Count("pk", filter=Q(fit=False)),
            filed=Count("pk", filter=Q(fit=False, state=State.FILED)),
        )
    )
    return {row["at"]: (row["of_fit"], row["registered"], row["of_unfit"], row["filed"]) for row in counts}


def _under(places: Sequence[Region], prefix: str = "") -> Q:
    condition = Q(pk__in=[])
    for place in places:
        if place.level == Level.NATION:
            return Q(pk__isnull=False)
        condition |= Q(**{f"{prefix}{place.ancestor_column}": place.pk})
    return condition


def _policies(places: Sequence[Region], on: date) -> list[tuple[Policy, list[int]]]:
    """The policies of the counties in which the places lie, or which lie in them; counties under the same packs go together."""
    own = Q(pk__in={place.county_id for place in places if place.county_id is not None})
    counties = Region.objects.filter(own | _under(places), level=Level.COUNTY).order_by("code")
    ruled = {pack.region_id for pack in packs_on(on)}
    alike: dict[frozenset[int], list[Region]] = defaultdict(list)
    for county in counties:
        alike[frozenset(county.ancestor_ids) & ruled].append(county)
    found = []
    for same in alike.values():
        with suppress(NoPolicy):
            found.append((policy_for(same[0], on), [county.pk for county in same]))
    return found
