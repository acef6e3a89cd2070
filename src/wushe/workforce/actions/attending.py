from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from wushe.accounts.models import User
from wushe.kernel.clock import local_date
from wushe.kernel.tries import Guarded, count_try, forget_tries
from wushe.workforce.actions.locking import said
from wushe.workforce.actions.training import locked_session, record_of_session
from wushe.workforce.errors import (
    NotOnRegister,
    PinLocked,
    PinUnknown,
    SessionAhead,
    WorkersUnknown,
)
from wushe.workforce.models import Attendance, Proof, Session, Worker
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import identity_index, name_index, worker_of
from wushe.workforce.rules import refuse_cancelled, refuse_withdrawn_attendance

TRIES_AT_PIN = 5


@transaction.atomic
def record_attendance(*, session: Session, present: Iterable[str], by: User, at: datetime) -> list[Attendance]:
    """Enter a signed sheet: each line is a whole name, the number of an identity paper, or a number of the register. Who is entered already stays.

    Refuses: NotPermitted, SessionCancelled, SessionAhead, WorkersUnknown (then nobody is entered).
    Effects: an Attendance for each person who was not entered yet; an audit entry with how many.
    """
    session = locked_session(Permission.RECORD_ATTENDANCE, session, by, at)
    if session.held_on > local_date(at):
        raise SessionAhead(held_on=session.held_on)
    workers = _workers(session, present)
    known = set(session.attendances.filter(withdrawn_reason="").values_list("worker", flat=True))
    rows = [
        Attendance(session=session, worker=worker, proof=Proof.PAPER, entered_by=by, entered_at=at)
        for worker in workers
        if worker.pk not in known
    ]
    Attendance.objects.bulk_create(rows)
    if rows:
        record_of_session(Permission.RECORD_ATTENDANCE, session, by, at, persons=len(rows))
    return rows


def confirm_attendance(*, pin: str, by: User, at: datetime) -> Attendance:
    """Somebody on the register says with the PIN on the trainer's screen that they are there. Said twice, it counts once.

    Not to be called in a transaction: the count of wrong PINs would be lost with the refusal.

    Refuses: NotOnRegister, PinLocked, PinUnknown, SessionCancelled.
    Effects: an Attendance; the count of tries; an audit entry.
    """
    worker = worker_of(by)
    if worker is None or worker.left_on is not None:
        raise NotOnRegister
    tries = Guarded("attendance pin", by.number, TRIES_AT_PIN)
    minutes = count_try(tries, at=at)
    if minutes:
        raise PinLocked(minutes=minutes)
    session = Session.objects.filter(held_on=local_date(at), pin=pin.strip(), course__region__county=worker.region.county_id).first()
    if session is None:
        raise PinUnknown
    forget_tries(tries)
    return _confirm(session, worker, by, at)


@transaction.atomic
def withdraw_attendance(*, attendance: Attendance, reason: str, by: User, at: datetime) -> Attendance:
    """Take back an entry that was made by mistake; it counts nowhere any more.

    Refuses: NotPermitted, SessionCancelled, AttendanceWithdrawn, FieldRequired.
    Effects: the Attendance; an audit entry with the reason.
    """
    session = locked_session(Permission.WITHDRAW_ATTENDANCE, attendance.session, by, at)
    attendance = session.attendances.select_related("worker").get(pk=attendance.pk)
    refuse_withdrawn_attendance(attendance)
    attendance.withdrawn_reason = said(reason)
    attendance.save(update_fields=["withdrawn_reason"])
    data = {"worker": attendance.worker.number, "reason": attendance.withdrawn_reason}
    record_of_session(Permission.WITHDRAW_ATTENDANCE, session, by, at, **data)
    return attendance


@transaction.atomic
def _confirm(session: Session, worker: Worker, by: User, at: datetime) -> Attendance:
    locked = Session.objects.select_for_update(of=("self",), no_key=True).select_related("course").get(pk=session.pk)
    refuse_cancelled(locked)
    attendance, is_new = Attendance.objects.get_or_create(
        session=locked, worker=worker, withdrawn_reason="", defaults={"proof": Proof.PIN, "entered_by": by, "entered_at": at}
    )
    if is_new:
        record_of_session("workforce.confirm_attendance", locked, by, at, worker=worker.number)
    return attendance


def _workers(session: Session, present: Iterable[str]) -> list[Worker]:
    """The people of the lines, everybody once. Raises WorkersUnknown."""
    lines = list(dict.fromkeys(line.strip() for line in present if line.strip()))
    found = _found(lines, session.course.region.county_id, session.held_on)
    unknown = tuple(line for line in lines if not found[line])
    alike = tuple(line for line in lines if len(found[line]) > 1)
    if unknown or alike:
        raise WorkersUnknown(unknown=unknown, alike=alike)
    return list({worker.pk: worker for line in lines for worker in found[line]}.values())


def _found(lines: list[str], county: int | None, on: date) -> dict[str, list[Worker]]:
    names = {line: name_index(line) for line in lines}
    papers = {line: identity_index(line) for line in lines}
    meant = Q(name_index__in=names.values()) | Q(identity_index__in=papers.values()) | Q(number__in=lines)
    rows = list(Worker.objects.living(on).filter(meant, region__county=county))
    return {
        line: [row for row in rows if line == row.number or names[line] == row.name_index or papers[line] == row.identity_index]
        for line in lines
    }
