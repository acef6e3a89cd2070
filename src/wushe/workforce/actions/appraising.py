from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import Scope, require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, notify, settle
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.kernel.workdays import end_of_day
from wushe.policies.queries import policy_for
from wushe.regions.models import Region
from wushe.workforce.actions.locking import in_order
from wushe.workforce.errors import AppraisalDone, NotOfThisPlace
from wushe.workforce.models import Appraisal, Worker
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import visible
from wushe.workforce.rules import refuse_left, refuse_met, refuse_oneself

SUBJECT = 120


@dataclass(frozen=True, slots=True)
class AppraisalDraft:
    """What was said to a person at a place; `host` is a code of `appraisal_hosts`. What is asked for has a day by which it is due."""

    region: Region
    held_on: date
    host: str
    comment: str
    request: str = ""
    due_on: date | None = None


@transaction.atomic
def record_appraisal(*, worker: Worker, draft: AppraisalDraft, by: User, at: datetime) -> Appraisal:
    """Enter what the party organisation and the committee said to somebody, and what they ask for. Entered again for the day, it corrects.

    Refuses: NotPermitted, WorkerLeft, NobodyJudgesThemselves, NotOfThisPlace, NotYet, OutOfOrder, FieldRequired, UnknownCode, AppraisalDone.
    Effects: an Appraisal; an audit entry without its text; news for the person; a to-do with the day of the request.
    Policy: the code list `appraisal_hosts`.
    """
    on = local_date(at)
    require(by, Permission.RECORD_APPRAISAL, on, region=draft.region)
    worker = _living(worker, draft, by)
    in_order("held_on", draft.held_on, earliest=worker.joined_on, latest=on)
    values = _values(draft)
    policy = policy_for(draft.region, on)
    values |= {"host": policy.code("appraisal_hosts", draft.host).code, "pack_version": policy.pack_version, "recorded_by": by}
    key = {"worker": worker, "region": draft.region, "held_on": draft.held_on}
    appraisal = Appraisal.objects.filter(**key).first()
    if appraisal is None:
        number = numbers.draw("appraisal", place=draft.region.county_code, on=on)
        appraisal = Appraisal.objects.create(number=number, **key, **values)
    else:
        _correct(appraisal, values)
    _follow(appraisal, at)
    data = {"appraisal": appraisal.number, "region": draft.region.code, "due_on": draft.due_on.isoformat() if draft.due_on else None}
    record(by=by, at=at, verb=Permission.RECORD_APPRAISAL, subject=("worker", worker.number), data=data)
    if worker.user is not None:
        notify(users=[worker.user], verb=Permission.RECORD_APPRAISAL, subject=("appraisal", appraisal.number, draft.region.name), at=at)
    return appraisal


@transaction.atomic
def finish_appraisal(*, appraisal: Appraisal, done_on: date, outcome: str, by: User, at: datetime) -> Appraisal:
    """Say that what was asked for is done, and what came of it.

    Refuses: NotPermitted, NobodyJudgesThemselves, NothingRequested, AppraisalDone, NotYet, OutOfOrder, FieldRequired.
    Effects: the Appraisal's end; its to-do is settled; an audit entry without its text.
    """
    rows = Appraisal.objects.select_for_update(of=("self",), no_key=True).select_related("region", "worker")
    appraisal = rows.get(pk=appraisal.pk)
    require(by, Permission.FINISH_APPRAISAL, local_date(at), region=appraisal.region)
    refuse_oneself(appraisal.worker, by)
    refuse_met(appraisal)
    in_order("done_on", done_on, earliest=appraisal.held_on, latest=local_date(at))
    appraisal.done_on, appraisal.outcome = done_on, _said("outcome", outcome)
    appraisal.save(update_fields=["done_on", "outcome"])
    settle(step="finish_appraisal", subject=("appraisal", appraisal.number), at=at)
    data = {"appraisal": appraisal.number, "done_on": done_on.isoformat()}
    record(by=by, at=at, verb=Permission.FINISH_APPRAISAL, subject=("worker", appraisal.worker.number), data=data)
    return appraisal


def _living(worker: Worker, draft: AppraisalDraft, by: User) -> Worker:
    """The person, who is of the place and not the one who writes."""
    locked = Worker.objects.select_for_update(of=("self",), no_key=True).select_related("region", "user").get(pk=worker.pk)
    refuse_left(locked)
    refuse_oneself(locked, by)
    if not Worker.objects.filter(visible(Scope(regions=(draft.region,)), draft.held_on), pk=locked.pk).exists():
        raise NotOfThisPlace(place=draft.region.name)
    return locked


def _values(draft: AppraisalDraft) -> dict[str, object]:
    comment, request = _said("comment", draft.comment), draft.request.strip()
    if bool(request) != (draft.due_on is not None):
        raise FieldRequired(name="due_on" if request else "request")
    if draft.due_on is not None:
        in_order("due_on", draft.due_on, earliest=draft.held_on)
    return {"comment": comment, "request": request, "due_on": draft.due_on}


def _said(name: str, text: str) -> str:
    if not text.strip():
        raise FieldRequired(name=name)
    return text.strip()


def _correct(appraisal: Appraisal, values: dict[str, object]) -> None:
    if appraisal.done_on is not None:
        raise AppraisalDone(done_on=appraisal.done_on)
    for name, value in values.items():
        setattr(appraisal, name, value)
    appraisal.save(update_fields=list(values))


def _follow(appraisal: Appraisal, at: datetime) -> None:
    """The to-do about what is asked for, in place of the one before a correction."""
    settle(step="finish_appraisal", subject=("appraisal", appraisal.number), at=at)
    if appraisal.due_on is not None:
        ask(
            step="finish_appraisal",
            subject=("appraisal", appraisal.number, appraisal.request[:SUBJECT]),
            permission=Permission.FINISH_APPRAISAL,
            region=appraisal.region,
            at=at,
            due_at=end_of_day(appraisal.due_on),
        )
