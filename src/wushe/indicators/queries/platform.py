"""The platform of social work in communities: the parts that a policy names, each a light that the registers switch on."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from wushe.indicators.queries.figures import Row
from wushe.kernel.money import shown
from wushe.ledger.models import FundingSource
from wushe.ledger.queries import allotments
from wushe.organisations.models import Kind, Organisation
from wushe.policies.queries import Code, policy_where
from wushe.projects.models import ProjectNeed
from wushe.projects.states import ProjectState
from wushe.regions.models import Level, Region
from wushe.regions.queries import PlacesOn
from wushe.stations.models import Room, Station
from wushe.workforce.facts import postings_held, postings_known, posts_required

PARTS = "platform_parts"
VOLUNTEERS = "volunteers"
RUNNING = (ProjectState.CONTRACTED, ProjectState.DELIVERING, ProjectState.IN_ACCEPTANCE)
PAID = (*RUNNING, ProjectState.ACCEPTED, ProjectState.CLOSED)


@dataclass(frozen=True, slots=True)
class Light:
    """One part in one community: on, off, or None while no register says; with the rows that show it."""

    part: Code
    on: bool | None
    rows: tuple[Row, ...]


Found = Mapping[int, tuple[bool | None, tuple[Row, ...]]]


def lights_of(communities: Sequence[Region], on: date) -> Mapping[int, tuple[Light, ...]]:
    """The lights of some communities under one policy, in the same few queries for one and for many. A part without a fact is never known."""
    if not communities:
        return {}
    parts = [code for code in policy_where(communities[:1], on).codes(PARTS) if not code.retired]
    found = {part.code: FACTS[part.code](communities, on) for part in parts if part.code in FACTS}
    unknown: tuple[bool | None, tuple[Row, ...]] = (None, ())
    return {place.pk: tuple(Light(part, *found.get(part.code, {}).get(place.pk, unknown)) for part in parts) for place in communities}


def _body(communities: Sequence[Region], on: date) -> Found:
    """An agency that has its seat here, or that delivers a project for the needs of people here."""
    rows = _organisations(communities, on)
    running = _projects(communities, RUNNING)
    found = {}
    for place in communities:
        seated = tuple(Row("organisation", each.number, each.name) for each in rows[place.pk] if each.kind == Kind.AGENCY)
        shown = (*seated, *running[place.pk])
        found[place.pk] = (bool(shown) or (False if rows[place.pk] else None), shown)
    return found


def _posts(communities: Sequence[Region], on: date) -> Found:
    """A post of social work that a document sets up, and somebody with a certificate who works in such a post full time; a place without both
    registers is not known.
    """
    ids = [place.pk for place in communities]
    policy = policy_where(communities[:1], on)
    social_work = {code.code for code in policy.codes("positions") if code.extra.get("social_work")}
    posts: dict[int, list[Row]] = defaultdict(list)
    for post in posts_required(on).filter(region__in=ids, position__in=social_work).order_by("number"):
        posts[post.region_id].append(Row("establishment", post.number, f"{post.document} × {post.posts}"))
    people: dict[int, list[Row]] = defaultdict(list)
    for held in postings_held(on).filter(region__in=ids, position__in=social_work, full_time=True).order_by("number"):
        if held.licensed:  # type: ignore[attr-defined]  # an annotation of the query
            people[held.region_id].append(Row("worker", held.worker.number, held.worker.number))
    known = set(postings_known(on).filter(region__in=ids).values_list("region", flat=True)) | set(posts)
    return {pk: (bool(posts[pk] and people[pk]) if pk in known else None, (*posts[pk], *people[pk])) for pk in ids}


def _volunteers(communities: Sequence[Region], on: date) -> Found:
    """A team of volunteers with its seat here, or a community organisation that was one before it was filed."""
    kinds = {code.code for code in policy_where(communities[:1], on).codes("organisation_kinds") if code.extra.get(VOLUNTEERS)}
    found = {}
    for pk, organisations in _organisations(communities, on).items():
        rows = tuple(Row("organisation", each.number, each.name) for each in organisations if {each.kind, each.grown_from} & kinds)
        found[pk] = (bool(rows) or (False if organisations else None), rows)
    return found


def _place(communities: Sequence[Region], on: date) -> Found:
    """A station or centre of its own with floor space or a room in use; one of which neither is known says nothing."""
    ids = [place.pk for place in communities]
    stations: dict[int, list[Station]] = defaultdict(list)
    for station in Station.objects.living(on).filter(region__in=ids).order_by("number"):
        stations[station.region_id].append(station)
    rooms = set(Room.objects.used(on).filter(station__region__in=ids).values_list("station", flat=True))
    found: dict[int, tuple[bool | None, tuple[Row, ...]]] = {}
    for pk in ids:
        shown = tuple(Row("station", each.number, each.name) for each in stations[pk])
        usable = any(each.area_m2 is not None or each.pk in rooms for each in stations[pk])
        found[pk] = (usable or (None if shown else False), shown)
    return found


def _funds(communities: Sequence[Region], on: date) -> Found:
    """Money of the year: given to a station here, or promised to a project for the needs of people here. A county that books nothing is not known."""
    ids = [place.pk for place in communities]
    start = date(on.year, 1, 1)
    counties = {place.county_id for place in communities}
    booking = set(FundingSource.objects.filter(region__in=counties, year=on.year).values_list("region", flat=True))
    rows: dict[int, list[Row]] = defaultdict(list)
    given = allotments(start, on + timedelta(days=1)).filter(agency__station__region__in=ids)
    for entry in given.select_related("agency__station"):
        assert entry.agency is not None  # noqa: S101 -- the filter asks for its station
        rows[entry.agency.station.region_id].append(Row("entry", entry.number, f"{entry.source.name} {shown(entry.amount)}"))
    for pk, projects in _projects(communities, PAID, ends_after=start).items():
        rows[pk] += projects
    return {
        place.pk: (bool(rows[place.pk]) or (False if place.county_id in booking else None), tuple(rows[place.pk])) for place in communities
    }


def _organisations(communities: Sequence[Region], on: date) -> Mapping[int, list[Organisation]]:
    found: dict[int, list[Organisation]] = {place.pk: [] for place in communities}
    for row in Organisation.objects.living(on).filter(region__in=list(found)).order_by("name"):
        found[row.region_id].append(row)
    return found


def _projects(communities: Sequence[Region], states: Iterable[str], *, ends_after: date | None = None) -> Mapping[int, list[Row]]:
    """The projects in some states that answer needs of each community, once each."""
    found: dict[int, dict[str, Row]] = {place.pk: {} for place in communities}
    rows = ProjectNeed.objects.filter(need__region__in=list(found), project__state__in=list(states))
    if ends_after is not None:
        rows = rows.filter(project__ends_on__gte=ends_after)
    for place, number, title in rows.order_by("project__number").values_list("need__region", "project__number", "project__title"):
        found[place][number] = Row("project", number, title)
    return {pk: list(projects.values()) for pk, projects in found.items()}


FACTS: Mapping[str, Callable[[Sequence[Region], date], Found]] = {
    "body": _body,
    "posts": _posts,
    "volunteers": _volunteers,
    "place": _place,
    "funds": _funds,
}


def communities_in(place: Region, on: date) -> QuerySet[Region]:
    """The communities and villages under a place that count on the day."""
    day = PlacesOn(on)
    rows = Region.objects.filter(day.under(place), day.counted()).existing(on)
    return rows.filter(level=Level.COMMUNITY).select_related("town", "county")
