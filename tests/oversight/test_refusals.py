"""What supervision, evaluation and acceptance refuse."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests import stories
from tests.accounts.factories import BEFORE
from wushe.accounts.models import Post, User
from wushe.kernel.errors import CheckerIsMaker, FieldRequired, NotPermitted, StepNotAllowed
from wushe.oversight.actions import (
    accept_project,
    appoint_evaluator,
    declare_conflict,
    evaluate_project,
    hold_second_look,
    refuse_acceptance,
    supervise_project,
)
from wushe.oversight.errors import (
    AlreadyEvaluated,
    ConflictNotDeclared,
    EvaluationFailed,
    EvaluatorHasConflict,
    EvaluatorNotIndependent,
    EvidenceMissing,
    FindingsMissing,
    FindingsUnanswered,
    ItemsUnanswered,
    NoSatisfactionSurvey,
    NotEvaluated,
    PointsOutOfRange,
    ResidentsNotHeard,
    SecondLookFirst,
    SupervisionOpen,
)
from wushe.projects.states import ProjectState


def supervise(cast, project, draft):
    return supervise_project(project_id=project.pk, draft=draft, by=cast.reviewer, at=stories.HELD)


def evaluate(cast, project, draft=None):
    return evaluate_project(project_id=project.pk, draft=draft or stories.report(), by=cast.judge, at=stories.FINISHED)


def accept(cast, project, *, by=None, opinion="同意验收"):
    return accept_project(project_id=project.pk, opinion=opinion, by=by or cast.reviewer, at=stories.ACCEPTED)


def changed(draft, **other):
    first, *rest = draft.marks
    return replace(draft, marks=(replace(first, **other), *rest))


def test_a_supervision_is_whole(cast):
    project = stories.delivering(cast)
    draft = stories.look()
    for wrong, refusal in (
        (replace(draft, marks=draft.marks[1:]), ItemsUnanswered),
        (changed(draft, points=Decimal(21)), PointsOutOfRange),
        (changed(draft, evidence=" "), EvidenceMissing),
        (replace(stories.look("记录不全"), findings=()), FindingsMissing),
    ):
        with pytest.raises(refusal):
            supervise(cast, project, wrong)
    with pytest.raises(NotPermitted):
        supervise_project(project_id=project.pk, draft=draft, by=cast.managers[0], at=stories.HELD)


def test_open_findings_come_first(cast):
    project = stories.delivering(cast)
    first = stories.supervised(cast, project, "记录不全")
    with pytest.raises(SecondLookFirst):
        supervise(cast, project, stories.look())
    with pytest.raises(FindingsUnanswered):
        hold_second_look(supervision_id=first.pk, draft=stories.look(), by=cast.reviewer, at=stories.HELD)


def test_nothing_is_supervised_before_delivery(cast):
    project = stories.contracted(cast)
    with pytest.raises(StepNotAllowed):
        supervise(cast, project, stories.look())


def test_the_evaluator_is_a_third_party_without_conflicts(cast):
    project = stories.finished(cast)
    with pytest.raises(EvaluatorNotIndependent):
        appoint_evaluator(project_id=project.pk, evaluator=cast.agencies[1].body, by=cast.reviewer, at=stories.FINISHED)
    appoint_evaluator(project_id=project.pk, evaluator=cast.evaluator.body, by=cast.reviewer, at=stories.FINISHED)
    with pytest.raises(ConflictNotDeclared):
        evaluate(cast, project)
    with pytest.raises(FieldRequired):
        declare_conflict(project_id=project.pk, has_conflict=True, conflict=" ", by=cast.judge, at=stories.FINISHED)
    stories.appointed(cast, project, conflict="曾为机构做账")
    with pytest.raises(EvaluatorHasConflict):
        evaluate(cast, project)


def test_a_declared_conflict_is_not_taken_back(cast):
    project = stories.finished(cast)
    stories.heard(cast, project, 5)
    stories.appointed(cast, project, conflict="曾为机构做账")
    with pytest.raises(EvaluatorHasConflict):
        declare_conflict(project_id=project.pk, has_conflict=False, conflict="", by=cast.judge, at=stories.FINISHED)
    with pytest.raises(EvaluatorHasConflict):
        evaluate(cast, project)
    with pytest.raises(EvaluatorNotIndependent) as refused:
        appoint_evaluator(project_id=project.pk, evaluator=cast.evaluator.body, by=cast.reviewer, at=stories.FINISHED)
    assert refused.value.reason == "declared_conflict"


def test_who_appoints_the_evaluator_does_not_evaluate(cast):
    project = stories.finished(cast)
    stories.heard(cast, project, 5)
    stories.appointed(cast, project)
    Post.objects.create(user=cast.reviewer, role="evaluator", body=cast.evaluator.body, since=BEFORE)
    both = User.objects.get(pk=cast.reviewer.pk)
    with pytest.raises(CheckerIsMaker):
        evaluate_project(project_id=project.pk, draft=stories.report(), by=both, at=stories.FINISHED)


def test_an_evaluation_is_whole_and_final(cast):
    project = stories.finished(cast)
    stories.appointed(cast, project)
    with pytest.raises(NoSatisfactionSurvey):
        evaluate(cast, project)
    stories.heard(cast, project, 5)
    report = stories.report()
    rise = tuple(replace(row, points=Decimal(1)) if row.item == "correction_overdue" else row for row in report.judged)
    for wrong, refusal in (
        (replace(report, summary=" "), FieldRequired),
        (replace(report, judged=report.judged[1:]), ItemsUnanswered),
        (replace(report, judged=(replace(report.judged[0], points=Decimal(11)), *report.judged[1:])), PointsOutOfRange),
        (replace(report, judged=rise), PointsOutOfRange),
    ):
        with pytest.raises(refusal):
            evaluate(cast, project, wrong)
    evaluate(cast, project)
    with pytest.raises(AlreadyEvaluated):
        evaluate(cast, project)


def test_acceptance_waits_for_report_and_voices(cast):
    project = stories.delivering(cast)
    for title in ("邻里聚餐", "节气讲座"):
        stories.held(cast, project, title=title)
    stories.supervised(cast, project)
    with pytest.raises(StepNotAllowed):
        accept(cast, project)
    stories.services.finish_delivery(project_id=project.pk, by=cast.managers[0], at=stories.FINISHED)
    with pytest.raises(NotEvaluated):
        accept(cast, project)
    stories.heard(cast, project)
    stories.evaluated(cast, project)
    with pytest.raises(ResidentsNotHeard) as refused:
        accept(cast, project)
    assert (refused.value.answered, refused.value.required, refused.value.source.article) == (0, 1, "45")
    stories.heard(cast, project, 5)
    with pytest.raises(FieldRequired):
        accept(cast, project, opinion=" ")


def test_a_failed_evaluation_goes_back_to_the_agency(cast):
    project = stories.finished(cast)
    stories.heard(cast, project, 1)
    stories.evaluated(cast, project)
    with pytest.raises(EvaluationFailed):
        accept(cast, project)
    refuse_acceptance(project_id=project.pk, reason="指标未完成", by=cast.reviewer, at=stories.ACCEPTED)
    assert stories.fresh(project).state == ProjectState.DELIVERING


def test_open_findings_stop_acceptance(cast):
    project = stories.delivering(cast)
    for title in ("邻里聚餐", "节气讲座"):
        stories.held(cast, project, title=title)
    stories.supervised(cast, project, "记录不全")
    stories.services.finish_delivery(project_id=project.pk, by=cast.managers[0], at=stories.FINISHED)
    stories.heard(cast, project, 5)
    stories.evaluated(cast, project)
    with pytest.raises(SupervisionOpen):
        accept(cast, project)


def test_who_evaluated_does_not_accept(cast):
    project = stories.finished(cast)
    stories.heard(cast, project, 5)
    stories.evaluated(cast, project)
    Post.objects.create(user=cast.judge, role="county_station", region=cast.county.county, since=BEFORE)
    with pytest.raises(CheckerIsMaker):
        accept(cast, project, by=User.objects.get(pk=cast.judge.pk))
