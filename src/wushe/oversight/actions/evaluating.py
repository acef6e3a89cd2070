from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from wushe.accounts.models import Body, BodyKind, Post, User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, settle
from wushe.kernel import numbers
from wushe.kernel.bus import publish
from wushe.kernel.clock import local_date
from wushe.kernel.errors import CheckerIsMaker, FieldRequired
from wushe.oversight.actions.proving import Proof, keep
from wushe.oversight.errors import (
    AlreadyEvaluated,
    ConflictNotDeclared,
    EvaluatorHasConflict,
    EvaluatorNotIndependent,
    ItemsUnanswered,
    NoSatisfactionSurvey,
    PointsOutOfRange,
)
from wushe.oversight.events import ProjectEvaluated
from wushe.oversight.models import Evaluation, EvaluationItem
from wushe.oversight.permissions import Permission
from wushe.oversight.queries import ComputedItem, computed_items, living_evaluation, report_content
from wushe.oversight.rules import digest_of
from wushe.policies.queries import Rubric, RubricItem, policy_for
from wushe.projects.actions import tell_parties
from wushe.projects.models import Project
from wushe.projects.queries import locked, out_of_order, subject_of
from wushe.projects.states import ProjectState

HANDED_IN = ("score", "pass_mark", "grade", "summary", "advice", "content", "submitted_by", "submitted_at")


@dataclass(frozen=True, slots=True)
class JudgedDraft:
    """Points for a judged item of the rubric, what was seen, and a file that shows it."""

    item: str
    points: Decimal
    basis: str = ""
    file: Proof | None = None


@dataclass(frozen=True, slots=True)
class EvaluationDraft:
    """The evaluator's part of the report; computed items are not typed."""

    judged: tuple[JudgedDraft, ...]
    summary: str
    advice: str = ""


@transaction.atomic
def appoint_evaluator(*, project_id: int, evaluator: Body, by: User, at: datetime) -> Evaluation:
    """Ask a third party to evaluate. Nobody who has to do with one of the parties may.

    Refuses: NotPermitted, StepNotAllowed, EvaluatorNotIndependent, AlreadyEvaluated.
    Effects: an Evaluation; audit; a to-do for the evaluator to declare conflicts and report.
    Policy: `evaluation.working_days`.
    """
    project = locked(project_id)
    on = local_date(at)
    require(by, Permission.APPOINT_EVALUATOR, on, region=project.region)
    if project.state != ProjectState.IN_ACCEPTANCE:
        raise out_of_order(project, "appoint_evaluator", at)
    held = living_evaluation(project)
    if held is not None and held.submitted_at is not None:
        raise AlreadyEvaluated(evaluation=held.number)
    _independent(project, evaluator, at)
    if held is not None:
        held.superseded_at = at
        held.save(update_fields=["superseded_at"])
    evaluation = Evaluation.objects.create(
        number=numbers.draw("evaluation", place=project.region.county_code, on=on),
        project=project,
        evaluator=evaluator,
        appointed_by=by,
        appointed_at=at,
    )
    subject = subject_of(project)
    for step in ("appoint_evaluator", "evaluate_project"):
        settle(step=step, subject=subject[:2], at=at)
    due = policy_for(project.region, on).deadline("evaluation.working_days", on)
    ask(step="evaluate_project", subject=subject, permission=Permission.EVALUATE_PROJECT, body=evaluator, at=at, due_at=due)
    record(
        by=by, at=at, verb="oversight.evaluator_appointed", subject=subject[:2], name=project.title, data={"evaluator": evaluator.number}
    )
    return evaluation


@transaction.atomic
def declare_conflict(*, project_id: int, has_conflict: bool, conflict: str, by: User, at: datetime) -> Evaluation:
    """Declare, as the evaluator, whether there is a conflict of interest. A conflict ends the appointment and is not taken back.

    Refuses: NotPermitted, StepNotAllowed, AlreadyEvaluated, EvaluatorHasConflict, FieldRequired.
    Effects: the Evaluation's declaration; audit; with a conflict, a to-do for the county to appoint another.
    Policy: `evaluation.appoint_working_days`.
    """
    project = locked(project_id)
    evaluation = _mine(project, by, at)
    if has_conflict and not conflict.strip():
        raise FieldRequired(name="conflict")
    evaluation.declared_by, evaluation.declared_at = by, at
    evaluation.has_conflict, evaluation.conflict = has_conflict, conflict if has_conflict else ""
    evaluation.save(update_fields=["declared_by", "declared_at", "has_conflict", "conflict"])
    subject = subject_of(project)
    if has_conflict:
        settle(step="evaluate_project", subject=subject[:2], at=at)
        ask(
            step="appoint_evaluator",
            subject=subject,
            permission=Permission.APPOINT_EVALUATOR,
            region=project.region.county,
            at=at,
            due_at=policy_for(project.region, local_date(at)).deadline("evaluation.appoint_working_days", local_date(at)),
        )
    record(by=by, at=at, verb="oversight.conflict_declared", subject=subject[:2], name=project.title, data={"has_conflict": has_conflict})
    return evaluation


