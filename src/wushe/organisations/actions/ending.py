"""What ends by itself with a step of a life. Reminding of the end of a filing: the to-do is asked when the end is set, and lies on the desk when the warning of the policy begins."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from wushe.accounts.models import User
from wushe.audit.actions import record
from wushe.inbox.actions import ask, settle
from wushe.kernel.clock import POLICY_ZONE
from wushe.kernel.workdays import end_of_day
from wushe.organisations.actions.progress import note_act, settle_waiting
from wushe.organisations.models import Filing, Organisation
from wushe.organisations.permissions import Permission
from wushe.organisations.states import HELPING, OPEN, FilingState, HelpState, Step
from wushe.policies.queries import Policy


def remind_of_end(organisation: Organisation, policy: Policy, *, at: datetime) -> None:
    """Have the town renew the filing before its present end, in the caller's transaction."""
    forget_end(organisation, at=at)
    until = organisation.filed_until
    if until is None:
        return
    warned = until - timedelta(days=int(policy.require("filing.renewal_notice").value))
    ask(
        step=Step.RENEW_FILING,
        subject=("organisation", organisation.number, organisation.name),
        permission=Permission.RENEW_FILING,
        region=organisation.region,
        at=at,
        starts_at=datetime.combine(warned, time.min, tzinfo=POLICY_ZONE),
        due_at=end_of_day(until - timedelta(days=1)),
    )


def forget_end(organisation: Organisation, *, at: datetime) -> None:
    """There is nothing left to renew, or another end counts now."""
    settle(step=Step.RENEW_FILING, subject=("organisation", organisation.number), at=at)


def end_help(organisation: Organisation, on: date, *, at: datetime, reason: str = "") -> None:
    """Help to register is over: the organisation is a legal person, or, with a reason, is no more."""
    running = organisation.registration_helps.select_for_update(no_key=True).filter(state__in=sorted(HELPING)).first()
    if running is not None:
        running.state = HelpState.GIVEN_UP if reason else HelpState.REGISTERED
        running.ended_on, running.reason = max(on, running.opened_on), reason
        running.save(update_fields=["state", "ended_on", "reason"])
    for step in (Step.HAND_IN_REGISTRATION, Step.RECORD_REGISTRATION):
        settle(step=step, subject=("organisation", organisation.number), at=at)


def locked_applications(organisation: Organisation) -> list[Filing]:
    """The applications of an organisation that are not decided yet. Locked before the organisation, as in every step of an application."""
    rows = Filing.objects.select_for_update(of=("self",), no_key=True).select_related("region", "region__town")
    return list(rows.filter(organisation=organisation, state__in=sorted(OPEN)).order_by("pk"))


def end_applications(applications: Sequence[Filing], step: Step, *, reason: str = "", by: User, at: datetime) -> None:
    """Nothing is left to decide of applications whose organisation has taken the step; a batch that has one of them goes on without it."""
    for filing in applications:
        note_act(filing, step, user=by, opinion=reason, at=at)
        settle_waiting(filing, at)
        settle(step=Step.MEND_FILING, subject=("filing", filing.number), at=at)
        filing.state, filing.state_changed_at, filing.due_at = FilingState.OVERTAKEN, at, None
        filing.save(update_fields=["state", "state_changed_at", "due_at"])
        record(by=by, at=at, verb="organisations.filing_overtaken", subject=("filing", filing.number), name=filing.name)
