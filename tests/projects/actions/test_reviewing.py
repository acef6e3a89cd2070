from dataclasses import replace

import pytest

from tests import stories
from tests.accounts.factories import BEFORE
from tests.projects.actions.test_designing import steps_waiting
from wushe.accounts.models import Post, User
from wushe.inbox.models import Notice
from wushe.kernel.errors import CheckerIsMaker, StepNotAllowed
from wushe.policies.errors import UnknownCode
from wushe.projects.actions import Mark, approve_design, return_design, revise_design, submit_design
from wushe.projects.errors import ChecklistNotMet, ReturnWithoutComment, ReviewIncomplete
from wushe.projects.queries import design_changes, last_review
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
