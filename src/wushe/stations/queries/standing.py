"""How stations stand against the standard of their level: what the register knows, what they say, what others found."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet, Sum

from wushe.accounts.queries import Scope, scope_of
from wushe.files.models import File
from wushe.kernel.workdays import end_of_day
from wushe.ledger.queries import allotments
from wushe.policies.queries import Policy, StandardItem, policies_for
from wushe.stations.models import Asset, Check, CheckKind, DutyRecord, Finding, Remedy, Room, Station, StationKind
from wushe.stations.permissions import Permission
from wushe.stations.queries.staffing import StaffCount, counted_staff

# the item whose value is the floor space in the register
AREA = "area"
# under which the packs keep the standards of each kind, before the level
PREFIXES = {StationKind.SOCIAL_WORK: "station", StationKind.SERVICE_CENTRE: "service_centre"}


@dataclass(frozen=True, slots=True)
class Standing:
    """One item: what the registers know (m2, persons, rooms, things, yuan of the year; None: they do not), the last self-check, the last inspection, the open remedy."""

    item: StandardItem
    known: Decimal | None
    said: Finding | None
    found: Finding | None
    remedy: Remedy | None

    @property
    def met(self) -> bool | None:
        """What others found goes before what the station says, and that before what the register knows; None while nobody knows.

        People are counted by their postings alone, as the targets count them: what somebody saw on another day is no staff of this one.
        """
        if self.item.is_posted:
            return None if self.known is None else self.known >= (self.item.at_least or 1)
        looked = self.found or self.said
        if looked is not None:
            return looked.met
        if self.known is None or self.item.is_open_area:
            return None
        return self.known >= (self.item.at_least or 1)

    @property
    def differs(self) -> bool:
        """Whether the station says one thing and others found another."""
        return bool(self.said and self.found and (self.said.met, self.said.value) != (self.found.met, self.found.value))


def standard_of(station: Station, policy: Policy) -> tuple[StandardItem, ...]:
    """What the policy asks of a station of this kind, level and settlement; a number that is meant for others is left out."""
    asked = policy.standard(f"{PREFIXES[StationKind(station.kind)]}_{station.level}")
    return tuple(
        replace(item, at_least=None) if item.at_least_for and item.at_least_for not in station.functions else item
        for item in asked
        if item.settlement in ("", station.region.settlement)
    )


def standing_of(station: Station, on: date) -> list[Standing]:
    """One station, item by item."""
    return standings_of([station], on)[station.pk]


def standings_of(stations: Sequence[Station], on: date) -> Mapping[int, list[Standing]]:
    """Many stations at once, in a handful of queries."""
    ids = [station.pk for station in stations]
    said, found = (_last_findings(ids, kind, on) for kind in (CheckKind.SELF, CheckKind.INSPECTION))
    remedies = {(remedy.station_id, remedy.item): remedy for remedy in _remedies(ids, on)}
    rooms, things = _rooms(ids, on), _things(ids, on)
    policies = policies_for([station.region for station in stations], on)
    books = _Books(counted_staff([station.body_id for station in stations], on), _money(stations, policies, on), _measured_later(ids, on))
    standings = {}
    for station in stations:
        standings[station.pk] = [
            Standing(
                item,
                _known(item, station, rooms[station.pk], things.get(station.pk), books),
                said.get((station.pk, item.code)),
                found.get((station.pk, item.code)),
                remedies.get((station.pk, item.code)),
            )
            for item in standard_of(station, policies[station.region_id])
        ]
    return standings


def area_origin(station: Station, on: date) -> Finding | None:
    """What the floor space in the register rests on: the last measure of an inspection by the day, else of a self-check; None: on nothing but its entry."""
    rows = Finding.objects.filter(look__station=station, look__checked_on__lte=on, item=AREA, value__gt=0).select_related("look", "file")
    by_kind = {row.look.kind: row for row in rows.order_by("look__checked_on", "look__pk")}
    return by_kind.get(CheckKind.INSPECTION) or by_kind.get(CheckKind.SELF)


def may_open_finding(user: Any, file: File, on: date) -> bool:
    """Whether a file shows something of a station that this person may see."""
    looks = Station.objects.filter(checks__findings__file=file)
    remedies = Station.objects.filter(remedies__file=file)
    duties = Station.objects.filter(pk__in=DutyRecord.objects.filter(file=file).values("station"))
    promised = Station.objects.filter(commitments__file=file)
    scope = scope_of(user, Permission.VIEW_STATIONS, on)
    shown = Q(pk__in=looks) | Q(pk__in=remedies) | Q(pk__in=duties) | Q(pk__in=promised)
    return Station.objects.filter(scope.where("region", "body"), shown).exists()


class RemedyState(StrEnum):
    """How a remedy stands on a day."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    DROPPED = "dropped"


