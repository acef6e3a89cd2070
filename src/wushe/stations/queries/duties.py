"""What stations have to do in the months of a year, and what of it they did."""

import calendar
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import StrEnum

from wushe.policies.queries import Duty, Policy, policies_for
from wushe.stations.errors import DutyRecorded, NotADuty
from wushe.stations.models import DutyRecord, Station, StationKind
from wushe.stations.queries.standing import PREFIXES

REMIND_DAYS = "duties.remind_days"
LONGEST_MONTH = timedelta(days=31)


class SlotState(StrEnum):
    """How a duty stands for a month: `due` while the month runs."""

    DONE = "done"
    LATE = "late"
    MISSING = "missing"
    DUE = "due"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Slot:
    """A duty by the end of a month, with what shows that it was done."""

    duty: Duty
    due_on: date
    done: DutyRecord | None
    state: SlotState


@dataclass(frozen=True, slots=True)
class DutyTally:
    """Of the months that are over or done: how many were due, how many done, how many not; `planned` counts the whole time."""

    due: int
    done: int
    missing: int
    planned: int

    @property
    def share(self) -> float | None:
        """None while nothing was due."""
        return self.done / self.due if self.due else None


def duties_of(station: Station, policy: Policy) -> tuple[Duty, ...]:
    """What the policy gives a station of this kind and level to do."""
    return policy.duties(duty_section(station))


def duty_section(station: Station) -> str:
    """Under which name packs keep the duties of this kind and level."""
    return f"{PREFIXES[StationKind(station.kind)]}_{station.level}"


def slots_in(station: Station, first: date, last: date, on: date) -> list[Slot]:
    """The duties of one station whose months end in the days [first, last], by duty and month."""
    return slots_of([station], first, last, on)[station.pk]


def free_slot(station: Station, duty: str, year: int, month: int, on: date) -> Slot:
    """A duty in a month for which nothing shows yet that it was done. Raises NotADuty, DutyRecorded."""
    slots = slots_in(station, date(year, 1, 1), date(year, 12, 31), on) if MINYEAR <= year <= MAXYEAR else []
    slot = next((slot for slot in slots if (slot.duty.code, slot.due_on.month) == (duty, month)), None)
    if slot is None:
        raise NotADuty(duty=duty)
    if slot.done is not None:
        raise DutyRecorded(done_on=slot.done.done_on)
    return slot


def slots_of(stations: Sequence[Station], first: date, last: date, on: date) -> Mapping[int, list[Slot]]:
    """The same for many stations, in one query and the policies of their places.

    Only months count in which the station was open from the first day to the last; what was recorded for another one stays.
    """
    records = _records([station.pk for station in stations], first.year, last.year)
    policies = policies_for([station.region for station in stations], min(on, last))
    found = {}
    for station in stations:
        found[station.pk] = [
            Slot(duty, due_on, done, _state(due_on, done, on))
            for duty in duties_of(station, policies[station.region_id])
            for due_on in _ends(duty.months, first, last)
            for done in [records[station.pk].get((duty.code, due_on.year, due_on.month))]
            if done is not None or _open(station, due_on)
        ]
    return found


def open_duties(stations: Sequence[Station], on: date) -> Mapping[int, list[Slot]]:
    """Of each station the duties of which nothing shows that they were done, though their month is over or ends within the days of the policy.

    It looks back to the begin of the year, in January to that of the last one.
    """
    first = date((on - LONGEST_MONTH).year, 1, 1)
    slots = slots_of(stations, first, on + LONGEST_MONTH, on)
    policies = policies_for([station.region for station in stations], on)
    found = {}
    for station in stations:
        days = policies[station.region_id].value(REMIND_DAYS)
        soon = on + timedelta(days=int(days.value) if days else 0)
        found[station.pk] = [slot for slot in slots[station.pk] if slot.done is None and slot.due_on <= soon]
    return found


def tally_of(slots: Iterable[Slot]) -> DutyTally:
    """How a set of duties stands."""
    states = [slot.state for slot in slots]
    done = sum(state in {SlotState.DONE, SlotState.LATE} for state in states)
    missing = states.count(SlotState.MISSING)
    return DutyTally(due=done + missing, done=done, missing=missing, planned=len(states))


def _records(ids: Iterable[int], first: int, last: int) -> Mapping[int, dict[tuple[str, int, int], DutyRecord]]:
    found: dict[int, dict[tuple[str, int, int], DutyRecord]] = defaultdict(dict)
    rows = DutyRecord.objects.filter(station__in=ids, year__gte=first, year__lte=last, withdrawn_at__isnull=True)
    for row in rows.select_related("file", "recorded_by"):
        found[row.station_id][row.duty, row.year, row.month] = row
    return found


def _ends(months: Iterable[int], first: date, last: date) -> list[date]:
    ends = [date(year, month, calendar.monthrange(year, month)[1]) for year in range(first.year, last.year + 1) for month in months]
    return [end for end in ends if first <= end <= last]


def _open(station: Station, end: date) -> bool:
    return station.opened_on <= end.replace(day=1) and (station.closed_on is None or end < station.closed_on)


def _state(due_on: date, done: DutyRecord | None, on: date) -> SlotState:
    if done is not None:
        return SlotState.DONE if done.done_on <= due_on else SlotState.LATE
    if due_on < on:
        return SlotState.MISSING
    return SlotState.DUE if (due_on.year, due_on.month) == (on.year, on.month) else SlotState.AHEAD
