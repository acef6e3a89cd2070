from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from wushe.accounts.models import User
from wushe.audit.actions import record
from wushe.kernel.clock import local_date
from wushe.kernel.steps import allowed
from wushe.policies.queries import policy_for
from wushe.workforce.actions.locking import in_order, locked_living, said
from wushe.workforce.errors import ExamNotedAlready, LicensedAlready, ScoreOutOfRange
from wushe.workforce.models import Certificate, Exam, TitleExam, Worker
from wushe.workforce.models.exam import FULL_MARK
from wushe.workforce.permissions import Permission
from wushe.workforce.states import DONE, TRANSITIONS, ExamState, Step

WHO_PASSES = "title_exam.pass_mark"


@transaction.atomic
def note_exam(*, worker: Worker, year: int, level: str, by: User, at: datetime) -> Exam:
    """Note that somebody wants to sit the national exam of a year for a level.

    Refuses: NotPermitted, WorkerLeft, UnknownCode, ExamNotedAlready.
    Effects: an Exam; an audit entry.
    Policy: the code list `certificate_levels`.
    """
    worker = locked_living(Permission.FOLLOW_EXAM, worker, by, at)
    code = policy_for(worker.region, local_date(at)).code("certificate_levels", level).code
    exam = Exam(worker=worker, year=year, level=code, changed_at=at)
    try:
        with transaction.atomic():
            exam.save(force_insert=True)
    except IntegrityError as error:
        if "workforce_one_exam_a_year_and_level" in str(error):
            raise ExamNotedAlready(year=year) from error
        raise
    _record("workforce.note_exam", exam, by, at)
    return exam


@transaction.atomic
def follow_exam(*, exam: Exam, step: Step, by: User, at: datetime) -> Exam:
    """Take the next step with an exam. Who passed gets a certificate later, which is entered on its own.

    Refuses: NotPermitted, WorkerLeft, StepNotAllowed.
    Effects: the Exam's state; an audit entry.
    """
    exam = _locked(exam, by, at)
    _move(exam, ExamState(allowed(TRANSITIONS, step, state=exam.state).target), at)
    _record(DONE[step], exam, by, at)
    return exam


@transaction.atomic
def correct_exam(*, exam: Exam, state: ExamState, reason: str, by: User, at: datetime) -> Exam:
    """Set right how far somebody has come, when a step was entered by mistake.

    Refuses: NotPermitted, WorkerLeft, FieldRequired.
    Effects: the Exam's state; an audit entry with the state before and the reason.
    """
    exam, reason = _locked(exam, by, at), said(reason)
    before = exam.state
    _move(exam, state, at)
    _record("workforce.correct_exam", exam, by, at, before=before, after=str(state), reason=reason)
    return exam


@transaction.atomic
def record_title_exam(*, worker: Worker, held_on: date, score: Decimal, by: User, at: datetime) -> TitleExam:
    """Enter the score of the final exam of the local training, which gives no licence. Entered again for the day, it corrects the score.

    Refuses: NotPermitted, WorkerLeft, NotYet, ScoreOutOfRange, LicensedAlready.
    Effects: a TitleExam with the pass mark of its day; an audit entry.
    Policy: title_exam.pass_mark.
    """
    worker = locked_living(Permission.RECORD_TITLE_EXAM, worker, by, at)
    in_order("held_on", held_on, latest=local_date(at))
    if not 0 <= score <= FULL_MARK:
        raise ScoreOutOfRange(full=FULL_MARK)
    if Certificate.objects.held(held_on).filter(worker=worker).exists():
        raise LicensedAlready
    mark = Decimal(policy_for(worker.region, held_on).require(WHO_PASSES).value)
    exam, _new = TitleExam.objects.update_or_create(worker=worker, held_on=held_on, defaults={"score": score, "pass_mark": mark})
    data = {"held_on": held_on.isoformat(), "score": str(score), "pass_mark": str(mark)}
    record(by=by, at=at, verb=Permission.RECORD_TITLE_EXAM, subject=("worker", worker.number), data=data)
    return exam


def _locked(exam: Exam, by: User, at: datetime) -> Exam:
    worker = locked_living(Permission.FOLLOW_EXAM, exam.worker, by, at)
    return Exam.objects.select_for_update(of=("self",), no_key=True).select_related("worker").get(pk=exam.pk, worker=worker)


def _move(exam: Exam, state: ExamState, at: datetime) -> None:
    exam.state, exam.changed_at = state, at
    exam.save(update_fields=["state", "changed_at"])


def _record(verb: str, exam: Exam, by: User, at: datetime, **data: str) -> None:
    values = {"year": exam.year, "level": exam.level, **data}
    record(by=by, at=at, verb=verb, subject=("worker", exam.worker.number), data=values)
