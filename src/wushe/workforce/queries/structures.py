"""The bodies of a community that a policy names: who sits in them, for how long, and what is missing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from wushe.accounts.queries import Scope
from wushe.kernel.errors import NotFound
from wushe.policies.queries import Code, Policy
from wushe.regions.models import Level, Region
from wushe.stations.models import Station, StationKind
from wushe.workforce.models import Posting, Term
from wushe.workforce.queries.communities import under

BODIES = "community_bodies"
STRUCTURE_STATES = ("no_term", "term_over", "nobody")


@dataclass(frozen=True, slots=True)
class BodyStanding:
    """One body of a community on a day: the term that runs or ran last, the members by their postings, the station where it is one."""

    body: Code
    term: Term | None
    runs: bool
    members: tuple[Posting, ...]
    station: Station | None

    @property
    def state(self) -> str:
        """One of STRUCTURE_STATES, or nothing where all is in order; what is missing most comes first."""
        if not self.members:
            return "nobody"
        if self.runs or self.is_station:
            return ""
        return "term_over" if self.term else "no_term"

    @property
    def is_station(self) -> bool:
        """Whether it is the station, which nobody elects."""
        return not self.body.extra.get("elected")


def bodies_of(policy: Policy) -> tuple[Code, ...]:
    """The bodies that the policy names in a community, in its order."""
    return tuple(body for body in policy.codes(BODIES) if not body.retired) if BODIES in policy.code_lists() else ()


def elected_bodies(policy: Policy) -> tuple[Code, ...]:
    """Those with terms."""
    return tuple(body for body in bodies_of(policy) if body.extra.get("elected"))


def structured_places(scope: Scope, policy: Policy, state: str, on: date) -> QuerySet[Region, Any]:
    """The communities of the scope that count; with a state of STRUCTURE_STATES, those with a body that stands so."""
    rows = Region.objects.existing(on).counted().filter(under(scope), level=Level.COMMUNITY)
    if state:
        rows = rows.filter(_standings(policy, on)[state])
    return rows.select_related("town", "county")


def structures_of(places: Iterable[Region], policy: Policy, on: date) -> Mapping[int, list[BodyStanding]]:
    """The bodies of some communities, in three queries."""
    ids = [place.pk for place in places]
    terms: dict[tuple[int, str], Term] = {}
    for term in Term.objects.standing().filter(region__in=ids, since__lte=on).order_by("since"):
        before = terms.get((term.region_id, term.body))
        if before is None or before.until <= on or term.until > on:
            terms[term.region_id, term.body] = term
    stations = {station.region_id: station for station in _stations(on).filter(region__in=ids)}
    here: dict[tuple[int, str], list[Posting]] = defaultdict(list)
    at_body: dict[int | None, list[Posting]] = defaultdict(list)
    for posting in Posting.objects.held(on).filter(region__in=ids).select_related("worker__region").order_by("since", "pk"):
        here[posting.region_id, posting.position].append(posting)
        at_body[posting.body_id].append(posting)

    def standing(pk: int, body: Code) -> BodyStanding:
        if not body.extra.get("elected"):
            station = stations.get(pk)
            return BodyStanding(body, None, runs=False, members=tuple(at_body[station.body_id]) if station else (), station=station)
        term = terms.get((pk, body.code))
        members = (posting for position in body.extra["positions"] for posting in here[pk, position])
        return BodyStanding(body, term, runs=term is not None and term.until > on, members=tuple(members), station=None)

    return {pk: [standing(pk, body) for body in bodies_of(policy)] for pk in ids}


def terms_of(place: Region) -> QuerySet[Term]:
    """Every term of a community, the newest first; those withdrawn too."""
    return Term.objects.filter(region=place).order_by("-since", "body", "-pk")


def term_by_number(number: str, scope: Scope) -> Term:
    """A term of the scope. Raises NotFound."""
    found = Term.objects.filter(scope.where("region"), number=number).select_related("region__town", "region__county").first()
    if found is None:
        raise NotFound(kind="term", number=number)
    return found


def _stations(on: date) -> QuerySet[Station]:
    return Station.objects.living(on).filter(kind=StationKind.SERVICE_CENTRE)


def _standings(policy: Policy, on: date) -> dict[str, Q]:
    """What each of STRUCTURE_STATES means for a row."""
    here = Posting.objects.held(on).filter(region=OuterRef("pk"))
    terms = Term.objects.standing().filter(region=OuterRef("pk"), since__lte=on)
    found = dict.fromkeys(STRUCTURE_STATES, Q(pk__in=[]))
    for body in bodies_of(policy):
        if body.extra.get("elected"):
            own = terms.filter(body=body.code)
            manned = Q(Exists(here.filter(position__in=body.extra["positions"])))
            found["no_term"] |= manned & ~Q(Exists(own))
            found["term_over"] |= manned & Q(Exists(own)) & ~Q(Exists(own.filter(until__gt=on)))
        else:
            manned = Q(Exists(here.filter(body__station__in=_stations(on))))
        found["nobody"] |= ~manned
    return found


def unsettled_in(places: QuerySet[Region, Any], policy: Policy, on: date) -> dict[str, int]:
    """How many of the places stand in each of STRUCTURE_STATES."""
    return {state: places.filter(meaning).count() for state, meaning in _standings(policy, on).items()}
