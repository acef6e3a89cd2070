"""Where a station stands among others: under one roof with them, and under which of them it works."""

from datetime import date, datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.audit.actions import record
from wushe.kernel.clock import local_date
from wushe.policies.queries import policy_for
from wushe.stations.actions.life import lock_open_station
from wushe.stations.errors import NoHost, NotAbove, TieOutOfTime
from wushe.stations.models import Station, StationLevel, Tie
from wushe.stations.permissions import Permission
from wushe.stations.queries import HEIGHTS


@transaction.atomic
def share_premises(*, station: Station, functions: tuple[str, ...], housed_in: Station | None, by: User, at: datetime) -> Station:
    """Say which other signs hang at the door, and in which station's floor space this one stands.

    Refuses: NotPermitted, StationClosed, UnknownCode, NoHost.
    Effects: the Station's functions and host; audit. Its own floor space stays and is counted once in sums.
    Policy: the code list `station_functions`.
    """
    if housed_in is not None:
        housed_in = _lock_both(station, housed_in)
    station = lock_open_station(Permission.SHARE_PREMISES, station, by, at)
    policy = policy_for(station.region, local_date(at))
    codes = [policy.code("station_functions", code).code for code in dict.fromkeys(functions)]
    if housed_in is not None and (housed_in.pk == station.pk or housed_in.closed_on or housed_in.housed_in_id or station.houses.exists()):
        raise NoHost(name=housed_in.name)
    station.functions, station.housed_in = codes, housed_in
    station.save(update_fields=["functions", "housed_in"])
    data = {"functions": codes, "housed_in": housed_in.number if housed_in else ""}
    record(by=by, at=at, verb=Permission.SHARE_PREMISES, subject=("station", station.number), name=station.name, data=data)
    return station


@transaction.atomic
def tie_station(*, station: Station, above: Station, since: date, by: User, at: datetime) -> Tie:
    """Let another station guide this one from a day on. Without a tie, it is the nearest one above by place.

    Refuses: NotPermitted, StationClosed, NotAbove, TieOutOfTime.
    Effects: a Tie; the end of the one before; audit.
    """
    station = lock_open_station(Permission.TIE_STATION, station, by, at)
    if above.kind != station.kind or above.closed_on or HEIGHTS[StationLevel(above.level)] >= HEIGHTS[StationLevel(station.level)]:
        raise NotAbove(name=above.name)
    last = station.ties.filter(until__isnull=True).first()
    earliest = max(station.opened_on, above.opened_on, last.since if last else station.opened_on)
    if not earliest <= since <= local_date(at):
        raise TieOutOfTime(since=since)
    if last is not None:
        last.until = since
        last.save(update_fields=["until"])
    tie = Tie.objects.create(station=station, above=above, since=since)
    data = {"above": above.number, "since": since.isoformat()}
    record(by=by, at=at, verb=Permission.TIE_STATION, subject=("station", station.number), name=station.name, data=data)
    return tie


def _lock_both(station: Station, host: Station) -> Station:
    """The host as it stands now, locked with the station in one order: two that move into each other at one moment cannot both."""
    rows = Station.objects.select_for_update(no_key=True).filter(pk__in={station.pk, host.pk}).order_by("pk")
    return {row.pk: row for row in rows}[host.pk]
