"""From needs to a design that the county can review."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.stories import CHECKLIST, DRAFTED, REVIEWED, SUBMITTED, drafted, fresh, reported_need, submitted
from tests.web.moments import opened_at
from wushe.accounts.models import User
from wushe.needs.models import Need
from wushe.projects import actions as projects
from wushe.projects.actions import Mark, ReviewDraft
from wushe.projects.models import Project

SignIn = Callable[[User], Client]
NEW = reverse("desk:projects:draft-project")


def typed(*need_ids: int, **other: str) -> dict[str, object]:
    return {
        "title": "独居老人助餐陪伴",
        "field": "elderly_care",
        "summary": "为独居老人上门送餐",
        "service_users": "独居老人",
        "goals": "每位老人每周有人上门",
        "expected_persons": "60",
        "starts_on": "2026-05-01",
        "ends_on": "2026-11-30",
        "needs": [str(pk) for pk in need_ids],
        "lines-TOTAL_FORMS": "2",
        "lines-INITIAL_FORMS": "0",
        "lines-0-category": "staff",
        "lines-0-text": "社工服务",
        "lines-0-amount": "50000",
        "indicators-TOTAL_FORMS": "1",
        "indicators-INITIAL_FORMS": "0",
        "indicators-0-kind": "activities",
        "indicators-0-text": "开展活动",
        "indicators-0-target": "12",
    } | other


def test_draft_project_makes_needs_into_a_project(cast: Cast, as_user: SignIn):
    need = reported_need(cast).need
    with opened_at(DRAFTED):
        response = as_user(cast.worker).post(NEW, typed(need.pk))
    project = Project.objects.get()
    assert response.headers["Location"] == reverse("desk:projects:detail", args=[project.number])
    assert project.budget == 50_000
    assert [link.need for link in project.project_needs.all()] == [need]


def test_the_needs_named_in_the_address_are_ticked_and_stand_first(cast: Cast, as_user: SignIn):
    reported_need(cast, wish="希望社区组织合唱队练习")
    chosen = reported_need(cast, wish="希望有人教用智能手机").need
    with opened_at(DRAFTED):
        page = as_user(cast.worker).get(NEW, {"need": chosen.number}).content.decode()
    assert page.count("checked") == 1
    assert page.index("希望有人教用智能手机") < page.index("希望社区组织合唱队练习")
    assert "已等待 2 天" in page
    assert f'<option value="{Need.objects.get(number=chosen.number).field}" selected>' in page


def test_a_faulty_row_is_named_above_the_form_and_can_be_gone_to(cast: Cast, as_user: SignIn):
    need = reported_need(cast).need
    wrong = {"lines-0-amount": "-5", "indicators-0-target": "十二"}
    with opened_at(DRAFTED):
        response = as_user(cast.worker).post(NEW, typed(need.pk, **wrong))
    page = BeautifulSoup(response.content, "html.parser")
    named = [link["href"] for link in page.select("main .ws-errors a")]
    assert (response.status_code, named) == (422, ["#id_lines-0-amount", "#id_indicators-0-target"])
    assert [page.select_one(address)["value"] for address in named] == list(wrong.values())


def test_more_lines_keep_everything_typed_and_judge_nothing(cast: Cast, as_user: SignIn):
    need = reported_need(cast).need
    with opened_at(DRAFTED):
        response = as_user(cast.worker).post(NEW, typed(need.pk, title="", add_line="1"))
    page = response.content.decode()
    assert response.status_code == 200
    assert 'name="lines-5-amount"' in page
    for kept in ('value="社工服务"', 'value="50000"', "为独居老人上门送餐", 'value="开展活动"', "checked"):
        assert kept in page
    assert "ws-errors" not in page
    assert "is-invalid" not in page
    assert not Project.objects.exists()


def test_needs_are_searched_and_the_ticked_one_stays(cast: Cast, as_user: SignIn):
    ticked = reported_need(cast, wish="希望有人教用智能手机").need
    reported_need(cast, wish="希望社区组织合唱队练习")
    reported_need(cast, wish="楼道灯坏了想请人修")
    with opened_at(DRAFTED):
        page = as_user(cast.worker).post(NEW, typed(ticked.pk, find_needs="1", need_words="合唱队")).content.decode()
    assert "希望社区组织合唱队练习" in page
    assert "希望有人教用智能手机" in page
    assert "楼道灯坏了想请人修" not in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends_on": "2026-04-01"}, "id_ends_on_error"),
        ({"lines-0-category": ""}, "id_lines-0-category_error"),
        ({"title": ""}, "id_title_error"),
        ({"expected_persons": "99999999999"}, "id_expected_persons_error"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_everything_typed_is_kept(cast: Cast, as_user: SignIn, wrong: dict[str, str], field: str):
    with opened_at(DRAFTED):
        response = as_user(cast.worker).post(NEW, typed(**wrong))
    page = response.content.decode()
    assert response.status_code == 422
    assert f'id="{field}"' in page
    assert 'value="社工服务"' in page
    assert not Project.objects.exists()


@pytest.mark.parametrize("who", ["reviewer", "manager", "auditor", "stranger"])
def test_draft_project_is_for_the_town(cast: Cast, as_user: SignIn, who: str):
    assert as_user(cast.everyone()[who]).get(NEW).status_code == 403


def test_revise_design_shows_what_is_there_and_changes_it(cast: Cast, as_user: SignIn):
    project = drafted(cast)
    address = reverse("desk:projects:revise-design", args=[project.number])
    with opened_at(DRAFTED):
        client = as_user(cast.worker)
        page = client.get(address).content.decode()
        response = client.post(address, typed(title="独居老人助餐"))
    assert 'value="活动材料"' in page
    assert "checked" in page
    assert response.status_code == 302
    project.refresh_from_db()
    assert (project.title, project.budget) == ("独居老人助餐", 50_000)
    assert as_user(cast.other_head).get(address).status_code == 404


def test_a_submitted_design_cannot_be_revised(cast: Cast, as_user: SignIn):
    project = submitted(cast)
    with opened_at(SUBMITTED):
        response = as_user(cast.worker).post(reverse("desk:projects:revise-design", args=[project.number]), typed(title="别的名称"))
    assert response.status_code == 422
    assert 'value="别的名称"' in response.content.decode()


def test_submit_design_asks_once_and_reports_to_the_county(cast: Cast, as_user: SignIn):
    project = drafted(cast)
    address = reverse("desk:projects:submit-design", args=[project.number])
    with opened_at(SUBMITTED):
        client = as_user(cast.head)
        assert client.get(address).status_code == 200
        assert client.post(address).status_code == 302
        assert client.post(address).status_code == 409
        assert as_user(cast.worker).get(address).status_code == 403
    project.refresh_from_db()
    assert project.state == "under_review"


MARKS = tuple(Mark(item, met=True) for item in CHECKLIST)
COMMENTS = (("summary", "写明服务频次"), ("budget_lines", "人员费超出标准"), ("indicators", "补充入户次数"), ("needs", "再纳入两条需求"))


def returned(cast: Cast) -> Project:
    project = submitted(cast)
    projects.return_design(project_id=project.pk, draft=ReviewDraft(MARKS, COMMENTS, "请修改后再报"), by=cast.reviewer, at=REVIEWED)
    return fresh(project)


def test_the_comments_of_the_county_stand_beside_their_fields(cast: Cast, as_user: SignIn):
    project = returned(cast)
    edit = reverse("desk:projects:revise-design", args=[project.number])
    with opened_at(REVIEWED):
        page = as_user(cast.worker).get(edit).content.decode()
    assert '<p class="comment" id="id_summary_comment">写明服务频次</p>' in page
    assert 'aria-describedby="id_summary_help id_summary_comment"' in page
    assert page.index("<h2>预算</h2>") < page.index("人员费超出标准") < page.index("补充入户次数")
    assert "请修改后再报" in page


def test_a_returned_project_says_so_where_the_next_step_stands(cast: Cast, as_user: SignIn):
    project = returned(cast)
    with opened_at(REVIEWED):
        client = as_user(cast.head)
        page = client.get(reverse("desk:projects:detail", args=[project.number])).content.decode()
    assert '<a href="#review">已退回：查看审核意见</a>' in page
    assert 'id="review"' in page


def test_the_comments_stay_while_it_is_mended_and_go_when_it_is_submitted_again(cast: Cast, as_user: SignIn):
    project = returned(cast)
    edit = reverse("desk:projects:revise-design", args=[project.number])
    need = project.project_needs.get().need_id
    with opened_at(REVIEWED):
        client = as_user(cast.worker)
        refused = client.post(edit, typed(need, title="")).content.decode()
        client.post(edit, typed(need))
        saved = client.get(edit).content.decode()
        projects.submit_design(project_id=project.pk, by=cast.head, at=REVIEWED)
        after = client.get(edit).content.decode()
    assert "写明服务频次" in refused
    assert "写明服务频次" in saved
    assert "写明服务频次" not in after


def test_the_total_of_the_lines_stands_below_them(cast: Cast, as_user: SignIn):
    need = reported_need(cast).need
    lines = {"lines-1-category": "training", "lines-1-text": "培训", "lines-1-amount": "2500.5", "add_line": "1"}
    with opened_at(DRAFTED):
        typing = as_user(cast.worker).post(NEW, typed(need.pk, **lines)).content.decode()
        odd = as_user(cast.worker).post(NEW, typed(need.pk, **lines | {"lines-1-amount": "两千"})).content.decode()
    assert "¥52,500.50</output>" in typing
    assert "¥50,000.00</output>" in odd
    assert 'value="两千"' in odd
    assert "is-invalid" not in odd
