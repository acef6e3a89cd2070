"""Two rates that a policy may want at 100 %: registered among those that meet the conditions to register, filed among those that do not.

Of whom the register does not know enough to say either stands beside them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db.models import BigIntegerField, BooleanField, Case, Count, F, Q, QuerySet, Value, When

from wushe.organisations.models import Kind, Organisation
from wushe.organisations.queries.filings import EASY, easy_fields, registration_findings
from wushe.organisations.rules import fails, meets, missing
from wushe.organisations.states import State
from wushe.policies.errors import NoPolicy
from wushe.policies.queries import Condition, Policy, packs_on, policy_for
from wushe.regions.models import Level, Region
from wushe.regions.queries import ANCESTORS, LEVELS, PlacesOn

COUNTY = LEVELS.index(Level.COUNTY)
YES, NO = Value(value=True), Value(value=False)
BELOW = {Level.NATION: "province", Level.PROVINCE: "city", Level.CITY: "county", Level.COUNTY: "town", Level.TOWN: "community"}


class Rate(StrEnum):
    """Which of the two, or those of whom it is not known to which they belong."""

    REGISTERED = "registered"
    FILED = "filed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Rates:
    """Both rates of a place: out of `fit` are `registered`, out of `unfit` are `filed`. Of `unknown` it is not known whether they meet the conditions."""

    place: Region
    fit: int
    registered: int
    unfit: int
    filed: int
    unknown: int = 0

    @property
    def registered_share(self) -> Decimal | None:
        """None: nobody meets the conditions."""
        return Decimal(self.registered) / self.fit if self.fit else None

    @property
    def filed_share(self) -> Decimal | None:
        """None: of nobody it is known that the conditions are not met."""
        return Decimal(self.filed) / self.unfit if self.unfit else None


def judged_in(places: Sequence[Region], on: date) -> QuerySet[Organisation]:
    """Living community organisations of the places, with `state` and `fit`: whether they meet the conditions of their county to register;
    None: nothing on record says that they do not, and not everything that they do.

    Whoever is registered was found to meet them. Where no policy holds nobody is judged. Places and counties are those of the day.
    """
    day = PlacesOn(on)
    rows = Organisation.objects.living(on).with_state(on).filter(day.under_any(places, "region"), kind=Kind.COMMUNITY_ORGANISATION)
    policies = _policies(places, day)
    fit = [When(_judged(policy, on, meets) & day.in_counties(counties, "region"), then=YES) for policy, counties in policies]
    unfit = [When(_judged(policy, on, fails) & day.in_counties(counties, "region"), then=NO) for policy, counties in policies]
    judged = [county for _policy, counties in policies for county in counties]
    registered = When(registered_on__lte=on, then=YES)
    return rows.filter(day.in_counties(judged, "region")).annotate(
        fit=Case(registered, *fit, *unfit, default=None, output_field=BooleanField(null=True))
    )


def _judged(policy: Policy, on: date, judge: Callable[[Iterable[Condition], date], Q]) -> Q:
    """By the conditions to register, or by the lighter ones for those that work in the easy fields alone."""
    easy, full = easy_fields(policy), judge(policy.conditions("registration"), on)
    if not easy:
        return full
    light = Q(service_fields__contained_by=sorted(easy)) & ~Q(service_fields=[])
    return (light & judge(policy.conditions(EASY), on)) | (~light & full)


def rated(rows: QuerySet[Organisation], rate: Rate) -> QuerySet[Organisation]:
    """The rows of a rate's denominator, with `counted`: whether the numerator counts them. Of those not known the filed ones are counted."""
    state = State.REGISTERED if rate == Rate.REGISTERED else State.FILED
    counted = Case(When(Q(state=state), then=YES), default=NO, output_field=BooleanField())
    group = Q(fit__isnull=True) if rate == Rate.UNKNOWN else Q(fit=rate == Rate.REGISTERED)
    return rows.filter(group).annotate(counted=counted)


def rates_of(place: Region, on: date) -> list[Rates]:
    """The place as a whole, then every place that was right below it on the day and has organisations."""
    column = BELOW.get(Level(place.level))
    rows = judged_in([place], on)
    whole = _counted(rows, Value(place.pk))
    parts = _counted(rows, _part(column, PlacesOn(on))) if column else {}
    below = Region.objects.filter(pk__in=[pk for pk in parts if pk != place.pk]).order_by("code")
    return [Rates(place, *whole.get(place.pk, (0, 0, 0, 0, 0))), *(Rates(part, *parts[part.pk]) for part in below)]


def lacks_to_register(on: date) -> Callable[[Organisation], tuple[Condition, ...]]:
    """Asks for an organisation's conditions to register that it does not meet; the policy of a county is read once."""
    policies: dict[int | None, Policy] = {}

    def lacks(row: Organisation) -> tuple[Condition, ...]:
        county = row.region.county_id
        if county not in policies:
            policies[county] = policy_for(row.region, on)
        return missing(registration_findings(policies[county], row, on))

    return lacks


def _part(column: str, day: PlacesOn) -> Case:
    """In which place of a level an organisation lay on the day."""
    moved: dict[int | None, list[int]] = defaultdict(list)
    for pk, lies in day.elsewhere.items():
        moved[lies[ANCESTORS.index(column)]].append(pk)
    then = [When(region__in=pks, then=Value(part)) for part, pks in moved.items()]
    return Case(*then, default=F(f"region__{column}"), output_field=BigIntegerField())


def _counted(rows: QuerySet[Organisation], at: Value | Case) -> dict[int, tuple[int, int, int, int, int]]:
    counts = (
        rows.order_by()
        .values(at=at)
        .annotate(
            of_fit=Count("pk", filter=Q(fit=True)),
            registered=Count("pk", filter=Q(state=State.REGISTERED)),
            of_unfit=Count("pk", filter=Q(fit=False)),
            filed=Count("pk", filter=Q(fit=False, state=State.FILED)),
            unknown=Count("pk", filter=Q(fit__isnull=True)),
        )
    )
    return {row["at"]: (row["of_fit"], row["registered"], row["of_unfit"], row["filed"], row["unknown"]) for row in counts}


def _policies(places: Sequence[Region], day: PlacesOn) -> list[tuple[Policy, list[int]]]:
    """The policies of the counties in which the places lie, or which lie in them; counties under the same packs go together."""
    own = Q(pk__in={day.lies(place)[COUNTY] for place in places} - {None})
    counties = day.stood(Region.objects.filter(own | day.under_any(places), level=Level.COUNTY).order_by("code"))
    ruled = {pack.region_id for pack in packs_on(day.on)}
    alike: dict[frozenset[int], list[Region]] = defaultdict(list)
    for county in counties:
        alike[frozenset(county.ancestor_ids) & ruled].append(county)
    found = []
    for same in alike.values():
        with suppress(NoPolicy):
            found.append((policy_for(same[0], day.on), [county.pk for county in same]))
    return found
