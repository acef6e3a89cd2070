"""How far stations have come: stages whose criteria stand in the pack and are computed from what the registers hold."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Max

from wushe.policies.queries import MaturityCriterion, MaturityStage, policies_for
from wushe.stations.models import Check, CheckKind, Station, StationKind
from wushe.stations.queries.duties import Slot, slots_of, tally_of
from wushe.stations.queries.rooms import hours_of_use
from wushe.stations.queries.standing import PREFIXES, Standing, standings_of

YEAR = timedelta(days=365)
DAYS_OF_A_MONTH = 30.4


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion: what was found (a number in the unit of what is wanted), and whether it is met; None while nobody knows."""

    criterion: MaturityCriterion
    actual: Decimal | None
    met: bool | None


@dataclass(frozen=True, slots=True)
class Maturity:
    """The stages with their criteria; `stage` is the last of which all criteria, and all of those before it, are met."""

    stages: tuple[tuple[MaturityStage, tuple[Judged, ...]], ...]

    @property
    def stage(self) -> MaturityStage | None:
        """None without stages, or before the first."""
        reached = None
        for stage, criteria in self.stages:
            if not all(judged.met for judged in criteria):
                break
            reached = stage
        return reached


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of the stations."""

    standings: Mapping[int, list[Standing]]
    inspected: Mapping[int, date]
    slots: Mapping[int, list[Slot]]
    hours: Mapping[int, Decimal]
    on: date


def maturity_of(stations: Sequence[Station], on: date) -> Mapping[int, Maturity]:
    """Many stations at once, in a handful of queries."""
    ids = [station.pk for station in stations]
    last = Check.objects.filter(station__in=ids, kind=CheckKind.INSPECTION, checked_on__lte=on).order_by().values_list("station")
    slots = slots_of(stations, on - YEAR, on, on)
    facts = _Facts(standings_of(stations, on), dict(last.annotate(day=Max("checked_on"))), slots, hours_of_use(ids, on - YEAR, on), on)
    policies = policies_for([station.region for station in stations], on)
    found = {}
    for station in stations:
        stages = policies[station.region_id].maturity(PREFIXES[StationKind(station.kind)])
        found[station.pk] = Maturity(tuple((stage, tuple(_judge(each, station, facts) for each in stage.criteria)) for stage in stages))
    return found


def _judge(criterion: MaturityCriterion, station: Station, facts: _Facts) -> Judged:
    if criterion.wanted is None:
        return Judged(criterion, None, station.closed_on is None)
    actual = _ACTUAL[criterion.check](station, facts)
    if actual is None:
        return Judged(criterion, None, None)
    wanted = Decimal(str(criterion.wanted.value))
    return Judged(criterion, actual, actual <= wanted if criterion.check == "inspected" else actual >= wanted)


def _standard(station: Station, facts: _Facts) -> Decimal | None:
    marks = [standing.met for standing in facts.standings[station.pk]]
    return Decimal(marks.count(True)) / len(marks) if marks else None


def _inspected(station: Station, facts: _Facts) -> Decimal | None:
    last = facts.inspected.get(station.pk)
    return None if last is None else Decimal(round((facts.on - last).days / DAYS_OF_A_MONTH))


def _duties(station: Station, facts: _Facts) -> Decimal | None:
    tally = tally_of(facts.slots[station.pk])
    return Decimal(tally.done) / tally.due if tally.due else None


def _room_use(station: Station, facts: _Facts) -> Decimal | None:
    return facts.hours.get(station.pk)


_ACTUAL: Mapping[str, Callable[[Station, _Facts], Decimal | None]] = {
    "standard": _standard,
    "inspected": _inspected,
    "duties": _duties,
    "room_use": _room_use,
}
