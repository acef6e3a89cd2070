"""What is openly promised to a station, by when, and whether it came."""

from dataclasses import dataclass
from datetime import date, datetime

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
from wushe.stations.errors import CommitmentEnded, CommitmentOutOfTime
from wushe.stations.models import Commitment, Station
from wushe.stations.permissions import Permission

SUBJECT = 120


@dataclass(frozen=True, slots=True)
class CommitmentDraft:
    """What is promised (`kind`: a code of `commitment_kinds`), by whom, when, and by when it is to come."""

    kind: str
    text: str
    promised_by: str
    promised_on: date
    due_on: date


@transaction.atomic
def make_commitment(*, station: Station, draft: CommitmentDraft, by: User, at: datetime) -> Commitment:
    """Record what is promised to a station; everybody can read it.

    Refuses: NotPermitted, StationClosed, UnknownCode, FieldRequired, CommitmentOutOfTime.
    Effects: a Commitment; a to-do with its day; audit.
    Policy: the code list `commitment_kinds`.
    """
    station = lock_open_station(Permission.MAKE_COMMITMENT, station, by, at)
    on = local_date(at)
    policy = policy_for(station.region, on)
    kind = policy.code("commitment_kinds", draft.kind)
    for name in ("text", "promised_by"):
        if not getattr(draft, name).strip():
            raise FieldRequired(name=name)
    _in_time("promised_on", draft.promised_on, last=on)
    _in_time("due_on", draft.due_on, first=draft.promised_on)
    commitment = Commitment.objects.create(
        number=numbers.draw("commitment", place=station.region.county_code, on=on),
        station=station,
        kind=kind.code,
        text=draft.text.strip(),
        promised_by=draft.promised_by.strip(),
        promised_on=draft.promised_on,
        due_on=draft.due_on,
        made_by=by,
        pack_version=policy.pack_version,
    )
    _record(Permission.MAKE_COMMITMENT, commitment, by, at, due_on=draft.due_on.isoformat())
    ask(
        step="deliver_commitment",
        subject=("commitment", commitment.number, f"{station.name}：{commitment.text}"[:SUBJECT]),
        permission=Permission.DELIVER_COMMITMENT,
        region=station.region,
        at=at,
        due_at=end_of_day(draft.due_on),
    )
    return commitment


@transaction.atomic
def deliver_commitment(*, number: str, delivered_on: date, outcome: str, file: Evidence | None, by: User, at: datetime) -> Commitment:
    """Say that what was promised has come, and what shows it.

    Refuses: NotPermitted, StationClosed, NotFound, CommitmentEnded, FieldRequired, CommitmentOutOfTime, and what
    `store_file` refuses of the file.
    Effects: the Commitment, delivered; its to-do is settled; audit.
    """
    commitment = _lock(Permission.DELIVER_COMMITMENT, number, by, at)
    if not outcome.strip():
        raise FieldRequired(name="outcome")
    _in_time("delivered_on", delivered_on, first=commitment.promised_on, last=local_date(at))
    commitment.delivered_on, commitment.outcome = delivered_on, outcome.strip()
    commitment.file = keep_evidence(file, by=by, at=at)
    commitment.save(update_fields=["delivered_on", "outcome", "file"])
    _end(Permission.DELIVER_COMMITMENT, commitment, by, at, delivered_on=delivered_on.isoformat())
    return commitment


@transaction.atomic
def withdraw_commitment(*, number: str, reason: str, by: User, at: datetime) -> Commitment:
    """Take a promise back, with the reason; it stays to be read.

    Refuses: NotPermitted, StationClosed, NotFound, CommitmentEnded, FieldRequired.
    Effects: the Commitment, withdrawn; its to-do is settled; audit.
    """
    commitment = _lock(Permission.WITHDRAW_COMMITMENT, number, by, at)
    if not reason.strip():
        raise FieldRequired(name="reason")
    commitment.withdrawn_on, commitment.reason = local_date(at), reason.strip()
    commitment.save(update_fields=["withdrawn_on", "reason"])
    _end(Permission.WITHDRAW_COMMITMENT, commitment, by, at, reason=commitment.reason)
    return commitment


def _in_time(name: str, day: date, *, first: date | None = None, last: date | None = None) -> None:
    if (first is not None and day < first) or (last is not None and day > last):
        raise CommitmentOutOfTime(name=name, day=day)


def _lock(step: Permission, number: str, by: User, at: datetime) -> Commitment:
    commitment = Commitment.objects.select_related("station__region").filter(number=number).first()
    if commitment is None:
        raise NotFound(kind="commitment", number=number)
    require(by, step, local_date(at), region=commitment.station.region)
    commitment.station = lock_open_station(step, commitment.station, by, at)
    commitment.refresh_from_db(fields=["delivered_on", "withdrawn_on"])
    if commitment.delivered_on is not None or commitment.withdrawn_on is not None:
        raise CommitmentEnded(number=number)
    return commitment


def _end(verb: Permission, commitment: Commitment, by: User, at: datetime, **more: str) -> None:
    _record(verb, commitment, by, at, **more)
    settle(step="deliver_commitment", subject=("commitment", commitment.number), at=at)


def _record(verb: Permission, commitment: Commitment, by: User, at: datetime, **more: str) -> None:
    station = commitment.station
    data = {"commitment": commitment.number, "kind": commitment.kind, **more}
    record(by=by, at=at, verb=verb, subject=("station", station.number), name=station.name, data=data)
