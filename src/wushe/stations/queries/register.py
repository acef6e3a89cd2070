from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from wushe.accounts.models import Post
from wushe.accounts.queries import Scope
from wushe.kernel.errors import NotFound
from wushe.regions.models import Level, Region
from wushe.stations.models import Station, StationKind, StationLevel

HEIGHTS = {StationLevel.COUNTY: Level.COUNTY, StationLevel.TOWN: Level.TOWN, StationLevel.COMMUNITY: Level.COMMUNITY}
STAFF_ROLES = frozenset({"county_station", "town_station_head", "social_worker", "community_worker"})


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works at a station on a day: people counted once, posts by role. How many are licensed is not known: None, which is not 0."""

    persons: int
    posts_by_role: Mapping[str, int]
    professionals: None = None


def station_by_number(number: str) -> Station:
    """The station with its body and region. Raises NotFound."""
    try:
        return Station.objects.select_related("body", "region").get(number=number)
    except Station.DoesNotExist as error:
        raise NotFound(kind="station", number=number) from error


def subject_of(station: Station) -> tuple[str, str, str]:
    """(kind, number, name) for the inbox."""
    return ("station", station.number, station.name)


@dataclass(frozen=True, slots=True)
class StationFilter:
    """What the register is narrowed to; empty means everything."""

    text: str = ""
    region: Region | None = None
    kind: str = ""
    level: str = ""
    closed: bool = False


def stations_in(scope: Scope, chosen: StationFilter, on: date) -> QuerySet[Station]:
    """The stations in the scope that pass the filter: those open on the day, or those closed by then."""
    open_then = Q(pk__in=Station.objects.living(on).values("pk"))
    stations = Station.objects.filter(scope.where("region", "body"), ~open_then if chosen.closed else open_then)
    if chosen.region is not None:
        stations = stations.filter(Scope(regions=(chosen.region,)).where("region"))
    if chosen.kind:
        stations = stations.filter(kind=chosen.kind)
    if chosen.level:
        stations = stations.filter(level=chosen.level)
    if chosen.text:
        stations = stations.filter(Q(name__contains=chosen.text) | Q(number=chosen.text))
    return stations.select_related("region", "region__town", "body")


def places_without(scope: Scope, level: StationLevel, on: date) -> QuerySet[Region]:
    """The places of the scope that count and have no station of social work of the level on the day, by code."""
    has = Station.objects.living(on).filter(region=OuterRef("pk"), kind=StationKind.SOCIAL_WORK)
    places = Region.objects.filter(_below(scope), level=HEIGHTS[level], valid_until__isnull=True).counted()
    return places.filter(~Exists(has)).select_related("town").order_by("code")


def _below(scope: Scope) -> Q:
    if any(region.level == Level.NATION for region in scope.regions):
        return Q()
    return reduce(or_, (Q(**{region.ancestor_column: region.pk}) for region in scope.regions), Q(pk__in=[]))


def station_of(region: Region, on: date) -> Station | None:
    """The station of social work of exactly this region on the day; the database allows one."""
    return Station.objects.living(on).filter(region=region, kind=StationKind.SOCIAL_WORK).select_related("body", "region").first()


def stations_under(region: Region, on: date) -> QuerySet[Station]:
    """Stations open on the day in the region and below, from the county's down, by region code."""
    return (
        Station.objects.living(on)
        .filter(region__in=Region.objects.under(region))
        .select_related("body", "region")
        .order_by("region__level", "region__code")
    )


def staff_posts(stations: Sequence[Station], on: date) -> QuerySet[Post]:
    """The posts of those who work at the stations: at the station's body, or at exactly its place."""
    at = Q(body__in=[station.body_id for station in stations]) | Q(region__in=[station.region_id for station in stations])
    return Post.objects.held(on).filter(at, role__in=STAFF_ROLES, user__is_active=True)


def staff_on(station: Station, on: date) -> Staff:
    """The people with staff posts at the station or at its place on the day."""
    posts = staff_posts([station], on).values_list("user_id", "role")
    persons: set[int] = set()
    by_role: dict[str, int] = {}
    for user_id, role in posts:
        persons.add(user_id)
        by_role[role] = by_role.get(role, 0) + 1
    return Staff(persons=len(persons), posts_by_role=by_role)
