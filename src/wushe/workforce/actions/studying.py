from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from wushe.accounts.models import User
from wushe.audit.actions import record
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.kernel.steps import refuse_withdrawn
from wushe.policies.queries import policy_for
from wushe.workforce.actions.locking import in_order, locked_living, locked_worker, said
from wushe.workforce.errors import StudyKnown, SubsidyNegative
from wushe.workforce.models import Study, Worker
from wushe.workforce.permissions import Permission
from wushe.workforce.rules import refuse_ended_study, refuse_oneself


@dataclass(frozen=True, slots=True)
class StudyDraft:
    """A degree of `education_levels` for which somebody studies."""

    school: str
    subject: str
    education: str
    began_on: date
    subsidy: Decimal | None = None


@transaction.atomic
def record_study(*, worker: Worker, draft: StudyDraft, by: User, at: datetime) -> Study:
    """Enter that somebody studies for a degree.

    Refuses: NotPermitted, WorkerLeft, NobodyJudgesThemselves, FieldRequired, UnknownCode, NotYet, SubsidyNegative, StudyKnown.
    Effects: a Study; an audit entry.
    Policy: the code list `education_levels`.
    """
    worker = locked_living(Permission.RECORD_STUDY, worker, by, at)
    refuse_oneself(worker, by)
    study = Study(worker=worker, **_columns(draft, worker, at))
    _keep(study)
    _record(Permission.RECORD_STUDY, study, by, at, began_on=study.began_on.isoformat())
    return study


@transaction.atomic
def correct_study(*, study: Study, draft: StudyDraft, ended_on: date | None, graduated: bool, reason: str, by: User, at: datetime) -> Study:
    """Set right what was entered of a study, its end too: without a day it goes on. A degree becomes the education of the person;
    what was taken for one stays there until the entry of the person is corrected.

    Refuses: NotPermitted, WorkerLeft, NobodyJudgesThemselves, StepNotAllowed, FieldRequired, UnknownCode, NotYet, OutOfOrder, SubsidyNegative,
    StudyKnown.
    Effects: the Study; the Worker's education; an audit entry with what it said before.
    Policy: the code list `education_levels`.
    """
    worker = locked_living(Permission.CORRECT_STUDY, study.worker, by, at)
    refuse_oneself(worker, by)
    study = _standing(study, worker, "correct_study")
    columns = _columns(draft, worker, at) | {"ended_on": ended_on, "graduated": graduated and ended_on is not None}
    if ended_on is not None:
        in_order("ended_on", ended_on, earliest=draft.began_on + timedelta(days=1), latest=local_date(at))
    reason = said(reason)
    before = {name: str(getattr(study, name)) for name, value in columns.items() if getattr(study, name) != value}
    for name, value in columns.items():
        setattr(study, name, value)
    _keep(study, list(columns))
    if study.graduated:
        worker.education = study.education
        worker.save(update_fields=["education"])
    _record(Permission.CORRECT_STUDY, study, by, at, before=before, reason=reason)
    return study


@transaction.atomic
def end_study(*, study: Study, ended_on: date, graduated: bool, subsidy: Decimal | None, by: User, at: datetime) -> Study:
    """Say how a study ended, and what was paid towards it in all. A degree becomes the education of the person.

    Refuses: NotPermitted, WorkerLeft, NobodyJudgesThemselves, StepNotAllowed, StudyEnded, NotYet, OutOfOrder, SubsidyNegative.
    Effects: the Study's end; the Worker's education; an audit entry.
    """
    worker = locked_living(Permission.END_STUDY, study.worker, by, at)
    refuse_oneself(worker, by)
    study = _standing(study, worker, "end_study")
    refuse_ended_study(study)
    in_order("ended_on", ended_on, earliest=study.began_on + timedelta(days=1), latest=local_date(at))
    study.ended_on, study.graduated, study.subsidy = ended_on, graduated, _paid(subsidy)
    study.save(update_fields=["ended_on", "graduated", "subsidy"])
    if graduated:
        worker.education = study.education
        worker.save(update_fields=["education"])
    _record(Permission.END_STUDY, study, by, at, ended_on=ended_on.isoformat(), graduated=graduated)
    return study


@transaction.atomic
def withdraw_study(*, study: Study, reason: str, by: User, at: datetime) -> Study:
    """Take back a study that was entered by mistake; what was taken for a degree stays in the entry of the person until that is corrected.

    Refuses: NotPermitted, NobodyJudgesThemselves, StepNotAllowed, FieldRequired.
    Effects: the Study, withdrawn; an audit entry with the reason.
    """
    worker = locked_worker(Permission.WITHDRAW_STUDY, study.worker, by, at)
    refuse_oneself(worker, by)
    study = _standing(study, worker, "withdraw_study")
    study.withdrawn_on, study.reason = local_date(at), said(reason)
    study.save(update_fields=["withdrawn_on", "reason"])
    _record(Permission.WITHDRAW_STUDY, study, by, at, reason=study.reason)
    return study


def _standing(study: Study, worker: Worker, step: str) -> Study:
    locked = Study.objects.select_for_update(of=("self",), no_key=True).select_related("worker").get(pk=study.pk, worker=worker)
    refuse_withdrawn(step, locked.withdrawn_on)
    return locked


def _columns(draft: StudyDraft, worker: Worker, at: datetime) -> dict[str, Any]:
    for name in ("school", "subject"):
        if not getattr(draft, name).strip():
            raise FieldRequired(name=name)
    in_order("began_on", draft.began_on, latest=local_date(at))
    policy = policy_for(worker.region, local_date(at))
    return {
        "school": draft.school.strip(),
        "subject": draft.subject.strip(),
        "education": policy.code("education_levels", draft.education).code,
        "began_on": draft.began_on,
        "subsidy": _paid(draft.subsidy),
        "pack_version": policy.pack_version,
    }


def _keep(study: Study, columns: list[str] | None = None) -> None:
    try:
        with transaction.atomic():
            study.save(update_fields=columns, force_insert=columns is None)
    except IntegrityError as error:
        if "workforce_one_study_at_a_time" in str(error):
            raise StudyKnown from error
        raise


def _paid(amount: Decimal | None) -> Decimal | None:
    if amount is not None and amount < 0:
        raise SubsidyNegative
    return amount


def _record(verb: Permission, study: Study, by: User, at: datetime, **data: object) -> None:
    paid = str(study.subsidy) if study.subsidy is not None else None
    record(by=by, at=at, verb=verb, subject=("worker", study.worker.number), data={"education": study.education, "subsidy": paid, **data})
