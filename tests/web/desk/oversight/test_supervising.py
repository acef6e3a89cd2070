"""The pages of a look: what the agency is led to, and what they say of the money."""

from collections.abc import Callable
from dataclasses import replace

from django.test import Client
from django.urls import reverse

from tests import stories
from tests.cast import Cast
from tests.web.moments import opened_at
from wushe.accounts.models import User
from wushe.oversight import actions as oversight
from wushe.projects.models import Project

SignIn = Callable[[User], Client]


def test_the_agency_is_led_from_the_project_to_the_findings_of_a_passed_look(cast: Cast, as_user: SignIn):
    project = stories.delivering(cast)
    draft = replace(stories.look(), findings=("签到表缺一页", "照片没有日期"), correct_by=stories.CORRECT_BY)
    look = oversight.supervise_project(project_id=project.pk, draft=draft, by=cast.reviewer, at=stories.HELD)
    one, other = look.findings.order_by("pk")
    answers = reverse("desk:oversight:answer-findings", args=[project.number, look.number])
    detail = reverse("desk:projects:detail", args=[project.number])
    with opened_at(stories.HELD):
        agency = as_user(cast.managers[0])
        assert answers in agency.get(detail).content.decode()
        oversight.answer_findings(supervision_id=look.pk, answers={one.pk: "已补"}, by=cast.managers[0], at=stories.HELD)
        shown = agency.get(answers).content.decode()
        assert "照片没有日期" in shown
        assert "签到表缺一页" not in shown
        assert agency.post(answers, {f"answer_{other.pk}": "以后拍照带日期"}).status_code == 302
        assert answers not in agency.get(detail).content.decode()
        assert agency.post(answers, {f"answer_{other.pk}": "改口"}).status_code == 422


def test_the_agency_reads_what_holds_its_money_back(cast: Cast, as_user: SignIn):
    project = stories.delivering(cast)
    look = stories.supervised(cast, project, "记录不全")
    with opened_at(stories.HELD):
        agency = as_user(cast.managers[0])
        assert "暂缓拨付" in agency.get(reverse("desk:procurement:payments", args=[project.number])).content.decode()
        page = reverse("desk:procurement:request-payment", args=[project.number, 1])
        refused = agency.post(page, {"invoice_no": "票-1"}).content.decode()
    assert f"因督导 {look.number} 不合格暂缓拨付" in refused


def look_page(project: Project) -> str:
    return reverse("desk:oversight:supervise-project", args=[project.number])


def failing() -> dict[str, str]:
    """A look as it is typed that earns half of the points."""
    marks = {f"points_{item}": str(maximum / 2) for item, maximum in stories.LOOKED_AT.items()}
    seen = dict.fromkeys((f"words_{item}" for item in stories.LOOKED_AT), "查阅服务记录")
    return marks | seen | {"held_on": stories.HELD.date().isoformat(), "findings": "记录不全", "correct_by": stories.CORRECT_BY.isoformat()}


def test_a_failed_look_says_which_tranches_it_holds_back(cast: Cast, as_user: SignIn):
    project = stories.delivering(cast)
    stories.paid(cast, project)
    with opened_at(stories.HELD):
        page = as_user(cast.reviewer).post(look_page(project), failing(), follow=True).content.decode()
    assert "第 2 期款暂缓拨付" in page


def test_a_failed_look_that_holds_nothing_back_says_so(cast: Cast, as_user: SignIn):
    project = stories.delivering(cast)
    stories.paid(cast, project)
    stories.supervised(cast, project)
    stories.requested(cast, project, 2, at=stories.HELD)
    with opened_at(stories.HELD):
        page = as_user(cast.reviewer).post(look_page(project), failing(), follow=True).content.decode()
    assert "没有暂缓拨付的款项" in page


def test_a_later_failed_look_is_open_on_the_bar(cast: Cast, as_user: SignIn):
    project = stories.delivering(cast)
    stories.supervised(cast, project)
    stories.supervised(cast, project, "记录不全")
    with opened_at(stories.HELD):
        page = as_user(cast.reviewer).get(reverse("desk:projects:detail", args=[project.number])).content.decode()
    steps = page.split('class="ws-steps"')[1].split("</ol>", maxsplit=1)[0].split("<li")
    (shown,) = [step for step in steps if "中期督导" in step]
    assert 'class="now"' in shown
    assert "✓" not in shown
    assert "2026年6月1日不合格，待整改复查" in shown


def test_readers_of_english_read_in_english_what_shows_an_item(cast: Cast, as_user: SignIn):
    project = stories.delivering(cast)
    page = reverse("desk:oversight:supervise-project", args=[project.number])
    with opened_at(stories.HELD):
        county = as_user(cast.reviewer)
        chinese, english = (county.get(page, headers={"accept-language": each}).content.decode() for each in ("zh-hans", "en"))
    shown = [("抽查的凭证编号" in each, "Numbers of the records that were checked" in each) for each in (chinese, english)]
    assert shown == [(True, False), (False, True)]
