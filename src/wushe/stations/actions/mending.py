"""How a shortfall of a station is mended."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, settle
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired, NotFound
from wushe.kernel.workdays import end_of_day
from wushe.policies.queries import policy_for
from wushe.stations.actions.evidence import Evidence, keep_evidence
from wushe.stations.actions.life import lock_open_station
from wushe.stations.errors import NotInStandard, RemedyDueInPast, RemedyEnded, RemedyUnderWay
from wushe.stations.models import Remedy, Station
from wushe.stations.permissions import Permission
from wushe.stations.queries import standard_of, subject_of, unplanned

SUBJECT = 120


@dataclass(frozen=True, slots=True)
class RemedyDraft:
    """What is to be done about an item, how (a code of `remedy_modes`), for how many yuan, and by when."""

    item: str
    mode: str
    plan: str
    due_on: date
    cost: Decimal | None = None


@transaction.atomic
def plan_remedy(*, station: Station, draft: RemedyDraft, by: User, at: datetime) -> Remedy:
    """Say how a shortfall will be mended.

    Refuses: NotPermitted, StationClosed, NotInStandard, UnknownCode, FieldRequired, RemedyDueInPast, RemedyUnderWay.
    Effects: a Remedy; a to-do with its day; the to-do to plan is settled when no shortfall is left without one; audit.
    Policy: the standard of the station's level, the code list `remedy_modes`.
    """
    station = lock_open_station(Permission.PLAN_REMEDY, station, by, at)
    on = local_date(at)
    policy = policy_for(station.region, on)
    if draft.item not in {item.code for item in standard_of(station, policy)}:
        raise NotInStandard(item=draft.item)
    mode = policy.code("remedy_modes", draft.mode)
    if not draft.plan.strip():
        raise FieldRequired(name="plan")
    if draft.due_on < on:
        raise RemedyDueInPast(due_on=draft.due_on)
    known = station.remedies.filter(item=draft.item, ended_at__isnull=True).first()
    if known is not None:
        raise RemedyUnderWay(number=known.number)
    remedy = Remedy.objects.create(
        number=numbers.draw("remedy", place=station.region.county_code, on=on),
        station=station,
        item=draft.item,
        mode=mode.code,
        plan=draft.plan.strip(),
        cost=draft.cost,
        due_on=draft.due_on,
        planned_by=by,
        planned_at=at,
    )
    _record(Permission.PLAN_REMEDY, remedy, by, at, due_on=draft.due_on.isoformat())
    ask(
        step="finish_remedy",
        subject=("remedy", remedy.number, f"{station.name}：{remedy.plan}"[:SUBJECT]),
        permission=Permission.FINISH_REMEDY,
        region=station.region,
        at=at,
        due_at=end_of_day(draft.due_on),
    )
    if not unplanned([station], on)[station.pk]:
        settle(step="plan_remedy", subject=subject_of(station)[:2], at=at)
    return remedy


@transaction.atomic
def finish_remedy(*, number: str, outcome: str, file: Evidence | None, by: User, at: datetime) -> Remedy:
    """Say that a remedy is done, and what shows it. Whether the item is met now is for the next check.

    Refuses: NotPermitted, StationClosed, NotFound, RemedyEnded, FieldRequired, and what `store_file` refuses of the file.
    Effects: the Remedy's end; its to-do is settled; audit.
    """
    return _end(Permission.FINISH_REMEDY, number, outcome, is_done=True, file=file, by=by, at=at)


@transaction.atomic
def drop_remedy(*, number: str, reason: str, by: User, at: datetime) -> Remedy:
    """Give a remedy up, with the reason.

    Refuses: NotPermitted, StationClosed, NotFound, RemedyEnded, FieldRequired.
    Effects: the Remedy's end; its to-do is settled; audit.
    """
    return _end(Permission.DROP_REMEDY, number, reason, is_done=False, file=None, by=by, at=at)


def _end(step: Permission, number: str, words: str, *, is_done: bool, file: Evidence | None, by: User, at: datetime) -> Remedy:
    remedy = Remedy.objects.select_related("station__region").filter(number=number).first()
    if remedy is None:
        raise NotFound(kind="remedy", number=number)
    require(by, step, local_date(at), region=remedy.station.region)
    remedy.station = lock_open_station(step, remedy.station, by, at)
    remedy.refresh_from_db(fields=["ended_at"])
    if remedy.ended_at is not None:
        raise RemedyEnded(number=number)
    if not words.strip():
        raise FieldRequired(name="outcome")
    remedy.ended_at, remedy.is_done, remedy.outcome = at, is_done, words.strip()
    remedy.file = keep_evidence(file, by=by, at=at)
    remedy.save(update_fields=["ended_at", "is_done", "outcome", "file"])
    _record(step, remedy, by, at)
    settle(step="finish_remedy", subject=("remedy", number), at=at)
    return remedy


def _record(verb: Permission, remedy: Remedy, by: User, at: datetime, **more: str) -> None:
    station = remedy.station
    data = {"remedy": remedy.number, "item": remedy.item, **more}
    record(by=by, at=at, verb=verb, subject=("station", station.number), name=station.name, data=data)
