"""The bar of the procedure: what is done, what runs and by when, and the steps that a place has added."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests import stories
from tests.cast import Cast
from tests.projects.added import FILING, with_added_steps
from tests.web.moments import opened_at
from wushe.accounts.models import User
from wushe.projects import actions as projects
from wushe.projects.models import Project

SignIn = Callable[[User], Client]


def page_of(project: Project, name: str, *more: str) -> str:
    return reverse(f"desk:projects:{name}", args=[project.number, *more])


def bar(page: str) -> str:
    return page.split('class="ws-steps"')[1].split("</ol>", maxsplit=1)[0]


def test_the_bar_says_who_acts_and_by_when(cast: Cast, as_user: SignIn):
    project = stories.agreed(cast)
    with opened_at(stories.AGREED):
        shown = bar(as_user(cast.reviewer).get(page_of(project, "detail")).content.decode())
    assert "购买主体与中标机构 · 2026年5月15日前" in shown
    assert "10 个工作日内" in shown


def test_a_running_delivery_shows_its_begin_and_its_last_day(cast: Cast, as_user: SignIn):
    project = stories.delivering(cast)
    with opened_at(stories.HELD):
        shown = bar(as_user(cast.reviewer).get(page_of(project, "detail")).content.decode())
    assert "2026年5月7日 · 2026年11月30日前" in shown


def test_an_added_step_is_done_from_the_page_of_the_project(cast: Cast, as_user: SignIn):
    with_added_steps(cast)
    project = stories.contracted(cast)
    county = as_user(cast.reviewer)
    with opened_at(stories.SIGNED):
        before = county.get(page_of(project, "detail")).content.decode()
        assert page_of(project, "complete-step", FILING) in before
        assert page_of(project, "waive-step", FILING) in before
        assert bar(before).count('aria-current="step"') == 1
        assert "协议备案" in bar(before).split('aria-current="step"')[1].split("</li>")[0]
        done = county.post(page_of(project, "complete-step", FILING), {"text": "备案号 12"})
        after = county.get(page_of(project, "detail")).content.decode()
    assert done.status_code == 302
    assert "备案号 12" in after
    assert page_of(project, "waive-step", FILING) not in after


def test_a_waived_step_shows_its_reason(cast: Cast, as_user: SignIn):
    with_added_steps(cast)
    project = stories.contracted(cast)
    county = as_user(cast.reviewer)
    with opened_at(stories.SIGNED):
        assert county.get(page_of(project, "waive-step", FILING)).status_code == 200
        assert county.post(page_of(project, "waive-step", FILING), {"reason": ""}).status_code == 422
        assert county.post(page_of(project, "waive-step", FILING), {"reason": "县里已统一备案"}).status_code == 302
        page = county.get(page_of(project, "detail")).content.decode()
        agency = as_user(cast.managers[0]).get(page_of(project, "waive-step", FILING))
    assert "县里已统一备案" in page
    assert "已免予" in bar(page)
    assert agency.status_code == 403


def test_who_may_not_do_the_step_is_told_and_a_step_of_no_policy_is_not_found(cast: Cast, as_user: SignIn):
    with_added_steps(cast)
    project = stories.contracted(cast)
    town = as_user(cast.head)
    with opened_at(stories.SIGNED):
        assert town.post(page_of(project, "complete-step", FILING), {"text": ""}).status_code in {403, 422}
        assert town.get(page_of(project, "complete-step", "no_such_step")).status_code == 404
    assert not project.steps_done.exists()


def test_a_project_past_the_place_of_a_step_goes_on_without_it(cast: Cast, as_user: SignIn):
    project = stories.delivering(cast)
    with_added_steps(cast)
    with opened_at(stories.HELD):
        shown = bar(as_user(cast.reviewer).get(page_of(project, "detail")).content.decode())
    assert "协议备案" in shown
    assert projects.finish_delivery(project_id=project.pk, by=cast.managers[0], at=stories.FINISHED)


def marks(page: str) -> list[str]:
    return [" ".join(step.get("class") or []) for step in BeautifulSoup(page, "html.parser").select("ol.ws-steps li")]


STAGES: list[tuple[Callable[[Cast], Project], list[str]]] = [
    (stories.drafted, ["ended", "", "", "", "", ""]),
    (stories.submitted, ["done", "ended", "", "", "", ""]),
    (stories.tendering, ["done", "ended", "", "", "", ""]),
    (stories.awarded, ["done", "done", "ended", "", "", ""]),
    (stories.agreed, ["done", "done", "ended", "", "", ""]),
    (stories.contracted, ["done", "done", "done", "ended", "", ""]),
    (stories.delivering, ["done", "done", "done", "ended", "", ""]),
    (stories.finished, ["done", "done", "done", "done", "", "ended"]),
]


@pytest.mark.parametrize(("reach", "shown"), STAGES, ids=lambda each: getattr(each, "__name__", ""))
def test_a_terminated_project_shows_no_step_that_was_not_taken(
    cast: Cast, as_user: SignIn, reach: Callable[[Cast], Project], shown: list[str]
):
    project = reach(cast)
    projects.terminate_project(project_id=project.pk, reason="机构注销", by=cast.reviewer, at=stories.FINISHED)
    with opened_at(stories.FINISHED):
        page = as_user(cast.reviewer).get(page_of(project, "detail")).content.decode()
    assert marks(page) == shown
    assert bar(page).count("2026年11月25日在此终止") == 1
    assert "10 个工作日内" not in bar(page)


def test_a_design_that_came_back_ends_where_it_lay(cast: Cast, as_user: SignIn):
    project = stories.submitted(cast)
    draft = replace(stories.PASSED, opinion="请补充")
    projects.return_design(project_id=project.pk, draft=draft, by=cast.reviewer, at=stories.REVIEWED)
    projects.terminate_project(project_id=project.pk, reason="预算取消", by=cast.reviewer, at=stories.PUBLISHED)
    with opened_at(stories.PUBLISHED):
        assert marks(as_user(cast.reviewer).get(page_of(project, "detail")).content.decode())[0] == "ended"
