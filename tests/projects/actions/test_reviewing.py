from dataclasses import replace
from uuid import UUID

import pytest

from tests import stories
from tests.accounts.factories import BEFORE
from tests.projects.actions.test_designing import steps_waiting
from wushe.accounts.models import Post, User
from wushe.audit.queries import entries_of
from wushe.inbox.models import Notice
from wushe.kernel.errors import CheckerIsMaker, StepNotAllowed
from wushe.policies.errors import UnknownCode
from wushe.projects.actions import Mark, approve_design, draft_project, return_design, revise_design, submit_design, take_up_review
from wushe.projects.errors import ApprovedWithComments, ChecklistNotMet, ReturnWithoutComment, ReviewIncomplete
from wushe.projects.models import Project
from wushe.projects.queries import Waiting, design_changes, last_review, reviews_waiting, taken_up
from wushe.projects.states import ProjectState

UNMET = replace(stories.PASSED, marks=(Mark("need_shown", met=False, comment="缺走访记录"), *stories.PASSED.marks[1:]))


def test_approval_keeps_the_marks_and_asks_for_the_tender(cast):
    project = stories.submitted(cast)
    review = approve_design(project_id=project.pk, draft=stories.PASSED, by=cast.reviewer, at=stories.REVIEWED)
    assert (review.approved, review.version, review.marks.count()) == (True, 1, len(stories.CHECKLIST))
    assert stories.fresh(project).state == ProjectState.APPROVED
    assert steps_waiting(project) == {"publish_tender"}
    assert list(Notice.objects.values_list("user__username", "verb")) == [("head", "projects.design_approved")]


def test_a_return_says_what_to_mend_and_the_town_submits_again(cast):
    project = stories.submitted(cast)
    draft = replace(UNMET, comments=(("budget_lines", "社工服务费偏高"),), opinion="请修改后再报")
    return_design(project_id=project.pk, draft=draft, by=cast.reviewer, at=stories.REVIEWED)
    assert stories.fresh(project).state == ProjectState.DRAFT
    assert steps_waiting(project) == {"submit_design"}
    need = project.project_needs.get().need_id
    revise_design(project_id=project.pk, draft=stories.design(need, title="助餐"), by=cast.head, at=stories.REVIEWED)
    submit_design(project_id=project.pk, by=cast.head, at=stories.REVIEWED)
    assert [change.field for change in design_changes(project, before=1, after=2)] == ["title"]
    assert [(c.field, c.text) for c in last_review(project).comments.all()] == [("budget_lines", "社工服务费偏高")]


def test_reviews_wait_for_whoever_took_them_up_or_for_the_office(cast):
    project = stories.submitted(cast)
    need = stories.reported_need(cast, submission=UUID(int=2)).need
    other = draft_project(region=cast.county.town, draft=stories.design(need.pk), by=cast.worker, at=stories.DRAFTED)
    submit_design(project_id=other.pk, by=cast.head, at=stories.REVIEWED)
    take_up_review(project_id=other.pk, by=cast.second_reviewer, at=stories.REVIEWED)
    county = cast.county.county.name
    assert reviews_waiting(Project.objects.all()) == [
        Waiting("", county, 1, stories.SUBMITTED),
        Waiting(cast.second_reviewer.name, county, 1, stories.REVIEWED),
    ]
    take_up_review(project_id=project.pk, by=cast.second_reviewer, at=stories.REVIEWED)
    assert [(row.count, row.since) for row in reviews_waiting(Project.objects.all())] == [(2, stories.SUBMITTED)]
    return_design(project_id=project.pk, draft=UNMET, by=cast.reviewer, at=stories.REVIEWED)
    submit_design(project_id=project.pk, by=cast.head, at=stories.PUBLISHED)
    assert [row.reviewer for row in reviews_waiting(Project.objects.all())] == [cast.second_reviewer.name, ""]


def test_a_review_is_taken_up_once_and_taken_over_by_a_colleague(cast):
    project = stories.submitted(cast)
    for _ in range(2):
        take_up_review(project_id=project.pk, by=cast.reviewer, at=stories.REVIEWED)
    take_up_review(project_id=project.pk, by=cast.second_reviewer, at=stories.REVIEWED)
    assert taken_up(project).reviewer == cast.second_reviewer
    (first, second) = entries_of("project", project.number).filter(verb="projects.review_taken_up")
    assert (first.data["from"], second.data["from"]) == ("", cast.reviewer.number)
    approve_design(project_id=project.pk, draft=stories.PASSED, by=cast.reviewer, at=stories.REVIEWED)
    with pytest.raises(StepNotAllowed):
        take_up_review(project_id=project.pk, by=cast.reviewer, at=stories.REVIEWED)


def test_who_submitted_a_design_does_not_take_up_its_review(cast):
    project = stories.submitted(cast)
    Post.objects.create(user=cast.head, role="county_station", region=cast.county.county, since=BEFORE)
    with pytest.raises(CheckerIsMaker):
        take_up_review(project_id=project.pk, by=User.objects.get(pk=cast.head.pk), at=stories.REVIEWED)


def test_every_item_is_answered(cast):
    project = stories.submitted(cast)
    draft = replace(stories.PASSED, marks=stories.PASSED.marks[2:])
    with pytest.raises(ReviewIncomplete) as refused:
        approve_design(project_id=project.pk, draft=draft, by=cast.reviewer, at=stories.REVIEWED)
    assert refused.value.missing == ("need_shown", "users_defined")


@pytest.mark.parametrize("item", ["magic", "need_shown"])
def test_an_item_is_answered_once_and_stands_on_the_list(cast, item):
    project = stories.submitted(cast)
    draft = replace(stories.PASSED, marks=(*stories.PASSED.marks, Mark(item, met=True)))
    with pytest.raises(UnknownCode):
        approve_design(project_id=project.pk, draft=draft, by=cast.reviewer, at=stories.REVIEWED)


def test_an_unmet_item_cannot_be_approved(cast):
    project = stories.submitted(cast)
    with pytest.raises(ChecklistNotMet) as refused:
        approve_design(project_id=project.pk, draft=UNMET, by=cast.reviewer, at=stories.REVIEWED)
    assert refused.value.items == ("need_shown",)


def test_a_comment_on_a_part_goes_with_no_approval(cast):
    project = stories.submitted(cast)
    draft = replace(stories.PASSED, comments=(("budget_lines", "社工服务费偏高"),))
    with pytest.raises(ApprovedWithComments) as refused:
        approve_design(project_id=project.pk, draft=draft, by=cast.reviewer, at=stories.REVIEWED)
    assert refused.value.parts == ("budget_lines",)


def test_a_return_without_a_word_is_refused(cast):
    project = stories.submitted(cast)
    with pytest.raises(ReturnWithoutComment):
        return_design(project_id=project.pk, draft=replace(UNMET, opinion=" "), by=cast.reviewer, at=stories.REVIEWED)


def test_who_submitted_does_not_review(cast):
    project = stories.submitted(cast)
    Post.objects.create(user=cast.head, role="county_station", region=cast.county.county, since=BEFORE)
    with pytest.raises(CheckerIsMaker):
        approve_design(project_id=project.pk, draft=stories.PASSED, by=User.objects.get(pk=cast.head.pk), at=stories.REVIEWED)


def test_a_version_is_reviewed_once(cast):
    project = stories.approved(cast)
    with pytest.raises(StepNotAllowed):
        return_design(project_id=project.pk, draft=stories.PASSED, by=cast.reviewer, at=stories.REVIEWED)
