from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from wushe.accounts.models import Post
from wushe.kernel.errors import NotFound
from wushe.regions.models import Region
from wushe.stations.models import Station

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


def station_of(region: Region, on: date) -> Station | None:
    """The station of exactly this region on the day; the database allows one."""
    return Station.objects.living(on).filter(region=region).select_related("body", "region").first()


def stations_under(region: Region, on: date) -> QuerySet[Station]:
    """Stations open on the day in the region and below, from the county's down, by region code."""
    return (
        Station.objects.living(on)
        .filter(region__in=Region.objects.under(region))
        .select_related("body", "region")
        .order_by("region__level", "region__code")
    )


def staff_on(station: Station, on: date) -> Staff:
    """The people with staff posts at the station's body on the day."""
    posts = Post.objects.held(on).filter(body=station.body_id, role__in=STAFF_ROLES, user__is_active=True).values_list("user_id", "role")
    persons: set[int] = set()
    by_role: dict[str, int] = {}
    for user_id, role in posts:
        persons.add(user_id)
        by_role[role] = by_role.get(role, 0) + 1
    return Staff(persons=len(persons), posts_by_role=by_role)
