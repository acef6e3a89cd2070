"""Mergers and splits: the tree of a past day stays as it was, today's tree follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Func, Max, Value
from psycopg.types.range import DateRange

from wushe.audit.actions import record
from wushe.audit.actions.recording import Actor
from wushe.kernel.clock import local_date
from wushe.regions.actions.subtrees import refresh_subtrees
from wushe.regions.errors import (
    ChangeInFuture,
    ChangeTooEarly,
    CodeMalformed,
    CodeTaken,
    LevelsDiffer,
    MergedIntoItself,
    NotItsChildren,
    SplitLeavesNothing,
    UnknownPlace,
)
from wushe.regions.models import Level, Region, Tenure
from wushe.regions.rules import CODE_LENGTH, pinyin_keys


@dataclass(frozen=True, slots=True)
class SplitDraft:
    """The region that comes into being: its code and name, and the ids of the children that go to it."""

    code: str
    name: str
    child_ids: tuple[int, ...] = ()


@transaction.atomic
def merge_regions(*, source_ids: Sequence[int], target_id: int, on: date, by: Actor, at: datetime) -> Region:
    """Let regions end on a day and their children go to another of the same level.

    Refuses: UnknownPlace, MergedIntoItself, LevelsDiffer, ChangeInFuture, ChangeTooEarly.
    Effects: Tenures of sources and children; sources end and stand below their successor; an audit entry for each source and the target.
    """
    regions = _lock([*source_ids, target_id])
    target, sources = regions[target_id], [regions[pk] for pk in dict.fromkeys(source_ids)]
    if target in sources:
        raise MergedIntoItself(code=target.code)
    for source in sources:
        if source.level != target.level:
            raise LevelsDiffer(code=source.code, target=target.code)
    children = list(Region.objects.select_for_update(of=("self",), no_key=True).filter(parent__in=sources, valid_until__isnull=True))
    _check_day([*sources, *children], [*sources, target], on=on, at=at)
    _move(children, target, on=on)
    _move(sources, target, on=on)
    ids = [source.pk for source in sources]
    Region.objects.filter(pk__in=ids).update(valid_until=on, successor=target)
    refresh_subtrees([*ids, *(child.pk for child in children)])
    data = {"on": on.isoformat(), "into": target.code}
    for source in sources:
        record(by=by, at=at, verb="regions.merged", subject=("region", source.code), name=source.full_name, data=data)
    taken = {"on": on.isoformat(), "took_in": [source.code for source in sources]}
    record(by=by, at=at, verb="regions.took_in", subject=("region", target.code), name=target.full_name, data=taken)
    target.refresh_from_db()
    return target


@transaction.atomic
def split_region(*, region_id: int, draft: SplitDraft, on: date, by: Actor, at: datetime) -> Region:
    """Make a new region beside another on a day, with some of its children. A community, which has none, keeps what was counted in it.

    Refuses: UnknownPlace, CodeMalformed, CodeTaken, NotItsChildren, SplitLeavesNothing, ChangeInFuture, ChangeTooEarly.
    Effects: a Region; Tenures; an audit entry for both regions.
    """
    region = _lock([region_id])[region_id]
    moving = _moving_children(region, draft.child_ids)
    if not (draft.code.isdecimal() and len(draft.code) == CODE_LENGTH):
        raise CodeMalformed(code=draft.code)
    if Region.objects.filter(code=draft.code, level=region.level, valid_until__isnull=True).exists():
        raise CodeTaken(code=draft.code)
    _check_day(moving, [region], on=on, at=at)
    initials, sort_key = pinyin_keys(draft.name, Level(region.level))
    new = Region.objects.create(
        code=draft.code,
        name=draft.name,
        initials=initials,
        sort_key=sort_key,
        level=region.level,
        parent_id=region.parent_id,
        settlement=region.settlement,
        counts_for_coverage=region.counts_for_coverage,
        valid_from=on,
    )
    if region.parent_id is not None:
        Tenure.objects.create(region=new, parent_id=region.parent_id, period=DateRange(on, None))
    _move(moving, new, on=on)
    refresh_subtrees([new.pk])
    new.refresh_from_db()
    split = {"on": on.isoformat(), "new": new.code, "moved": [child.code for child in moving]}
    record(by=by, at=at, verb="regions.split", subject=("region", region.code), name=region.full_name, data=split)
    origin = {"on": on.isoformat(), "out_of": region.code}
    record(by=by, at=at, verb="regions.split_off", subject=("region", new.code), name=new.full_name, data=origin)
    return new


def _lock(ids: Sequence[int]) -> dict[int, Region]:
    living = Region.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids, valid_until__isnull=True, parent__isnull=False)
    found = {region.pk: region for region in living.order_by("pk")}
    for pk in ids:
        if pk not in found:
            raise UnknownPlace(code=Region.objects.filter(pk=pk).values_list("code", flat=True).first() or str(pk))
    return found


def _moving_children(region: Region, child_ids: Sequence[int]) -> list[Region]:
    rows = Region.objects.select_for_update(of=("self",), no_key=True).filter(parent=region, valid_until__isnull=True)
    children = {child.pk: child for child in rows.order_by("pk")}
    strangers = [pk for pk in child_ids if pk not in children]
    if strangers:
        raise NotItsChildren(codes=tuple(Region.objects.filter(pk__in=strangers).order_by("code").values_list("code", flat=True)))
    if children and not 0 < len(set(child_ids)) < len(children):
        raise SplitLeavesNothing(code=region.code)
    return [children[pk] for pk in dict.fromkeys(child_ids)]


def _check_day(moving: Sequence[Region], around: Sequence[Region], *, on: date, at: datetime) -> None:
    """What moves must have stood in its place for a day; around it nothing may have happened later, on the same day it may."""
    if on > local_date(at):
        raise ChangeInFuture(on=on)
    first, last = Func(F("period"), function="lower"), Func(F("period"), function="upper")
    arrived = Tenure.objects.filter(region__in=moving).aggregate(day=Max(first))["day"]
    if arrived and on <= arrived:
        raise ChangeTooEarly(on=on, latest=arrived)
    events = Tenure.objects.filter(parent__in=around).aggregate(came=Max(first), went=Max(last))
    latest = max([region.valid_from for region in around] + [day for day in events.values() if day])
    if on < latest:
        raise ChangeTooEarly(on=on, latest=latest)


def _move(regions: Sequence[Region], target: Region, *, on: date) -> None:
    ids = [region.pk for region in regions]
    ended = Func(Func(F("period"), function="lower"), Value(on), function="daterange")
    Tenure.objects.filter(region__in=ids, period__upper_inf=True).update(period=ended)
    Tenure.objects.bulk_create(Tenure(region_id=pk, parent=target, period=DateRange(on, None)) for pk in ids)
    Region.objects.filter(pk__in=ids).update(parent=target)
