"""What the stations do through the year: their duties, the groups in their rooms, the things that they keep."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from wushe.accounts.models import User
from wushe.demo.cast import Cast
from wushe.demo.data import SEED
from wushe.kernel.clock import POLICY_ZONE, local_date
from wushe.stations.actions import (
    AssetDraft,
    BookingDraft,
    CommitmentDraft,
    DutyDraft,
    OfficeDraft,
    book_room,
    deliver_commitment,
    enter_asset,
    let_office,
    make_commitment,
    note_use,
    offer_office,
    record_duty,
    share_premises,
)
from wushe.stations.models import Room, Station, StationKind, StationLevel
from wushe.stations.queries import slots_in

GROUPS = (("夕阳红合唱队", "排练"), ("阳光少年课堂", "课后辅导"), ("巾帼手工社", "手工活动"), ("老兵志愿服务队", "例会"))
THINGS = (
    ("desks", "办公桌椅", 6, 4800),
    ("computers", "台式电脑", 3, 13500),
    ("printers", "激光打印机", 1, 1900),
    ("cabinets", "铁皮档案柜", 2, 1600),
)
# what the town offices promise their stations: kind, words, how many days ago, within how many days, whether it came
PROMISES = (
    ("premises", "在便民服务中心二楼提供一间办公室和一间个案室", 150, 60, "两间用房已交付，钥匙已移交"),
    ("equipment", "配齐办公桌椅和打印机", 60, 40, ""),
    ("service", "工作日每天至少一名社工在岗接待", 20, 40, ""),
)
SMALL = 20
# what was due longer ago is done everywhere; of what was due since then, a little was forgotten
LONG_AGO, FORGOTTEN = timedelta(days=70), 0.08
WEEKS, HOURS = 8, timedelta(hours=2)
FRIDAY, DAYS_OF_WEEK = 5, 7


def work(cast: Cast, at: datetime) -> None:
    """The stations and their rooms at work, some of them better than others."""
    random = Random(f"{SEED}working")  # noqa: S311 -- the same demonstration every time
    stations = Station.objects.filter(kind=StationKind.SOCIAL_WORK).select_related("region", "body").order_by("region__code")
    for station in stations:
        _duties(station, _head(station, cast), at, random)
    for order, station in enumerate(stations.filter(level__in=(StationLevel.COUNTY, StationLevel.TOWN))):
        by = _head(station, cast)
        _things(station, by, at, len(THINGS) - order % 3)
        if station.level == StationLevel.TOWN and order < len(PROMISES) + 1:
            _promise(station, by, at, PROMISES[: 1 + order % len(PROMISES)])
        if station.level == StationLevel.TOWN and order < len(PROMISES):
            _offices(station, cast, by, at)
        if order % 3 == 1:
            share_premises(station=station, functions=("party_service", "volunteer_station"), housed_in=None, by=by, at=at)
        for room in Room.objects.filter(station=station, is_open=True).order_by("pk")[: order % 3]:
            _use(station, room, by, at, random)


def _head(station: Station, cast: Cast) -> User:
    """Who answers for a station: the head of its town, for the county's own the county."""
    place = station.region
    return cast.heads.get(place.town_id or place.pk) or cast.heads.get(place.pk, cast.users["xianzhan"])


def _duties(station: Station, by: User, at: datetime, random: Random) -> None:
    on = local_date(at)
    for slot in slots_in(station, station.opened_on, on, on):
        if slot.due_on < on - LONG_AGO or random.random() >= FORGOTTEN:
            year, month = slot.due_on.year, slot.due_on.month
            earliest = max(station.opened_on, date(year, 1, 1))
            done_on = min(max(slot.due_on - timedelta(days=random.randint(-4, 20)), earliest), on)
            draft = DutyDraft(slot.duty.code, year, month, done_on, words=f"{slot.duty.zh}，材料已归档")
            record_duty(station=station, draft=draft, by=by, at=at)


def _things(station: Station, by: User, at: datetime, count: int) -> None:
    received = max(station.opened_on, local_date(at) - timedelta(days=500))
    for kind, name, quantity, cost in THINGS[:count]:
        draft = AssetDraft(kind, name, quantity, by.name, "fiscal", received, Decimal(cost))
        enter_asset(station=station, draft=draft, by=by, at=at)


def _promise(station: Station, by: User, at: datetime, rows: tuple[tuple[str, str, int, int, str], ...]) -> None:
    """What the office of the town promises the station, and what of it came."""
    for kind, text, ago, within, outcome in rows:
        made = at - timedelta(days=ago)
        on, due = local_date(made), local_date(made) + timedelta(days=within)
        draft = CommitmentDraft(kind, text, f"{station.region.name}便民服务办公室", on, due)
        row = make_commitment(station=station, draft=draft, by=by, at=made)
        if outcome:
            deliver_commitment(number=row.number, delivered_on=due - timedelta(days=5), outcome=outcome, file=None, by=by, at=at)


def _offices(station: Station, cast: Cast, by: User, at: datetime) -> None:
    """Space that the station gives away: one office taken, one free."""
    offered = max(station.opened_on, local_date(at) - timedelta(days=400))
    terms = "已登记的社会工作服务机构和社区社会组织均可申请，每次一年，水电自理"
    for name, area in (("二楼办公室", 28), ("一楼小间", 12)):
        draft = OfficeDraft(name, Decimal(area), Decimal(area * 20), terms, offered)
        office = offer_office(station=station, draft=draft, by=by, at=at)
        if area > SMALL:
            tenant = next(iter(cast.agencies.values()))
            until, paper = local_date(at) + timedelta(days=20), "场地使用协议（演示数据）"
            let_office(number=office.number, organisation=tenant, agreement=paper, since=offered, agreed_until=until, by=by, at=at)


def _use(station: Station, room: Room, by: User, at: datetime, random: Random) -> None:
    """A group has the room every week; what became of it is noted, but for the last time."""
    holder, purpose = random.choice(GROUPS)
    first = local_date(at) - timedelta(days=7 * WEEKS - random.randint(0, 5))
    first = max(first, room.used_from)
    if first.isoweekday() > FRIDAY:
        # the station is closed on Saturday afternoon and on Sunday
        first += timedelta(days=DAYS_OF_WEEK + 1 - first.isoweekday())
    starts = datetime.combine(first, time(random.choice((9, 14, 15))), tzinfo=POLICY_ZONE)
    draft = BookingDraft(holder, purpose, starts, starts + HOURS, WEEKS + 2)
    bookings = book_room(station=station, room_id=room.pk, draft=draft, by=by, at=min(starts, at))
    over = [booking for booking in bookings if booking.ends_at < at]
    for booking in over[:-1]:
        came = random.random() < 0.9
        minutes, persons = (random.randint(70, 130), random.randint(6, 24)) if came else (0, 0)
        note_use(number=booking.number, minutes=minutes, persons=persons, by=by, at=at)
