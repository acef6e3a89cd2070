"""Reminding of the end of a filing. The to-do is asked when the end is set, and lies on the desk when the warning of the policy begins."""

from datetime import datetime, time, timedelta

from wushe.inbox.actions import ask, settle
from wushe.kernel.clock import POLICY_ZONE
from wushe.kernel.workdays import end_of_day
from wushe.organisations.models import Organisation
from wushe.organisations.permissions import Permission
from wushe.organisations.states import Step
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
