from datetime import datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, settle
from wushe.kernel import numbers
from wushe.kernel.bus import publish
from wushe.kernel.clock import local_date
from wushe.kernel.errors import CheckerIsMaker, FieldRequired
from wushe.needs.actions import ask_verdict
from wushe.oversight.errors import EvaluationFailed, NotEvaluated, NotSupervised, ResidentsNotHeard, SupervisionOpen
from wushe.oversight.events import AcceptanceRefused
from wushe.oversight.models import Acceptance, Evaluation, Waiver
from wushe.oversight.permissions import Permission
from wushe.oversight.queries import is_supervised, living_evaluation, open_supervision, satisfaction_of, supervision_step
from wushe.policies.queries import Policy, policy_for
from wushe.projects import actions as projects
from wushe.projects.models import Project, Trigger
from wushe.projects.queries import locked, needs_of, out_of_order, subject_of
from wushe.projects.states import ProjectState


@transaction.atomic
def accept_project(*, project_id: int, opinion: str, by: User, at: datetime) -> Acceptance:
    """Accept the work: the last tranche is free, and every resident whose need it was is asked for a verdict.

    Refuses: NotPermitted, StepNotAllowed, NotEvaluated, EvaluationFailed, ResidentsNotHeard, SupervisionOpen,
    NotSupervised, CheckerIsMaker, FieldRequired.
    Effects: an Acceptance; in acceptance -> accepted; the last tranche freed; needs await a verdict; audit; ProjectAccepted.
    Policy: `satisfaction.minimum_answers` (procurement regulation art. 45), `evaluation.pass_mark`, the procedure's steps.
    """
    project = locked(project_id)
    evaluation = _evaluated(project, by, at)
    score, pass_mark = evaluation.score, evaluation.pass_mark
    if score is None or pass_mark is None:
        raise NotEvaluated
    if score < pass_mark:
        raise EvaluationFailed(score=score, pass_mark=pass_mark)
    policy = policy_for(project.region, local_date(at))
    minimum = policy.require("satisfaction.minimum_answers")
    heard = satisfaction_of(project, policy)
    if heard is None or heard.answered < max(1, int(minimum.value)):
        raise ResidentsNotHeard(answered=heard.answered if heard else 0, required=max(1, int(minimum.value)), source=minimum.source)
    _supervised(project, policy, by)
    if not opinion.strip():
        raise FieldRequired(name="opinion")
    acceptance = Acceptance.objects.create(  # type: ignore[misc]  # an evaluation that counts was submitted by somebody
        number=numbers.draw("acceptance", place=project.region.county_code, on=local_date(at)),
        project=project,
        evaluation=evaluation,
        invited=heard.invited,
        answered=heard.answered,
        satisfied=heard.satisfied,
        opinion=opinion,
        evaluated_by_id=evaluation.submitted_by_id,
        accepted_by=by,
        at=at,
    )
    project = projects.accept_project(project_id=project_id, by=by, at=at)
    projects.free_tranches(project=project, trigger=Trigger.FINAL_PASS, by=by, at=at)
    ask_verdict(need_ids=sorted(needs_of(project).values_list("pk", flat=True)), project=subject_of(project), by=by, at=at)
    for step in ("accept_project", "open_satisfaction", "answer_findings"):
        settle(step=step, subject=("project", project.number), at=at)
    return acceptance


@transaction.atomic
def refuse_acceptance(*, project_id: int, reason: str, by: User, at: datetime) -> Project:
    """Send the work back to the agency after the evaluation; a new evaluation follows.

    Refuses: NotPermitted, StepNotAllowed, NotEvaluated, CheckerIsMaker, FieldRequired.
    Effects: in acceptance -> delivering; the Evaluation superseded; audit; AcceptanceRefused; a to-do for the agency to finish.
    Policy: `acceptance.correction_days`.
    """
    project = locked(project_id)
    evaluation = _evaluated(project, by, at)
    project = projects.refuse_acceptance(project_id=project_id, reason=reason, by=by, at=at)
    evaluation.superseded_at = at
    evaluation.save(update_fields=["superseded_at"])
    subject = subject_of(project)
    settle(step="accept_project", subject=subject[:2], at=at)
    due, agency = (
        policy_for(project.region, local_date(at)).deadline("acceptance.correction_days", local_date(at)),
        project.agreement.agency,
    )
    ask(step="finish_delivery", subject=subject, permission="services.finish_delivery", body=agency.body, at=at, due_at=due)
    record(
        by=by,
        at=at,
        verb="oversight.evaluation_superseded",
        subject=subject[:2],
        name=project.title,
        data={"evaluation": evaluation.number},
    )
    publish(AcceptanceRefused(project_id=project.pk, at=at.isoformat()))
    return project


def _evaluated(project: Project, by: User, at: datetime) -> Evaluation:
    require(by, Permission.ACCEPT_PROJECT, local_date(at), region=project.region)
    if project.state != ProjectState.IN_ACCEPTANCE:
        raise out_of_order(project, "accept_project", at)
    evaluation = living_evaluation(project)
    if evaluation is None or evaluation.submitted_at is None:
        raise NotEvaluated
    if evaluation.submitted_by_id == by.pk:
        raise CheckerIsMaker(step="accept_project")
    return evaluation


def _supervised(project: Project, policy: Policy, by: User) -> None:
    pending = open_supervision(project)
    if pending is not None:
        raise SupervisionOpen(supervision=pending.number)
    step = supervision_step(policy)
    if step is not None and not is_supervised(project):
        raise NotSupervised(source=step.source)
    if Waiver.objects.filter(project=project, waived_by=by).exists():
        raise CheckerIsMaker(step="accept_project")
