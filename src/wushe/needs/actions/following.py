"""What projects and acceptance do to needs. The callers have checked who may."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.audit.actions import record
from wushe.inbox.actions import ask, settle
from wushe.kernel.clock import local_date
from wushe.kernel.steps import allowed
from wushe.needs.actions.news import tell_recorder
from wushe.needs.actions.reporting import respond_by, wait_for_triage
from wushe.needs.models import Need
from wushe.needs.permissions import Permission
from wushe.needs.queries import locked_needs, subject_of
from wushe.needs.states import TRANSITIONS, Step, Verdict
from wushe.policies.queries import policy_for


@transaction.atomic
def adopt_needs(*, need_ids: Sequence[int], project: tuple[str, str, str], by: User, at: datetime) -> None:
    """Take needs into a project; `project` is (kind, number, name).

    Refuses: StepNotAllowed when one of them is not free.
    Effects: reported -> adopted; audit; to-dos settled.
    """
    for need in _advance(need_ids, Step.ADOPT_NEED, at):
        settle(step="triage_need", subject=("need", need.number), at=at)
        tell_recorder(need, "needs.need_adopted", at)
        record(by=by, at=at, verb="needs.need_adopted", subject=("need", need.number), data={"project": project[1], "title": project[2]})


@transaction.atomic
def release_needs(*, need_ids: Sequence[int], by: User, at: datetime) -> None:
    """Give needs back when their project drops them. The town has to answer them anew, within a time that begins now.

    Refuses: StepNotAllowed.
    Effects: adopted -> reported; audit; to-dos for the town again.
    Policy: `need.response_working_days`.
    """
    on = local_date(at)
    needs = _advance(need_ids, Step.RELEASE_NEED, at)
    policies = {place: policy_for(place, on) for place in {need.region for need in needs}}
    for need in needs:
        need.due_at = respond_by(policies[need.region], need.urgency, at)
    Need.objects.bulk_update(needs, ["due_at"])
    for need in needs:
        wait_for_triage(need, at)
        record(by=by, at=at, verb="needs.need_released", subject=("need", need.number))


@transaction.atomic
def ask_verdict(*, need_ids: Sequence[int], project: tuple[str, str, str], by: User, at: datetime) -> None:
    """Ask every resident behind the needs whether theirs was met.

    Refuses: StepNotAllowed.
    Effects: adopted -> awaiting verdict; audit; to-dos for the community to hear those who do not answer by themselves.
    Policy: `verdict.working_days`.
    """
    on = local_date(at)
    needs = _advance(need_ids, Step.ASK_VERDICT, at)
    # an answer to an earlier project stays in the audit; the new question starts without it
    Need.objects.filter(pk__in=[need.pk for need in needs]).update(verdict=Verdict.NONE, verdict_at=None, verdict_comment="")
    due = {place: policy_for(place, on).deadline("verdict.working_days", on) for place in {need.region for need in needs}}
    for need in needs:
        subject = subject_of(need)
        ask(
            step="record_verdict", subject=subject, permission=Permission.RECORD_VERDICT, region=need.region, at=at, due_at=due[need.region]
        )
        record(by=by, at=at, verb="needs.verdict_asked", subject=subject[:2], data={"project": project[1]})


def _advance(need_ids: Sequence[int], step: Step, at: datetime) -> list[Need]:
    needs = locked_needs(need_ids)
    for need in needs:
        need.state = allowed(TRANSITIONS, step, state=need.state).target
        need.state_changed_at = at
    Need.objects.bulk_update(needs, ["state", "state_changed_at"])
    return needs
