from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from wushe.accounts.actions import create_body, update_body
from wushe.accounts.models import BodyKind, User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.regions.models import Level, Region
from wushe.stations.errors import (
    AreaInspected,
    AreaNotPositive,
    NoStationHere,
    OpeningInFuture,
    StationClosed,
    StationExists,
)
from wushe.stations.models import CheckKind, Station, StationKind, StationLevel
from wushe.stations.permissions import Permission
from wushe.stations.queries import area_origin

LEVELS = {Level.COUNTY: StationLevel.COUNTY, Level.TOWN: StationLevel.TOWN, Level.COMMUNITY: StationLevel.COMMUNITY}


@dataclass(frozen=True, slots=True)
class StationProfile:
    """What a station is, as far as it may be corrected."""

    name: str
    area_m2: Decimal | None = None
    address: str = ""
    opening_hours: str = ""


@dataclass(frozen=True, slots=True)
class NewStation:
    """A station that has opened. Its level is that of its region."""

    profile: StationProfile
    region: Region
    opened_on: date
    kind: StationKind = StationKind.SOCIAL_WORK


@transaction.atomic
def open_station(*, draft: NewStation, by: User, at: datetime) -> Station:
    """Enter a station that has opened, with the body at which its staff hold posts.

    Refuses: NotPermitted, NoStationHere, FieldRequired, AreaNotPositive, OpeningInFuture, StationExists.
    Effects: a Station; its Body; audit entries.
    """
    on, region, profile = local_date(at), draft.region, draft.profile
    require(by, Permission.OPEN_STATION, on, region=region)
    if region.level not in LEVELS:
        raise NoStationHere(region=str(region))
    _refuse_profile(profile)
    if draft.opened_on > on:
        raise OpeningInFuture(opened_on=draft.opened_on)
    number = numbers.draw("station", place=region.county_code, on=on)
    station = Station(
        number=number,
        body=create_body(name=profile.name, kind=BodyKind.STATION, region=region, by=by, at=at),
        name=profile.name,
        kind=draft.kind,
        level=LEVELS[Level(region.level)],
        region=region,
        area_m2=profile.area_m2,
        address=profile.address,
        opening_hours=profile.opening_hours,
        opened_on=draft.opened_on,
    )
    try:
        with transaction.atomic():
            station.save(force_insert=True)
    except IntegrityError as error:
        if "stations_one_per_region_on_a_day" in str(error):
            raise StationExists(region=str(region)) from error
        raise
    record(
        by=by,
        at=at,
        verb=Permission.OPEN_STATION,
        subject=("station", number),
        name=profile.name,
        data={"kind": str(station.kind), "level": str(station.level), "region": region.code, "opened_on": draft.opened_on.isoformat()},
    )
    return station


@transaction.atomic
def update_station(*, station: Station, profile: StationProfile, by: User, at: datetime) -> Station:
    """Correct what is known of a station. A floor space that was inspected is changed by the next inspection alone.

    Refuses: NotPermitted, StationClosed, FieldRequired, AreaNotPositive, AreaInspected.
    Effects: the Station; its Body's name; an audit entry that names the changed columns.
    """
    station = lock_open_station(Permission.UPDATE_STATION, station, by, at)
    _refuse_profile(profile)
    columns = asdict(profile)
    changed = [name for name, value in columns.items() if getattr(station, name) != value]
    if not changed:
        return station
    measured = area_origin(station, local_date(at))
    if "area_m2" in changed and measured is not None and measured.look.kind == CheckKind.INSPECTION:
        raise AreaInspected(area_m2=measured.value or Decimal(0), inspected_on=measured.look.checked_on)
    for name in changed:
        setattr(station, name, columns[name])
    station.save(update_fields=changed)
    if "name" in changed:
        update_body(body=station.body, name=profile.name, region=station.region, by=by, at=at)
    record(by=by, at=at, verb=Permission.UPDATE_STATION, subject=("station", station.number), name=station.name, data={"changed": changed})
    return station


def lock_open_station(permission: Permission, station: Station, by: User, at: datetime) -> Station:
    """The station, locked for a change that this person may make and that an open station allows."""
    locked = Station.objects.select_for_update(of=("self",), no_key=True).select_related("body", "region").get(pk=station.pk)
    require(by, permission, local_date(at), region=locked.region, body_id=locked.body_id)
    if locked.closed_on is not None:
        raise StationClosed(closed_on=locked.closed_on)
    return locked


def _refuse_profile(profile: StationProfile) -> None:
    if not profile.name.strip():
        raise FieldRequired(name="name")
    if profile.area_m2 is not None and profile.area_m2 <= 0:
        raise AreaNotPositive
