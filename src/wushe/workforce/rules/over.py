"""What is over takes no more steps, and nobody takes some steps about themselves. Asked by the actions with the locked row, and by the page of a step before anybody types."""

from wushe.accounts.models import User
from wushe.workforce.errors import (
    AppraisalDone,
    AttendanceWithdrawn,
    CertificateVoid,
    NobodyJudgesThemselves,
    NothingRequested,
    PairingEnded,
    PostingEnded,
    PostsGivenUp,
    SessionCancelled,
    StudyEnded,
    WorkerLeft,
)
from wushe.workforce.models import Appraisal, Attendance, Certificate, Establishment, Pairing, Posting, Session, Study, Worker


def refuse_left(worker: Worker) -> None:
    """Raises WorkerLeft."""
    if worker.left_on is not None:
        raise WorkerLeft(left_on=worker.left_on)


def refuse_oneself(worker: Worker, by: User) -> None:
    """Nobody judges themselves, and nobody keeps a record of their own towards which money is paid. Raises NobodyJudgesThemselves."""
    if worker.user_id == by.pk:
        raise NobodyJudgesThemselves


def refuse_ended_study(study: Study) -> None:
    """Raises StudyEnded."""
    if study.ended_on is not None:
        raise StudyEnded(ended_on=study.ended_on)


def refuse_void(certificate: Certificate) -> None:
    """Raises CertificateVoid."""
    if certificate.void_reason:
        raise CertificateVoid(certificate=certificate.certificate)


def refuse_ended_posting(posting: Posting) -> None:
    """Raises PostingEnded."""
    if posting.until is not None:
        raise PostingEnded(until=posting.until)


def refuse_withdrawn_posting(posting: Posting) -> None:
    """A post that was taken back held on no day. Raises PostingEnded."""
    if posting.until == posting.since:
        raise PostingEnded(until=posting.since)


def refuse_given_up(establishment: Establishment) -> None:
    """Raises PostsGivenUp."""
    if establishment.until is not None:
        raise PostsGivenUp(until=establishment.until)


def refuse_ended_pairing(pairing: Pairing) -> None:
    """Raises PairingEnded."""
    if pairing.until is not None:
        raise PairingEnded(until=pairing.until)


def refuse_met(appraisal: Appraisal) -> None:
    """Nothing is asked for, or it is done. Raises NothingRequested, AppraisalDone."""
    if not appraisal.request:
        raise NothingRequested
    if appraisal.done_on is not None:
        raise AppraisalDone(done_on=appraisal.done_on)


def refuse_cancelled(session: Session) -> None:
    """Raises SessionCancelled."""
    if session.cancelled_reason:
        raise SessionCancelled(held_on=session.held_on)


def refuse_withdrawn_attendance(attendance: Attendance) -> None:
    """Raises AttendanceWithdrawn."""
    if attendance.withdrawn_reason:
        raise AttendanceWithdrawn
