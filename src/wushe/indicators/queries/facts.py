"""What the registers and books say of a region on a day, asked once for all the targets that count it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple, Protocol, TypeVar

from django.db.models import Q, QuerySet

from wushe.ledger.models import Entry, FundingSource
from wushe.ledger.queries import allotments, opened_sources
from wushe.organisations.facts import judged_organisations, living_bases, living_organisations
from wushe.organisations.models import IncubationBase, Kind
from wushe.organisations.states import State
from wushe.policies.queries import Policy, policies_for
from wushe.regions.models import Level, Pilot, Region
from wushe.regions.queries import ANCESTORS, LEVELS, PlacesOn
from wushe.stations.facts import living_stations_and_centres
from wushe.stations.models import Station, StationKind, StationLevel
from wushe.workforce.facts import (
    bodies_known,
    courses_known,
    licensed_at,
    postings_held,
    postings_known,
    posts_required,
    professionals,
    title_holders,
)
from wushe.workforce.models import Establishment

CITY = LEVELS.index(Level.CITY)
STANDING = (State.FILED, State.REGISTERED)


class Lies(Protocol):
    """A row that knows the ids of the places it lies in, from the province down."""

    @property
    def lies(self) -> Sequence[int | None]: ...


Lying = TypeVar("Lying", bound=Lies)


class Society(NamedTuple):
    """A social organisation that is filed or registered."""

    number: str
    name: str
    kind: str
    state: str
    purpose_class: str
    body_id: int | None
    professionals: int | None
    evidence: str
    lies: tuple[int | None, ...]


class Judged(NamedTuple):
    """A community organisation whose conditions to register are known."""

    number: str
    name: str
    state: str
    fit: bool
    lies: tuple[int | None, ...]


class Held(NamedTuple):
    """Somebody at work on the day."""

    worker_id: int
    worker: str
    position: str
    full_time: bool
    is_leader: bool
    licensed: bool
    grids: Sequence[str]
    lies: tuple[int | None, ...]


class Peopled(NamedTuple):
    """A place where somebody was ever posted."""

    lies: tuple[int | None, ...]


class Professional(NamedTuple):
    """Somebody with a certificate."""

    number: str
    lies: tuple[int | None, ...]


class Facts:
    """A region and everything that lay below it on a day, as the places stood that day. What no target asks for is not read."""

    def __init__(self, region: Region, on: date) -> None:
        self.day = PlacesOn(on)
        # as it stood on the day, which the caller's own row must not become
        self.region, self.on = self.day.stood([copy(region)])[0], on
        self._judged: dict[tuple[int, ...], list[Judged]] = {}
        self._marked: dict[tuple[int, str, str], frozenset[str]] = {}

    @property
    def here(self) -> Q:
        """The region as a filter for what has a `region`."""
        return self.day.under(self.region, "region")

    @cached_property
    def places(self) -> list[Region]:
        """The region and the places below it that count on the day, by code. Pseudo-units do not count."""
        rows = Region.objects.filter(self.day.under(self.region), self.day.counted()).existing(self.on)
        return self.day.stood(rows.order_by("code"))

    def below(self, place: Region, level: Level) -> list[Region]:
        """The counted places of a level in a place."""
        if place.level == Level.NATION:
            return [each for each in self.places if each.level == level]
        return self._below[level, place.level].get(place.pk, [])

    @cached_property
    def _below(self) -> Mapping[tuple[int, int], dict[int, list[Region]]]:
        found: Mapping[tuple[int, int], dict[int, list[Region]]] = defaultdict(lambda: defaultdict(list))
        for place in self.places:
            for above, name in zip(LEVELS, ANCESTORS, strict=True):
                ancestor = getattr(place, f"{name}_id")
                if ancestor is not None:
                    found[place.level, above][ancestor].append(place)
        return found

    @cached_property
    def policies(self) -> Mapping[int, Policy]:
        """By the id of the place, what holds there."""
        return policies_for({place.pk: place for place in (self.region, *self.places)}.values(), self.on)

    def marked(self, place: int, codes: str, mark: str) -> frozenset[str]:
        """The codes of a list that the policy of a place marks so, by the id of the place."""
        policy = self.policies[place]
        key = id(policy), codes, mark
        if key not in self._marked:
            self._marked[key] = frozenset(code.code for code in policy.codes(codes) if code.extra.get(mark))
        return self._marked[key]

    @cached_property
    def societies(self) -> list[Society]:
        """The filed and registered organisations, by name."""
        living: QuerySet[Any] = living_organisations(self.on)
        found = living.filter(self.here, state__in=STANDING).order_by("name", "number")
        shown = ("number", "name", "kind", "state", "purpose_class", "body", "professionals", "purpose_evidence")
        return [Society._make((*row[:8], row[8:])) for row in self._rows(found, *shown)]

    @cached_property
    def licensed(self) -> Mapping[int, int]:
        """How many licensed workers each agency has, by its body; without one it is not there."""
        return licensed_at({each.body_id for each in self.societies if each.kind == Kind.AGENCY and each.body_id is not None}, self.on)

    def judged(self, places: Sequence[Region]) -> list[Judged]:
        """The community organisations of some places whose conditions to register are known, by name."""
        asked = tuple(place.pk for place in places)
        if asked not in self._judged:
            found = judged_organisations(places, self.on).order_by("name", "number")
            self._judged[asked] = [Judged._make((*row[:4], row[4:])) for row in self._rows(found, "number", "name", "state", "fit")]
        return self._judged[asked]

    @cached_property
    def bases(self) -> list[IncubationBase]:
        """The incubation bases that are open."""
        return list(living_bases(self.on).filter(self.here))

    @cached_property
    def stations(self) -> list[Station]:
        """The stations and centres that are open, by the code of their place."""
        return list(living_stations_and_centres(self.on).filter(self.here).select_related("region").order_by("region__code"))

    def stations_of(self, level: StationLevel) -> dict[int, Station]:
        """The stations of social work of a level, by the id of their place."""
        return {row.region_id: row for row in self.stations if row.kind == StationKind.SOCIAL_WORK and row.level == level}

    @cached_property
    def staffed(self) -> set[int | None]:
        """The stations at which somebody was ever posted, by their bodies."""
        return set(bodies_known(self.on).filter(body__in=self._bodies).values_list("body", flat=True))

    @cached_property
    def staff(self) -> Mapping[int | None, list[tuple[str, bool]]]:
        """Who works full time at a station: the worker's number and whether it is somebody with a certificate, by body."""
        found: dict[int | None, list[tuple[str, bool]]] = defaultdict(list)
        held: QuerySet[Any] = postings_held(self.on).filter(body__in=self._bodies, full_time=True).order_by("worker__number")
        for body, worker, licensed in held.values_list("body", "worker__number", "licensed"):
            found[body].append((worker, licensed))
        return found

    @property
    def _bodies(self) -> list[int]:
        return [row.body_id for row in self.stations if row.kind == StationKind.SOCIAL_WORK]

    @cached_property
    def peopled(self) -> list[Peopled]:
        """The places where somebody was ever posted."""
        return [Peopled(row) for row in self._rows(postings_known(self.on).filter(self.here).order_by().distinct())]

    @cached_property
    def held(self) -> list[Held]:
        """Who is posted on the day, by the number of the posting."""
        shown = ("worker", "worker__number", "position", "full_time", "is_leader", "licensed", "grids")
        return [Held._make((*row[:7], row[7:])) for row in self._rows(postings_held(self.on).filter(self.here).order_by("number"), *shown)]

    @cached_property
    def titled(self) -> set[int]:
        """Who has the local title."""
        return title_holders(self.on)

    @cached_property
    def professionals(self) -> list[Professional]:
        """Who has a certificate, by number."""
        return [Professional(row[0], row[1:]) for row in self._rows(professionals(self.on).filter(self.here).order_by("number"), "number")]

    @cached_property
    def posts(self) -> list[Establishment]:
        """The documents that set up posts, by number."""
        return list(posts_required(self.on).filter(self.here).order_by("number"))

    @cached_property
    def taught(self) -> set[int]:
        """The places that have entered courses of the year."""
        return set(courses_known(self.on).filter(self.here).values_list("region", flat=True))

    @cached_property
    def pilots(self) -> list[Pilot]:
        """The pilot places of the cities in which the region and its places lie, by the code of the place."""
        cities = {place.city_id for place in (self.region, *self.places)} - {None}
        near = Q(region__city__in=cities) | Q(region__in=list(self.day.elsewhere))
        rows = Pilot.objects.named(self.on).filter(near).select_related("region").order_by("region__code", "since")
        return [pilot for pilot in rows if self.day.lies(pilot.region)[CITY] in cities]

    @cached_property
    def marks(self) -> Mapping[int, set[str]]:
        """The marks of `place_marks` that places have on the day, by place."""
        found: dict[int, set[str]] = defaultdict(set)
        for region, mark in Pilot.objects.marked(self.on).filter(self.here).values_list("region", "mark"):
            found[region].add(mark)
        return found

    @cached_property
    def given(self) -> list[Entry]:
        """What bodies received to run on in the year up to the day, from the counties of the region."""
        counties = {place.county_id for place in self.places} - {None}
        return list(allotments(date(self.on.year, 1, 1), self.on + timedelta(days=1)).filter(source__region__in=counties))

    @cached_property
    def sources(self) -> Mapping[int, list[FundingSource]]:
        """The source lines of the year, by place."""
        found: dict[int, list[FundingSource]] = defaultdict(list)
        for source in opened_sources([place.pk for place in self.places], self.on.year):
            found[source.region_id].append(source)
        return found

    def _rows(self, rows: QuerySet[Any, Any], *shown: str) -> Iterable[tuple[Any, ...]]:
        """Columns of rows, and then the ids of the places in which each lay on the day."""
        width = len(shown)
        for row in rows.values_list(*shown, "region", *(f"region__{name}" for name in ANCESTORS)):
            yield (*row[:width], *self.day.elsewhere.get(row[width], row[width + 1 :]))


def lying_in(rows: Iterable[Lying], places: Sequence[Region]) -> dict[int, list[Lying]]:
    """The rows by the place in which they lie, in their order; every place is there. All places are of one level."""
    found: dict[int, list[Lying]] = {place.pk: [] for place in places}
    if places:
        above = LEVELS.index(Level(places[0].level))
        for row in rows:
            place = row.lies[above]
            if place in found:
                found[place].append(row)
    return found
