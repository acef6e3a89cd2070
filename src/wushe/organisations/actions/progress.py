"""Moving an application along the procedure: the act on record, the next clock, the next person's to-do."""

from datetime import datetime

from wushe.accounts.models import User
from wushe.audit.actions import record
from wushe.audit.actions.recording import Actor
from wushe.inbox.actions import ask, settle
from wushe.kernel.clock import local_date
from wushe.kernel.steps import allowed
from wushe.kernel.workdays import end_of_day
from wushe.organisations.models import Filing, FilingAct
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import due_in, report_day, subject_of
from wushe.organisations.states import PROCEDURE, TO_DECIDE, FilingState, Step
from wushe.policies.queries import Policy
from wushe.regions.models import Region

# what the step that a state waits for is called in the inbox
WAITING = {
    FilingState.SUBMITTED: ("review_application", Permission.REVIEW_APPLICATION),
    **dict.fromkeys(TO_DECIDE, ("decide_filing", Permission.DECIDE_FILING)),
    FilingState.RETURNED: ("correct_application", Permission.RECORD_APPLICATION),
}
VERBS = {
    Step.CORRECT_APPLICATION: "organisations.application_corrected",
    Step.HAND_IN_AGAIN: "organisations.application_corrected",
    Step.PASS_APPLICATION: "organisations.application_passed",
    Step.RETURN_APPLICATION: "organisations.application_returned",
    Step.SEND_BACK_APPLICATION: "organisations.application_returned",
    Step.GRANT_FILING: "organisations.filing_granted",
    Step.REPORT_FILING: "organisations.filing_approved",
    Step.CONFIRM_FILING: "organisations.filing_confirmed",
    Step.REFUSE_FILING: "organisations.filing_refused",
}


def advance(
    filing: Filing,
    step: Step,
    *,
    policy: Policy,
    by: Actor,
    at: datetime,
    user: User | None = None,
    opinion: str = "",
    written: tuple[str, ...] = (),
) -> None:
    """Take the step on a locked application and save it with the columns that the caller has written. Raises StepNotAllowed."""
    target = FilingState(allowed(PROCEDURE, step, state=filing.state).target)
    note_act(filing, step, user=user, opinion=opinion, at=at)
    settle_waiting(filing, at)
    filing.state, filing.state_changed_at, filing.due_at = target, at, due_in(policy, target, at)
    filing.save(update_fields=["state", "state_changed_at", "due_at", *written])
    record(by=by, at=at, verb=VERBS[step], subject=("filing", filing.number), name=filing.name, data={"reason": opinion} if opinion else {})
    wait_for_next(filing, at)


def note_act(filing: Filing, step: str, *, user: User | None, opinion: str, since: datetime | None = None, at: datetime) -> None:
    """Keep who took a step, how long it had waited (in its state, or `since` a moment), and until when it should have been taken."""
    waited = since or filing.state_changed_at
    FilingAct.objects.create(filing=filing, step=step, by=user, opinion=opinion, since=waited, due_at=filing.due_at, at=at)


def wait_for_next(filing: Filing, at: datetime) -> None:
    """Put the application on the next desk, with its clock. A founder who applied without an account corrects with the receipt code."""
    waiting = WAITING.get(FilingState(filing.state))
    if waiting is None or (filing.state == FilingState.RETURNED and filing.recorded_by_id is None):
        return
    step, permission = waiting
    region = town_of(filing) if filing.state in TO_DECIDE else filing.region
    ask(step=step, subject=subject_of(filing), permission=permission, region=region, at=at, due_at=filing.due_at)


def settle_waiting(filing: Filing, at: datetime) -> None:
    """Take the application off the desk that it lay on."""
    waiting = WAITING.get(FilingState(filing.state))
    if waiting is not None:
        settle(step=waiting[0], subject=("filing", filing.number), at=at)


def ask_for_report(town: Region, policy: Policy, at: datetime) -> None:
    """Remind the town of its next report; asked once, however many filings wait for it."""
    due = end_of_day(report_day(policy, local_date(at)))
    ask(step="freeze_batch", subject=("report", town.code, town.name), permission=Permission.FREEZE_BATCH, region=town, at=at, due_at=due)


def town_of(filing: Filing) -> Region:
    """The town that decides; a community right below the county stands for itself."""
    return filing.region.town or filing.region
