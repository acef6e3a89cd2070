import hmac
from datetime import datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.audit.actions.recording import Actor
from wushe.inbox.actions import settle
from wushe.kernel.actors import RESIDENT
from wushe.kernel.bus import publish
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.kernel.identifiers import TAIL, clean_phone
from wushe.kernel.steps import allowed
from wushe.kernel.tries import Guarded, count_try, forget_tries
from wushe.needs.actions.news import tell_town
from wushe.needs.actions.reporting import respond_by, wait_for_triage
from wushe.needs.errors import ReceiptLocked, ReceiptUnknown, TooFewAttempts
from wushe.needs.events import NeedClosed, NeedReopened
from wushe.needs.models import Need, VerdictAttempt
from wushe.needs.permissions import Permission
from wushe.needs.queries import attempts_since_asked, locked, need_by_receipt
from wushe.needs.states import TRANSITIONS, Step, Verdict
from wushe.policies.queries import policy_for

TRIES = 5


def check_receipt(*, code: str, tail: str, at: datetime) -> Need:
    """The need behind a receipt code and the last four digits of the phone. Wrong digits are counted, and lock the code for a while.

    Not to be called in a transaction: the count would be lost with the refusal.

    Refuses: ReceiptUnknown, ReceiptLocked.
    Effects: the count of tries.
    """
    need = need_by_receipt(code)
    if need is None:
        raise ReceiptUnknown
    receipt = Guarded("receipt", need.number, TRIES)
    minutes = count_try(receipt, at=at)
    if minutes:
        raise ReceiptLocked(minutes=minutes)
    if not _same(need.phone_tail, clean_phone(tail)):
        raise ReceiptUnknown
    forget_tries(receipt)
    return need


def give_verdict(*, code: str, tail: str, satisfied: bool, comment: str, at: datetime) -> Need:
    """The resident says whether the need was met. Unhappy, it opens again.

    Refuses: ReceiptUnknown, ReceiptLocked, StepNotAllowed.
    Effects: awaiting verdict -> closed, or -> reported with a new clock; audit; news for the town; NeedClosed or NeedReopened.
    Policy: `need.response_working_days.<urgency>`.
    """
    found = check_receipt(code=code, tail=tail, at=at)
    with transaction.atomic():
        return _settle_verdict(locked(found.pk), satisfied=satisfied, comment=comment, by=RESIDENT, at=at)


@transaction.atomic
def record_verdict(*, need_id: int, satisfied: bool, comment: str, by: User, at: datetime) -> Need:
    """Enter the verdict of a resident who said it in person or by phone.

    Refuses: NotPermitted, StepNotAllowed.
    Effects: as `give_verdict`, with the worker's name.
    """
    need = locked(need_id)
    require(by, Permission.RECORD_VERDICT, local_date(at), region=need.region)
    return _settle_verdict(need, satisfied=satisfied, comment=comment, by=by, at=at)


@transaction.atomic
def attempt_verdict(*, need_id: int, note: str, by: User, at: datetime) -> VerdictAttempt:
    """Note an attempt to hear the resident that led to nothing. Several on one day count as one.

    Refuses: NotPermitted, StepNotAllowed, FieldRequired.
    Effects: a VerdictAttempt; audit.
    """
    need = locked(need_id)
    require(by, Permission.RECORD_VERDICT, local_date(at), region=need.region)
    allowed(TRANSITIONS, Step.CLOSE_NEED, state=need.state)
    if not note.strip():
        raise FieldRequired(name="note")
    record(by=by, at=at, verb="needs.verdict_attempted", subject=("need", need.number))
    return VerdictAttempt.objects.create(need=need, by=by, at=at, note=note.strip())


@transaction.atomic
def close_without_verdict(*, need_id: int, by: User, at: datetime) -> Need:
    """Close a need whose resident cannot be reached, after enough attempts on record.

    Refuses: NotPermitted, StepNotAllowed, TooFewAttempts.
    Effects: awaiting verdict -> closed without a verdict; audit; NeedClosed.
    Policy: `verdict.attempts`.
    """
    need = locked(need_id)
    on = local_date(at)
    require(by, Permission.RECORD_VERDICT, on, region=need.region)
    allowed(TRANSITIONS, Step.CLOSE_NEED, state=need.state)
    required = int(policy_for(need.region, on).require("verdict.attempts").value)
    made = attempts_since_asked(need)
    if made < required:
        raise TooFewAttempts(made=made, required=required)
    _close(need, by=by, at=at, data={"attempts": made})
    return need


def _same(kept: str, given: str) -> bool:
    """Compare without telling by the time it takes. A need without a phone opens to nobody."""
    return len(kept) == TAIL and hmac.compare_digest(kept.encode(), given.encode())


def _settle_verdict(need: Need, *, satisfied: bool, comment: str, by: Actor, at: datetime) -> Need:
    allowed(TRANSITIONS, Step.CLOSE_NEED, state=need.state)
    need.verdict = Verdict.SATISFIED if satisfied else Verdict.UNSATISFIED
    need.verdict_at, need.verdict_comment = at, comment.strip()
    need.save(update_fields=["verdict", "verdict_at", "verdict_comment"])
    if satisfied:
        _close(need, by=by, at=at, data={"verdict": need.verdict})
    else:
        _reopen(need, by=by, at=at)
    return need


def _close(need: Need, *, by: Actor, at: datetime, data: dict[str, object]) -> None:
    need.state = TRANSITIONS[Step.CLOSE_NEED].target
    need.state_changed_at = at
    need.save(update_fields=["state", "state_changed_at"])
    settle(step="record_verdict", subject=("need", need.number), at=at)
    record(by=by, at=at, verb="needs.need_closed", subject=("need", need.number), data=data)
    tell_town(need, "needs.need_closed", at)
    publish(NeedClosed(need_id=need.pk, at=at.isoformat()))


def _reopen(need: Need, *, by: Actor, at: datetime) -> None:
    policy = policy_for(need.region, local_date(at))
    need.state = TRANSITIONS[Step.REOPEN_NEED].target
    need.state_changed_at = at
    need.reopened_count += 1
    need.due_at = respond_by(policy, need.urgency, at)
    need.save(update_fields=["state", "state_changed_at", "reopened_count", "due_at"])
    settle(step="record_verdict", subject=("need", need.number), at=at)
    wait_for_triage(need, at)
    record(by=by, at=at, verb="needs.need_reopened", subject=("need", need.number), data={"times": need.reopened_count})
    tell_town(need, "needs.need_reopened", at)
    publish(NeedReopened(need_id=need.pk, at=at.isoformat()))
