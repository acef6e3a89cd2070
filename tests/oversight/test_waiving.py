"""The mid-term supervision is left out only with a reason on record."""

import pytest

from tests import stories
from tests.projects.actions.test_designing import steps_waiting
from wushe.audit.queries import entries_of
from wushe.inbox.models import Notice
from wushe.kernel.errors import CheckerIsMaker, FieldRequired, NotPermitted, StepNotAllowed
from wushe.oversight.actions import accept_project, waive_supervision
from wushe.oversight.errors import AlreadySupervised, NotSupervised, SupervisionOpen
from wushe.projects.models import TrancheState
from wushe.projects.states import ProjectState
from wushe.reports.models import Release
from wushe.services import actions as services

REASON = "服务期只有一个月，县总站全程参加"


def waive(cast, project, *, reason=REASON, by=None):
    return waive_supervision(project_id=project.pk, reason=reason, by=by or cast.reviewer, at=stories.HELD)


def accept(cast, project, by):
    return accept_project(project_id=project.pk, opinion="同意验收", by=by, at=stories.ACCEPTED)


def evaluated(cast):
    project = stories.delivering(cast)
    for title in ("邻里聚餐", "节气讲座"):
        stories.held(cast, project, title=title)
    services.finish_delivery(project_id=project.pk, by=cast.managers[0], at=stories.FINISHED)
    stories.heard(cast, project, 5, 4, 3)
    stories.evaluated(cast, project)
    return project


def test_no_project_is_accepted_with_its_supervision_left_out(cast):
    project = evaluated(cast)
    with pytest.raises(NotSupervised) as refused:
        accept(cast, project, cast.second_reviewer)
    assert refused.value.source.article == "五5"
    waive(cast, project)
    accept(cast, project, cast.second_reviewer)
    assert stories.fresh(project).state == ProjectState.ACCEPTED


def test_whoever_waives_does_not_accept(cast):
    project = evaluated(cast)
    waive(cast, project)
    with pytest.raises(CheckerIsMaker):
        accept(cast, project, cast.reviewer)


def test_a_waiver_frees_the_tranche_and_says_why(cast):
    project = stories.delivering(cast)
    waive(cast, project)
    assert stories.tranche(project, 2).state == TrancheState.FREE
    assert "supervise_project" not in steps_waiting(project)
    assert entries_of("project", project.number).get(verb="oversight.supervision_waived").data == {"reason": REASON}
    assert set(Notice.objects.filter(verb="oversight.supervision_waived").values_list("user__username", flat=True)) == {"head", "manager1"}
    milestones = Release.objects.filter(project=project).order_by("-sequence")[0].content["contracts"][0]["implementation"]["milestones"]
    assert [row["description"] for row in milestones if row["status"] == "notMet"] == [REASON]


def test_what_is_supervised_or_waived_is_not_waived_again(cast):
    project = stories.delivering(cast)
    waive(cast, project)
    with pytest.raises(AlreadySupervised):
        waive(cast, project)


def test_a_passed_look_needs_no_waiver_and_a_failed_one_gets_none(cast):
    project = stories.delivering(cast)
    stories.supervised(cast, project, "记录不全")
    with pytest.raises(SupervisionOpen):
        waive(cast, project)


def test_a_passed_look_needs_no_waiver(cast):
    project = stories.delivering(cast)
    stories.supervised(cast, project)
    with pytest.raises(AlreadySupervised):
        waive(cast, project)


def test_a_waiver_has_its_time_its_reason_and_its_people(cast):
    project = stories.funded(cast)
    with pytest.raises(StepNotAllowed):
        waive(cast, project)
    services.enter_station(project_id=project.pk, draft=stories.entry_draft(cast), by=cast.managers[0], at=stories.ENTERED)
    with pytest.raises(FieldRequired):
        waive(cast, project, reason=" ")
    for person in (cast.head, cast.managers[0], cast.finance, cast.judge):
        with pytest.raises(NotPermitted):
            waive(cast, project, by=person)
