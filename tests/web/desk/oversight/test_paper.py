"""Service users without a phone answer on paper; a worker types their sheets in."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests import stories
from tests.cast import Cast
from tests.web.moments import opened_at
from wushe.accounts.models import User
from wushe.projects.models import Project
from wushe.surveys.models import Answer, Channel, Invitation, Survey

SignIn = Callable[[User], Client]


@pytest.fixture
def project(cast: Cast) -> Project:
    return stories.delivering(cast)


def page(project: Project, name: str) -> str:
    return reverse(f"desk:oversight:{name}", args=[project.number])


def text_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def sheet(serial: int, mark: int = 5, **changes: str) -> dict[str, str]:
    return {"serial": str(serial)} | {code: str(mark) for code in stories.SCALES} | changes


def test_sheets_are_made_printed_and_typed_in(cast: Cast, as_user: SignIn, project: Project):
    with opened_at(stories.HELD):
        county, worker = as_user(cast.reviewer), as_user(cast.worker)
        printed = county.post(page(project, "print-sheets"), {"sheets": "3", "group": "入户老人"}, follow=True)
        assert len(BeautifulSoup(printed.content, "html.parser").select(".ws-sheet")) == 3
        assert project.title in text_of(printed)
        assert "请您评价这项服务" in text_of(printed)
        assert page(project, "enter-paper-answer") in worker.get(reverse("desk:projects:detail", args=[project.number])).content.decode()
        after = worker.post(page(project, "enter-paper-answer"), sheet(2), follow=True)
        out = text_of(worker.get(page(project, "sheets")))
    assert "第 2 号问卷已录入" in text_of(after)
    assert "已录入 1/3 张" in text_of(after)
    assert "编号 1" in out
    assert "编号 2" not in out
    assert Answer.objects.get().entered_by == cast.worker


@pytest.mark.parametrize(("serial", "words"), [("9", "编号"), ("0", ""), ("", "")])
def test_a_number_that_no_sheet_has_is_refused_beside_it(cast: Cast, as_user: SignIn, project: Project, serial: str, words: str):
    with opened_at(stories.HELD):
        as_user(cast.reviewer).post(page(project, "print-sheets"), {"sheets": "1"})
        refused = as_user(cast.worker).post(page(project, "enter-paper-answer"), sheet(1) | {"serial": serial})
    box = BeautifulSoup(refused.content, "html.parser").select_one("#id_serial_error")
    assert refused.status_code == 422
    assert words in box.get_text()
    assert "checked" in refused.content.decode()
    assert not Answer.objects.exists()


def test_a_sheet_is_typed_in_once(cast: Cast, as_user: SignIn, project: Project):
    with opened_at(stories.HELD):
        as_user(cast.reviewer).post(page(project, "print-sheets"), {"sheets": "1"})
        worker = as_user(cast.worker)
        worker.post(page(project, "enter-paper-answer"), sheet(1))
        again = worker.post(page(project, "enter-paper-answer"), sheet(1, 1))
    assert again.status_code == 422
    assert BeautifulSoup(again.content, "html.parser").select_one("#id_serial_error") is not None
    assert Answer.objects.get().scores == dict.fromkeys(stories.SCALES, 5)


def test_a_sheet_without_a_mark_is_not_kept(cast: Cast, as_user: SignIn, project: Project):
    with opened_at(stories.HELD):
        as_user(cast.reviewer).post(page(project, "print-sheets"), {"sheets": "1"})
        typed = {key: value for key, value in sheet(1).items() if key != next(iter(stories.SCALES))}
        assert as_user(cast.worker).post(page(project, "enter-paper-answer"), typed).status_code == 422
    assert not Answer.objects.exists()


def test_too_many_sheets_are_not_made(cast: Cast, as_user: SignIn, project: Project):
    with opened_at(stories.HELD):
        told = as_user(cast.reviewer).post(page(project, "print-sheets"), {"sheets": "999"}, follow=True)
    assert "1 至 200" in text_of(told)
    assert not Invitation.objects.filter(channel=Channel.PAPER).exists()


def test_only_workers_of_the_place_type_sheets_in(cast: Cast, as_user: SignIn, project: Project):
    with opened_at(stories.HELD):
        as_user(cast.reviewer).post(page(project, "print-sheets"), {"sheets": "1"})
        for user in (cast.managers[0], cast.finance, cast.auditor, cast.judge):
            assert as_user(user).post(page(project, "enter-paper-answer"), sheet(1)).status_code == 403
        assert as_user(cast.other_head).post(page(project, "enter-paper-answer"), sheet(1)).status_code == 404
        assert as_user(cast.head).post(page(project, "print-sheets"), {"sheets": "1"}).status_code == 403
    assert not Answer.objects.exists()


def test_before_anybody_is_asked_there_is_nothing_to_type(cast: Cast, as_user: SignIn, project: Project):
    with opened_at(stories.HELD):
        assert as_user(cast.worker).get(page(project, "enter-paper-answer")).status_code == 404
        assert as_user(cast.worker).get(page(project, "sheets")).status_code == 404


def test_the_page_says_that_a_survey_has_ended_and_how_it_opens_again(cast: Cast, as_user: SignIn, project: Project):
    with opened_at(stories.HELD):
        county = as_user(cast.reviewer)
        assert "答卷收集至" not in text_of(county.get(page(project, "open-satisfaction")))
        county.post(page(project, "print-sheets"), {"sheets": "1"})
        assert "答卷收集至 2027年6月1日" in text_of(county.get(page(project, "open-satisfaction")))
        Survey.objects.update(closes_at=stories.HELD)
        assert "已停止收集" in text_of(county.get(page(project, "open-satisfaction")))
        county.post(page(project, "print-sheets"), {"sheets": "1"})
        assert "答卷收集至 2027年6月1日" in text_of(county.get(page(project, "open-satisfaction")))


def test_after_the_acceptance_the_answers_can_be_read_and_nobody_is_asked(cast: Cast, as_user: SignIn):
    project = stories.accepted(cast)
    with opened_at(stories.HELD):
        shown = BeautifulSoup(as_user(cast.reviewer).get(page(project, "open-satisfaction")).content, "html.parser").select_one("main")
    assert ("目前情况" in shown.get_text(), shown.select("form"), "答卷收集至" in shown.get_text()) == (True, [], False)


def test_the_law_that_asks_for_opinions_is_named_in_the_language_of_the_page(cast: Cast, as_user: SignIn, project: Project):
    with opened_at(stories.HELD):
        county, asked = as_user(cast.reviewer), page(project, "open-satisfaction")
        shown = [text_of(county.get(asked, headers={"accept-language": language})) for language in ("en", "zh-hans")]
    assert ["政府采购法实施条例" in each for each in shown] == [False, True]
