"""An answer without a project is no verdict: the resident may object to it, and the town answers again."""

from datetime import datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.audit.actions.recording import Actor
from wushe.kernel.actors import RESIDENT
from wushe.kernel.bus import publish
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.kernel.steps import allowed
from wushe.needs.actions.news import tell_town
from wushe.needs.actions.reporting import respond_by, wait_for_triage
from wushe.needs.actions.verdicts import check_receipt
from wushe.needs.errors import ContestsUsed
from wushe.needs.events import NeedReopened
from wushe.needs.models import Need
from wushe.needs.permissions import Permission
from wushe.needs.queries import contests_left, locked
from wushe.needs.states import TRANSITIONS, Step
from wushe.policies.queries import policy_for


def contest_answer(*, code: str, tail: str, reason: str, at: datetime) -> Need:
    """The resident objects to an answer without a project, or to being told that the need is another's.

    Refuses: ReceiptUnknown, ReceiptLocked, StepNotAllowed, FieldRequired, ContestsUsed.
    Effects: declined -> reported with a new clock, a duplicate no more; audit; a to-do and news for the town; NeedReopened.
    Policy: `need.contests`, `need.response_working_days.<urgency>`.
    """
    found = check_receipt(code=code, tail=tail, at=at)
    with transaction.atomic():
        return _contest(locked(found.pk), reason, by=RESIDENT, at=at)


@transaction.atomic
def record_contest(*, need_id: int, reason: str, by: User, at: datetime) -> Need:
    """Enter the objection of a resident who made it in person or by phone.

    Refuses: NotPermitted, StepNotAllowed, FieldRequired, ContestsUsed.
    Effects: as `contest_answer`, with the worker's name.
    Policy: as `contest_answer`.
    """
    need = locked(need_id)
    require(by, Permission.RECORD_VERDICT, local_date(at), region=need.region)
    return _contest(need, reason, by=by, at=at)


def _contest(need: Need, reason: str, *, by: Actor, at: datetime) -> Need:
    on = local_date(at)
    target = allowed(TRANSITIONS, Step.CONTEST_ANSWER, state=need.state).target
    if not reason.strip():
        raise FieldRequired(name="reason")
    if not contests_left(need, on):
        raise ContestsUsed(made=need.contested_count)
    need.state, need.state_changed_at, need.duplicate_of = target, at, None
    need.contest_reason = reason.strip()
    need.contested_count += 1
    need.reopened_count += 1
    need.due_at = respond_by(policy_for(need.region, on), need.urgency, at)
    written = ("state", "state_changed_at", "duplicate_of", "contest_reason", "contested_count", "reopened_count", "due_at")
    need.save(update_fields=written)
    wait_for_triage(need, at)
    record(by=by, at=at, verb="needs.answer_contested", subject=("need", need.number), data={"times": need.contested_count})
    tell_town(need, "needs.answer_contested", at)
    publish(NeedReopened(need_id=need.pk, at=at.isoformat()))
    return need