@transaction.atomic
def evaluate_project(*, project_id: int, draft: EvaluationDraft, by: User, at: datetime) -> Evaluation:
    """Hand in the evaluation report: judged items by the evaluator, computed items by the system.

    Refuses: NotPermitted, StepNotAllowed, ConflictNotDeclared, EvaluatorHasConflict, AlreadyEvaluated, NoSatisfactionSurvey,
    ItemsUnanswered, PointsOutOfRange, CheckerIsMaker, FieldRequired, and what `store_file` refuses of a file.
    Effects: EvaluationItems with their files; the Evaluation's score, grade and text, and the whole report as it is kept; audit with the digest of that; ProjectEvaluated; a to-do to accept; news for town and agency.
    Policy: the rubric `evaluation`, `evaluation.pass_mark`, `satisfaction.minimum_answers`, `acceptance.working_days`.
    """
    project = locked(project_id)
    on = local_date(at)
    evaluation = _mine(project, by, at)
    if evaluation.has_conflict is None:
        raise ConflictNotDeclared
    if evaluation.appointed_by_id == by.pk:
        raise CheckerIsMaker(step="evaluate_project")
    policy = policy_for(project.region, on)
    if not hasattr(project, "satisfaction"):
        raise NoSatisfactionSurvey(source=policy.require("satisfaction.minimum_answers").source)
    if not draft.summary.strip():
        raise FieldRequired(name="summary")
    rubric = policy.rubric("evaluation")
    computed = computed_items(project, rubric, on)
    rows = _rows(evaluation, rubric, computed, draft)
    proofs = {row.item: row.file for row in draft.judged}
    for row in rows:
        row.file = keep(proofs.get(row.item), by=by, at=at)
    EvaluationItem.objects.bulk_create(rows)
    score = max(Decimal(0), min(Decimal(100), sum((row.points for row in rows), Decimal(0))))
    evaluation.score, evaluation.pass_mark = score, Decimal(str(rubric.pass_mark))
    evaluation.grade = rubric.grade_of(score)
    evaluation.summary, evaluation.advice = draft.summary, draft.advice
    evaluation.submitted_by, evaluation.submitted_at = by, at
    evaluation.content = report_content(evaluation, rows, rubric, on)
    evaluation.save(update_fields=HANDED_IN)
    subject = subject_of(project)
    record(
        by=by,
        at=at,
        verb="oversight.project_evaluated",
        subject=subject[:2],
        name=project.title,
        data={
            "evaluation": evaluation.number,
            "score": str(score),
            "grade": evaluation.grade,
            "sha256": digest_of(evaluation.content),
        },
    )
    publish(ProjectEvaluated(project_id=project.pk, at=at.isoformat()))
    settle(step="evaluate_project", subject=subject[:2], at=at)
    due, county = policy.deadline("acceptance.working_days", on), project.region.county
    ask(step="accept_project", subject=subject, permission=Permission.ACCEPT_PROJECT, region=county, at=at, due_at=due)
    tell_parties(project, "oversight.project_evaluated", at=at, data={"grade": evaluation.grade})
    return evaluation


def _mine(project: Project, by: User, at: datetime) -> Evaluation:
    evaluation = living_evaluation(project)
    if evaluation is None or project.state != ProjectState.IN_ACCEPTANCE:
        raise out_of_order(project, "evaluate_project", at)
    require(by, Permission.EVALUATE_PROJECT, local_date(at), body_id=evaluation.evaluator_id)
    if evaluation.submitted_at is not None:
        raise AlreadyEvaluated(evaluation=evaluation.number)
    if evaluation.has_conflict:
        raise EvaluatorHasConflict(conflict=evaluation.conflict)
    return evaluation


def _independent(project: Project, evaluator: Body, at: datetime) -> None:
    if evaluator.kind != BodyKind.EVALUATOR:
        raise EvaluatorNotIndependent(reason="not_an_evaluator")
    agreement = project.agreement
    if evaluator.pk in {agreement.purchaser_id, agreement.agency.body_id}:
        raise EvaluatorNotIndependent(reason="is_a_party")
    if project.evaluations.filter(evaluator=evaluator, has_conflict=True).exists():
        raise EvaluatorNotIndependent(reason="declared_conflict")
    on = local_date(at)
    staff = Post.objects.held(on).filter(body=evaluator).values("user")
    parties = Q(body__in=[agreement.purchaser_id, agreement.agency.body_id]) | Q(region__in=project.region.ancestor_ids)
    if Post.objects.held(on).filter(parties, user__in=staff).exists():
        raise EvaluatorNotIndependent(reason="shares_staff")


def _refuse_points(item: RubricItem, points: Decimal, maximum: Decimal) -> None:
    """What is deducted is nought or less; nothing else is."""
    lowest, highest = (-maximum, Decimal(0)) if item.kind == "deduct" else (Decimal(0), maximum)
    if not lowest <= points <= highest:
        raise PointsOutOfRange(item=item.code, points=points, maximum=highest)


def _rows(evaluation: Evaluation, rubric: Rubric, computed: dict[str, ComputedItem], draft: EvaluationDraft) -> list[EvaluationItem]:
    judged = {row.item: row for row in draft.judged}
    rows, missing = [], []
    for side in rubric.sides:
        for item in side.items:
            maximum = Decimal(str(item.max_points))
            if item.code in computed:
                found = computed[item.code]
                row = EvaluationItem(computed=True, points=found.points, basis=found.basis)
            elif item.code in judged:
                given = judged[item.code]
                _refuse_points(item, given.points, maximum)
                row = EvaluationItem(computed=False, points=given.points, basis=given.basis)
            else:
                missing.append(item.code)
                continue
            row.evaluation, row.side, row.item, row.maximum = evaluation, side.code, item.code, maximum
            rows.append(row)
    if missing:
        raise ItemsUnanswered(missing=tuple(missing))
    return rows