REMEDY_STATES: Mapping[RemedyState, Callable[[date], Q]] = {
    RemedyState.OPEN: lambda _on: Q(ended_at__isnull=True),
    RemedyState.OVERDUE: lambda on: Q(ended_at__isnull=True, due_on__lt=on),
    RemedyState.DONE: lambda _on: Q(ended_at__isnull=False, is_done=True),
    RemedyState.DROPPED: lambda _on: Q(ended_at__isnull=False, is_done=False),
}


def remedies_in(scope: Scope, state: str, on: date) -> QuerySet[Remedy]:
    """The remedies of the stations in the scope, of one state or of all."""
    rows = Remedy.objects.filter(scope.where("station__region", "station__body"))
    if state:
        rows = rows.filter(REMEDY_STATES[RemedyState(state)](on))
    return rows.select_related("station__region__town")


def unplanned(stations: Sequence[Station], on: date) -> Mapping[int, set[str]]:
    """By station the items that others looked at and that are short, without those that are being mended or were mended since that look."""
    done: dict[tuple[int, str], datetime] = {}
    for remedy in Remedy.objects.filter(station__in=stations, is_done=True, ended_at__isnull=False).order_by("ended_at"):
        assert remedy.ended_at is not None  # noqa: S101 -- asked for above
        done[remedy.station_id, remedy.item] = remedy.ended_at
    return {
        pk: {row.item.code for row in rows if _waits(row, done.get((pk, row.item.code)))} for pk, rows in standings_of(stations, on).items()
    }


def _waits(row: Standing, mended_at: datetime | None) -> bool:
    if row.found is None or row.met is not False or row.remedy is not None:
        return False
    return mended_at is None or mended_at < row.found.look.at


def _remedies(station_ids: Iterable[int], on: date) -> QuerySet[Remedy]:
    """Those that were under way at the end of the day."""
    over = end_of_day(on)
    running = Q(ended_at__isnull=True) | Q(ended_at__gt=over)
    return Remedy.objects.filter(running, station__in=station_ids, planned_at__lte=over).order_by("planned_at")


def _last_findings(station_ids: Iterable[int], kind: CheckKind, on: date) -> dict[tuple[int, str], Finding]:
    last = (
        Check.objects.filter(station__in=station_ids, kind=kind, checked_on__lte=on)
        .order_by("station", "-checked_on", "-pk")
        .distinct("station")
    )
    rows = Finding.objects.filter(look__in=last.values("pk")).select_related("look", "file")
    return {(row.look.station_id, row.item): row for row in rows}


def _rooms(station_ids: Iterable[int], on: date) -> Mapping[int, Mapping[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for station_id, kinds in Room.objects.used(on).filter(station__in=station_ids).values_list("station_id", "kinds"):
        for kind in kinds:
            found[station_id][kind] += 1
    return found


def _things(station_ids: Iterable[int], on: date) -> Mapping[int, Mapping[str, int]]:
    """How many things of each kind, by station; stations without a list are missing."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for station_id, kind, quantity in Asset.objects.kept(on).filter(station__in=station_ids).values_list("station_id", "kind", "quantity"):
        found[station_id][kind] += quantity
    return found


def _money(stations: Sequence[Station], policies: Mapping[int, Policy], on: date) -> Mapping[int, Decimal]:
    """What each station received out of the public budget in the year; one that received nothing at all is missing."""
    fiscal = {
        station.body_id: {code.code for code in policies[station.region_id].codes("funding_sources") if code.extra.get("fiscal")}
        for station in stations
    }
    given = allotments(date(on.year, 1, 1), on + timedelta(days=1)).filter(agency__in=list(fiscal))
    money: dict[int, Decimal] = defaultdict(Decimal)
    for body, kind, total in given.order_by().values_list("agency", "source__kind").annotate(total=Sum("amount")):
        money[body] += total if kind in fiscal[body] else 0
    return money


def _measured_later(station_ids: Iterable[int], on: date) -> frozenset[int]:
    rows = Finding.objects.filter(look__station__in=station_ids, look__checked_on__gt=on, item=AREA, value__gt=0)
    return frozenset(rows.values_list("look__station", flat=True))


@dataclass(frozen=True, slots=True)
class _Books:
    """What other registers say of stations: the people posted there, yuan; and whose floor space in the register is that of a later day."""

    staff: Mapping[int, StaffCount]
    money: Mapping[int, Decimal]
    measured_later: frozenset[int]


def _known(
    item: StandardItem, station: Station, rooms: Mapping[str, int], things: Mapping[str, int] | None, books: _Books
) -> Decimal | None:
    known: Decimal | int | None = None
    match item.kind:
        case "area":
            known = None if station.pk in books.measured_later else station.area_m2
        case "money":
            known = books.money.get(station.body_id)
        case "function" if station.functions:
            known = int(item.function in station.functions)
        case "equipment" if things is not None:
            known = things.get(item.code, 0)
        case "room":
            known = rooms.get(item.room, 0)
        case "staff" | "professionals" if station.body_id in books.staff:
            count = books.staff[station.body_id]
            known = count.full_time if item.kind == "staff" else count.licensed
    return None if known is None else Decimal(known)
