"""A station does what its policy gives it to do, and shows it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from wushe.accounts.models import User
from wushe.audit.actions import record
from wushe.inbox.actions import settle
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired, NotFound
from wushe.policies.queries import policy_for
from wushe.stations.actions.evidence import Evidence, keep_evidence
from wushe.stations.actions.life import lock_open_station
from wushe.stations.errors import DutyNotShown, DutyOutOfTime, DutyRecorded, DutyWithdrawn
from wushe.stations.models import DutyRecord, Station
from wushe.stations.permissions import Permission
from wushe.stations.queries import free_slot, open_duties, subject_of


@dataclass(frozen=True, slots=True)
class DutyDraft:
    """Which duty was done for which month, on which day, and what shows it: words, an address, a file."""

    duty: str
    year: int
    month: int
    done_on: date
    words: str = ""
    link: str = ""
    file: Evidence | None = None


@transaction.atomic
def record_duty(*, station: Station, draft: DutyDraft, by: User, at: datetime) -> DutyRecord:
    """Say that a duty was done for a month, and what shows it.

    Refuses: NotPermitted, StationClosed, NotADuty, DutyOutOfTime, DutyNotShown, DutyRecorded, and what `store_file` refuses of the file.
    Effects: a DutyRecord; audit; the to-do of the month's end is settled when nothing is left of it.
    Policy: the duties of the station's level.
    """
    station = lock_open_station(Permission.RECORD_DUTY, station, by, at)
    on = local_date(at)
    free_slot(station, draft.duty, draft.year, draft.month, on)
    earliest = max(station.opened_on, date(draft.year, 1, 1))
    if not earliest <= draft.done_on <= on:
        raise DutyOutOfTime(earliest=earliest, done_on=draft.done_on)
    words, link = draft.words.strip(), draft.link.strip()
    if not (words or link or draft.file):
        raise DutyNotShown
    done = DutyRecord(
        station=station,
        duty=draft.duty,
        year=draft.year,
        month=draft.month,
        done_on=draft.done_on,
        words=words,
        link=link,
        file=keep_evidence(draft.file, by=by, at=at),
        pack_version=policy_for(station.region, on).pack_version,
        recorded_by=by,
        recorded_at=at,
    )
    try:
        with transaction.atomic():
            done.save(force_insert=True)
    except IntegrityError as error:
        if "stations_duty_once_a_month" in str(error):
            raise DutyRecorded(done_on=draft.done_on) from error
        raise
    _record(Permission.RECORD_DUTY, done, by, at)
    if not open_duties([station], on)[station.pk]:
        settle(step="record_duty", subject=subject_of(station)[:2], at=at)
    return done


@transaction.atomic
def withdraw_duty(*, station: Station, record_id: int, reason: str, by: User, at: datetime) -> DutyRecord:
    """Take back what was recorded by mistake; the duty is open again.

    Refuses: NotPermitted, StationClosed, NotFound, DutyWithdrawn, FieldRequired.
    Effects: the DutyRecord's end; audit.
    """
    station = lock_open_station(Permission.WITHDRAW_DUTY, station, by, at)
    done = station.duty_records.filter(pk=record_id).first()
    if done is None:
        raise NotFound(kind="duty", number=str(record_id))
    if done.withdrawn_at is not None:
        raise DutyWithdrawn(duty=done.duty)
    if not reason.strip():
        raise FieldRequired(name="reason")
    done.withdrawn_at, done.reason = at, reason.strip()
    done.save(update_fields=["withdrawn_at", "reason"])
    _record(Permission.WITHDRAW_DUTY, done, by, at)
    return done


def _record(verb: Permission, done: DutyRecord, by: User, at: datetime) -> None:
    station = done.station
    data = {"duty": done.duty, "year": done.year, "month": done.month}
    record(by=by, at=at, verb=verb, subject=("station", station.number), name=station.name, data=data)
