"""Stations that open: where they are found, and at which hours."""

from dataclasses import replace
from datetime import datetime, time

from wushe.accounts.models import User
from wushe.regions.models import Level, Region
from wushe.stations.actions import Hours, NewStation, open_station, set_hours
from wushe.stations.models import Station, StationLevel

MORNING, AFTERNOON = (time(8, 30), time(12)), (time(14), time(17, 30))
WORKDAYS, SATURDAY = range(1, 6), 6
# every third room of a community has somebody in the afternoon alone
SERIAL, THIRD = -3, 3


def open_with_hours(draft: NewStation, *, by: User, at: datetime) -> Station:
    """A station that opens with its address and its hours by weekday."""
    profile = replace(draft.profile, address=_address(draft.region))
    station = open_station(draft=replace(draft, profile=profile), by=by, at=at)
    set_hours(station=station, room_id=None, hours=_week(station), by=by, at=at)
    return station


def _address(region: Region) -> str:
    if region.level == Level.COMMUNITY:
        village = region.name.removesuffix("村委会")
        place = f"{village.removesuffix('村')}村" if village != region.name else region.name.removesuffix("居委会")
        return f"{region.town.name if region.town else ''}{place}党群服务中心一楼"
    return f"{region.name}{'便民服务中心一楼' if region.level == Level.TOWN else '政务服务中心三楼'}"


def _week(station: Station) -> tuple[Hours, ...]:
    if station.level != StationLevel.COMMUNITY:
        return (*(Hours(day, *span) for day in WORKDAYS for span in (MORNING, AFTERNOON)), Hours(SATURDAY, *MORNING))
    spans = (MORNING, AFTERNOON) if int(station.region.code[SERIAL:]) % THIRD else (AFTERNOON,)
    return tuple(Hours(day, *span) for day in WORKDAYS for span in spans)
