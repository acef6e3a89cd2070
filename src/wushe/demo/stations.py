"""How the stations stand: rooms, self-checks, inspections, and what is being mended."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from wushe.accounts.models import User
from wushe.demo.cast import Cast
from wushe.demo.data import SEED
from wushe.kernel.clock import local_date
from wushe.stations.actions import CheckDraft, FindingDraft, NewRoom, RemedyDraft, add_room, check_station, inspect_station, plan_remedy
from wushe.stations.models import Station, StationLevel
from wushe.stations.queries import Standing, standing_of

ROOMS = (("office", "办公室"), ("casework", "个案室"), ("group_work", "小组活动室"), ("meeting", "共享会议室"))
CHECKED, INSPECTED = timedelta(days=70), timedelta(days=40)


def furnish(cast: Cast, at: datetime) -> None:
    """Towns enter their rooms and check themselves; the county inspects every second of them, and some plan a remedy."""
    random = Random(SEED)  # noqa: S311 -- the same demonstration every time
    reviewer = cast.users["xianzhan"]
    towns = Station.objects.filter(level=StationLevel.TOWN).select_related("region__parent", "body").order_by("region__code")
    for order, station in enumerate(towns):
        head = cast.heads[station.region_id]
        for kind, name in random.sample(ROOMS, random.randint(2, 4)):
            draft = NewRoom((kind,), name, local_date(at - CHECKED), Decimal(random.randint(8, 20)))
            add_room(station=station, draft=draft, by=head, at=at - CHECKED)
        check_station(station=station, draft=_look(station, random, at - CHECKED), by=head, at=at - CHECKED)
        if order % 2 == 0:
            inspect_station(station=station, draft=_look(station, random, at - INSPECTED), by=reviewer, at=at - INSPECTED)
            _mend(station, head, at - INSPECTED + timedelta(days=3))


def _look(station: Station, random: Random, at: datetime) -> CheckDraft:
    on = local_date(at)
    findings = tuple(_finding(standing, random) for standing in standing_of(station, on) if not standing.item.is_booked)
    return CheckDraft(checked_on=on, findings=findings)


def _finding(standing: Standing, random: Random) -> FindingDraft:
    item = standing.item
    if item.at_least is None:
        there = bool(standing.known) if standing.known is not None else random.random() < 0.8
        return FindingDraft(item.code, met=there, evidence="现场查看" if there else "")
    value = standing.known if standing.known is not None else Decimal(random.randint(0, 2))
    return FindingDraft(item.code, value=value, evidence="现场丈量" if item.kind == "area" else "在岗名册")


def _mend(station: Station, head: User, at: datetime) -> None:
    modes = {"area": "rebuild", "staff": "appoint", "professionals": "appoint"}
    for standing in standing_of(station, local_date(at)):
        if standing.met is False and standing.remedy is None:
            plan = f"{standing.item.zh}：已列入改进计划，由镇街统筹落实"
            due = local_date(at) + timedelta(days=120)
            draft = RemedyDraft(standing.item.code, modes.get(standing.item.code, "other"), plan, due)
            plan_remedy(station=station, draft=draft, by=head, at=at)
            return
