from decimal import Decimal

import pytest

from tests import stories
from tests.projects.actions.test_designing import steps_waiting
from wushe.inbox.models import Notice
from wushe.kernel.errors import FieldRequired, StepNotAllowed
from wushe.needs.states import NeedState
from wushe.projects.actions import (
    TrancheDraft,
    accept_project,
    finish_delivery,
    free_tranches,
    refuse_acceptance,
    start_delivery,
    terminate_project,
)
from wushe.projects.actions.progress import advance
from wushe.projects.models import Trigger
from wushe.projects.states import TRANSITIONS, ProjectState, Step


@pytest.mark.parametrize("step", list(TRANSITIONS))
def test_a_step_starts_only_from_its_sources(cast, step):
    project = stories.drafted(cast)
    for state in set(ProjectState) - TRANSITIONS[step].sources:
        project.state = state
        with pytest.raises(StepNotAllowed):
            advance(project, Step(step), at=stories.DRAFTED)


def test_a_terminated_project_gives_its_needs_back_and_asks_nobody(cast):
    project = stories.delivering(cast)
    need = project.project_needs.get().need
    terminate_project(project_id=project.pk, reason="机构退出", by=cast.reviewer, at=stories.HELD)
    need.refresh_from_db()
    assert (stories.fresh(project).state, need.state) == (ProjectState.TERMINATED, NeedState.REPORTED)
    assert steps_waiting(project) == set()


def test_a_termination_has_a_reason_and_comes_before_acceptance(cast):
    project = stories.drafted(cast)
    with pytest.raises(FieldRequired):
        terminate_project(project_id=project.pk, reason=" ", by=cast.reviewer, at=stories.HELD)
    terminate_project(project_id=project.pk, reason="重复立项", by=cast.reviewer, at=stories.HELD)
    with pytest.raises(StepNotAllowed):
        terminate_project(project_id=project.pk, reason="重复立项", by=cast.reviewer, at=stories.HELD)


def test_work_sent_back_is_delivered_again(cast):
    project = stories.finished(cast)
    with pytest.raises(FieldRequired):
        refuse_acceptance(project_id=project.pk, reason="", by=cast.reviewer, at=stories.FINISHED)
    refuse_acceptance(project_id=project.pk, reason="指标未完成", by=cast.reviewer, at=stories.FINISHED)
    assert stories.fresh(project).state == ProjectState.DELIVERING


def test_acceptance_closes_a_project_that_is_paid(cast):
    project = stories.finished(cast, tranches=(TrancheDraft(Decimal(100), Trigger.FINAL_PASS),))
    stories.paid_before_acceptance(project)
    free_tranches(project=project, trigger=Trigger.SIGNED, by=cast.reviewer, at=stories.SIGNED)
    stories.paid(cast, project)
    assert accept_project(project_id=project.pk, by=cast.reviewer, at=stories.FINISHED).state == ProjectState.CLOSED


def test_acceptance_waits_for_the_last_payment_to_close(cast):
    project = stories.finished(cast)
    assert accept_project(project_id=project.pk, by=cast.reviewer, at=stories.FINISHED).state == ProjectState.ACCEPTED


def test_delivery_starts_and_ends_in_its_order(cast):
    project = stories.agreed(cast)
    with pytest.raises(StepNotAllowed):
        start_delivery(project_id=project.pk, by=cast.managers[0], at=stories.ENTERED)
    with pytest.raises(StepNotAllowed):
        finish_delivery(project_id=project.pk, by=cast.managers[0], at=stories.ENTERED)


def test_a_project_that_ends_out_to_tender_takes_its_tender_along(cast):
    project = stories.tendering(cast)
    tender = stories.tender_of(project)
    terminate_project(project_id=project.pk, reason="预算取消", by=cast.reviewer, at=stories.BID)
    tender.refresh_from_db()
    assert (tender.cancelled_at, tender.cancel_reason) == (stories.BID, "预算取消")
    news = Notice.objects.filter(verb="projects.project_terminated").values_list("user", flat=True)
    assert {manager.pk for manager in cast.managers} <= set(news)


def test_a_tender_that_was_awarded_stays_awarded_when_the_project_ends(cast):
    project = stories.agreed(cast)
    terminate_project(project_id=project.pk, reason="机构退出", by=cast.reviewer, at=stories.SIGNED)
    assert stories.tender_of(project).cancelled_at is None
