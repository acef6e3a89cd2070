"""How a region counts: as a city community or a village, whether at all, and how many live there."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Func, Value
from psycopg.types.range import DateRange

from wushe.audit.actions import record
from wushe.audit.actions.recording import Actor
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.regions.errors import ChangeInFuture, ChangeTooEarly, UnknownPlace
from wushe.regions.models import CoveragePeriod, Population, Region, Settlement, SettlementPeriod


@transaction.atomic
def set_settlement(*, region_id: int, settlement: Settlement, on: date, by: Actor, at: datetime) -> Region:
    """Let a region count as urban or rural from a day on.

    Refuses: UnknownPlace, ChangeInFuture, ChangeTooEarly.
    Effects: SettlementPeriods, the region's settlement of today; an audit entry.
    """
    region = lock_region(region_id)
    before = SettlementPeriod(region=region, settlement=region.settlement)
    _begin(before, SettlementPeriod(region=region, settlement=settlement), on, local_date(at))
    data = {"from": region.settlement, "to": str(settlement), "on": on.isoformat()}
    region.settlement = settlement
    region.save(update_fields=["settlement"])
    record(by=by, at=at, verb="regions.settlement_set", subject=("region", region.code), name=region.full_name, data=data)
    return region


@transaction.atomic
def set_coverage(*, region_id: int, counts: bool, on: date, by: Actor, at: datetime) -> Region:
    """Let "all communities" of a policy mean this region too from a day on, or not any more.

    Refuses: UnknownPlace, ChangeInFuture, ChangeTooEarly.
    Effects: CoveragePeriods, the region's flag of today; an audit entry.
    """
    region = lock_region(region_id)
    before = CoveragePeriod(region=region, counts=region.counts_for_coverage)
    _begin(before, CoveragePeriod(region=region, counts=counts), on, local_date(at))
    region.counts_for_coverage = counts
    region.save(update_fields=["counts_for_coverage"])
    data = {"counts": counts, "on": on.isoformat()}
    record(by=by, at=at, verb="regions.coverage_set", subject=("region", region.code), name=region.full_name, data=data)
    return region


@transaction.atomic
def record_population(*, region_id: int, year: int, residents: int, source: str, by: Actor, at: datetime) -> Population:
    """Enter how many people live in a place by the count of a year, or correct it.

    Refuses: UnknownPlace, FieldRequired, ChangeInFuture.
    Effects: the Population of the year; an audit entry.
    """
    region = lock_region(region_id)
    if not source.strip():
        raise FieldRequired(name="source")
    if year > local_date(at).year:
        raise ChangeInFuture(on=date(year, 1, 1))
    said = {"residents": residents, "source": source.strip()}
    count, _made = Population.objects.update_or_create(region=region, year=year, defaults=said)
    data = {"year": year, "residents": residents}
    record(by=by, at=at, verb="regions.population_recorded", subject=("region", region.code), name=region.full_name, data=data)
    return count


def _begin(before: SettlementPeriod | CoveragePeriod, after: SettlementPeriod | CoveragePeriod, on: date, today: date) -> None:
    """End the running period of a mark on the day and begin the next; `before` is what held before its first."""
    periods, region = type(after).objects, after.region
    last = periods.filter(region=region, period__upper_inf=True).first()
    since = last.period.lower if last else region.valid_from
    if on > today:
        raise ChangeInFuture(on=on)
    if on <= since:
        raise ChangeTooEarly(on=on, latest=since)
    if last:
        ended = Func(Func(F("period"), function="lower"), Value(on), function="daterange")
        periods.filter(pk=last.pk).update(period=ended)
    else:
        before.period = DateRange(None, on)
        before.save(force_insert=True)
    after.period = DateRange(on, None)
    after.save(force_insert=True)


def lock_region(region_id: int) -> Region:
    """The living region, locked for a change. Raises UnknownPlace."""
    region = Region.objects.select_for_update(of=("self",), no_key=True).filter(pk=region_id, valid_until__isnull=True).first()
    if region is None:
        raise UnknownPlace(code=Region.objects.filter(pk=region_id).values_list("code", flat=True).first() or str(region_id))
    return region
