from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests import stories
from wushe.inbox.queries import waiting_on
from wushe.kernel.errors import NotFound, StepNotAllowed
from wushe.needs.models import Need
from wushe.needs.states import NeedState
from wushe.policies.errors import UnknownCode
from wushe.projects.actions import BudgetDraft, IndicatorDraft, draft_project, revise_design, submit_design
from wushe.projects.errors import DesignIncomplete, NeedElsewhere, NeedNotFree, PartNotPositive, PeriodBackwards
from wushe.projects.models import IndicatorKind
from wushe.projects.states import ProjectState


def steps_waiting(project):
    return {todo.step for todo in waiting_on("project", project.number)}


def draft(cast, *need_ids, **other):
    return draft_project(region=cast.county.town, draft=stories.design(*need_ids, **other), by=cast.worker, at=stories.DRAFTED)


def test_needs_become_one_draft(cast):
    needs = [stories.reported_need(cast, phone=phone).need for phone in ("13800138000", "13800138001")]
    project = draft(cast, *(need.pk for need in needs))
    assert (project.state, project.budget, project.budget_lines.count(), project.indicators.count()) == ("draft", 80_000, 2, 2)
    assert set(Need.objects.values_list("state", flat=True)) == {NeedState.ADOPTED}
    assert steps_waiting(project) == {"submit_design"}


def test_the_budget_is_the_sum_of_the_lines_as_they_are_kept(cast):
    lines = tuple(BudgetDraft("activities", "材料", Decimal("0.335")) for _ in range(3))
    project = draft(cast, budget_lines=lines)
    assert project.budget == sum(line.amount for line in project.budget_lines.all())


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"field": "magic"}, UnknownCode),
        ({"budget_lines": (BudgetDraft("magic", "材料", Decimal(1)),)}, UnknownCode),
        ({"budget_lines": ()}, DesignIncomplete),
        ({"title": ""}, DesignIncomplete),
        ({"ends_on": stories.STARTS_ON}, PeriodBackwards),
        ({"budget_lines": (BudgetDraft("staff", "社工", Decimal(0)),)}, PartNotPositive),
        ({"indicators": (IndicatorDraft(IndicatorKind.VISITS, "探访", Decimal(0)),)}, PartNotPositive),
        ({"need_ids": (0,)}, NotFound),
    ],
)
def test_a_design_that_cannot_be_is_refused(cast, change, refusal):
    with pytest.raises(refusal):
        draft_project(region=cast.county.town, draft=replace(stories.design(), **change), by=cast.worker, at=stories.DRAFTED)


def test_a_need_belongs_to_one_project(cast):
    project = stories.drafted(cast)
    need = project.project_needs.get().need
    with pytest.raises(NeedNotFree) as refused:
        draft(cast, need.pk)
    assert refused.value.need == need.number


def test_a_project_takes_up_needs_of_its_own_place(cast):
    need = stories.reported_need(cast, region=cast.county.village).need
    with pytest.raises(NeedElsewhere) as refused:
        draft(cast, need.pk)
    assert refused.value.data() == {"need": need.number, "place": "明德街道"}


def test_a_revision_replaces_parts_and_gives_needs_back(cast):
    project = stories.drafted(cast)
    dropped = project.project_needs.get().need
    taken = stories.reported_need(cast, phone="13800138001").need
    line = BudgetDraft("staff", "社工", Decimal(9))
    revise_design(
        project_id=project.pk,
        draft=stories.design(taken.pk, budget_lines=(line,), title="助餐"),
        by=cast.head,
        at=stories.SUBMITTED,
    )
    project = stories.fresh(project)
    dropped.refresh_from_db()
    taken.refresh_from_db()
    assert (project.title, project.budget, project.budget_lines.count()) == ("助餐", 9, 1)
    assert (dropped.state, taken.state) == (NeedState.REPORTED, NeedState.ADOPTED)


def test_a_need_given_back_can_be_taken_again(cast):
    project = stories.drafted(cast)
    need = project.project_needs.get().need
    for ids in ((), (need.pk,), ()):
        revise_design(project_id=project.pk, draft=stories.design(*ids), by=cast.head, at=stories.SUBMITTED)
    need.refresh_from_db()
    assert need.state == NeedState.REPORTED
    assert project.project_needs.count() == 2


def test_what_is_under_review_is_not_revised(cast):
    project = stories.submitted(cast)
    with pytest.raises(StepNotAllowed):
        revise_design(project_id=project.pk, draft=stories.design(), by=cast.head, at=stories.SUBMITTED)


def test_submission_keeps_the_version_and_starts_the_clock(cast):
    project = stories.submitted(cast)
    assert (project.state, project.version, project.submitted_by) == (ProjectState.UNDER_REVIEW, 1, cast.head)
    content = project.versions.get().content
    assert (content["budget"], content["needs"]) == ("80000.00", [project.project_needs.get().need.number])
    (todo,) = waiting_on("project", project.number)
    assert (todo.step, todo.region, todo.due_at.date()) == ("review_design", cast.county.county, date(2026, 3, 12))


def test_an_unfinished_design_is_not_submitted(cast):
    project = draft(cast, summary=" ", service_users="", goals="", indicators=())
    with pytest.raises(DesignIncomplete) as refused:
        submit_design(project_id=project.pk, by=cast.head, at=stories.SUBMITTED)
    assert refused.value.missing == ("needs", "indicators", "service_users", "goals", "summary")


def test_a_design_is_submitted_once(cast):
    project = stories.submitted(cast)
    with pytest.raises(StepNotAllowed):
        submit_design(project_id=project.pk, by=cast.head, at=stories.SUBMITTED)


def test_an_unknown_project_is_not_found(cast):
    with pytest.raises(NotFound):
        submit_design(project_id=0, by=cast.head, at=stories.SUBMITTED)
