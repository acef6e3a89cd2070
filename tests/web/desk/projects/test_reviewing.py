"""The county reviews, publishes, cancels and terminates; who may not, does not."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.stories import BID, CHECKLIST, LINES, PUBLISHED, REVIEWED, approved, design, drafted, fresh, submitted, tendering
from tests.web.moments import opened_at
from wushe.accounts.models import User
from wushe.projects import actions as projects
from wushe.projects.actions import BudgetDraft, ReviewDraft
from wushe.projects.actions import Mark as ReviewMark
from wushe.projects.models import Project

SignIn = Callable[[User], Client]
ALL_MET = {f"met_{item}": "yes" for item in CHECKLIST}


def page_of(step: str, project: Project) -> str:
    return reverse(f"desk:projects:{step}", args=[project.number])


def test_approve_design_needs_the_whole_checklist(cast: Cast, as_user: SignIn):
    project = submitted(cast)
    client = as_user(cast.reviewer)
    with opened_at(REVIEWED):
        assert client.get(page_of("review-design", project)).status_code == 200
        missing = client.post(page_of("review-design", project), {"outcome": "approve", "opinion": "基本可行", "met_need_shown": "yes"})
        assert missing.status_code == 422
        assert "基本可行" in missing.content.decode()
        assert fresh(project).state == "under_review"
        assert client.post(page_of("review-design", project), ALL_MET | {"outcome": "approve"}).status_code == 302
    assert fresh(project).state == "approved"


def test_an_unmet_item_allows_only_the_return(cast: Cast, as_user: SignIn):
    project = submitted(cast)
    client = as_user(cast.reviewer)
    answers = ALL_MET | {"met_funding_named": "no", "words_funding_named": "没有写明来源"}
    with opened_at(REVIEWED):
        refused = client.post(page_of("review-design", project), answers | {"outcome": "approve"})
        assert refused.status_code == 422
        assert "没有写明来源" in refused.content.decode()
        assert (
            client.post(page_of("review-design", project), answers | {"outcome": "return", "comment_budget_lines": "补充来源"}).status_code
            == 302
        )
    assert fresh(project).state == "draft"
    assert "补充来源" in as_user(cast.head).get(page_of("detail", project)).content.decode()


def test_the_enter_key_decides_nothing(cast: Cast, as_user: SignIn):
    project = submitted(cast)
    client = as_user(cast.reviewer)
    with opened_at(REVIEWED):
        form = client.get(page_of("review-design", project)).content.decode().split('class="ws-card">')[-1]
        pressed = client.post(page_of("review-design", project), ALL_MET | {"outcome": "", "opinion": "基本可行"})
        unnamed = client.post(page_of("review-design", project), ALL_MET)
    assert form.index('name="outcome" value=""') < form.index('value="approve"')
    assert (pressed.status_code, unnamed.status_code) == (422, 422)
    assert "还没有作出决定" in pressed.content.decode()
    assert "基本可行" in pressed.content.decode()
    assert fresh(project).state == "under_review"


def test_what_is_to_be_mended_goes_with_no_approval(cast: Cast, as_user: SignIn):
    project = submitted(cast)
    with opened_at(REVIEWED):
        answer = as_user(cast.reviewer).post(
            page_of("review-design", project), ALL_MET | {"outcome": "approve", "comment_budget_lines": "补充来源"}
        )
    assert answer.status_code == 422
    assert "请“退回修改”，或者删去这些内容" in answer.content.decode()
    assert fresh(project).state == "under_review"


def test_the_second_version_is_shown_against_the_first_in_the_words_of_the_pack(cast: Cast, as_user: SignIn):
    project = submitted(cast)
    marks = tuple(ReviewMark(item, met=True) for item in CHECKLIST)
    projects.return_design(project_id=project.pk, draft=ReviewDraft(marks, opinion="请补充"), by=cast.reviewer, at=REVIEWED)
    needs = project.project_needs.values_list("need_id", flat=True)
    revised = design(*needs, field="child_welfare", budget_lines=(*LINES, BudgetDraft("training", "志愿者培训", Decimal(4000))))
    projects.revise_design(project_id=project.pk, draft=revised, by=cast.worker, at=REVIEWED)
    projects.submit_design(project_id=project.pk, by=cast.head, at=REVIEWED)
    with opened_at(REVIEWED):
        page = as_user(cast.reviewer).get(page_of("review-design", project)).content.decode()
    for shown in ("与上一版的差异", "¥80,000.00", "¥84,000.00", "培训费 · 志愿者培训 · ¥4,000.00", "儿童福利"):
        assert shown in page


@pytest.mark.parametrize("who", ["head", "worker", "manager", "finance", "auditor"])
@pytest.mark.parametrize("step", ["review-design", "publish-tender", "cancel-tender", "terminate-project"])
def test_the_steps_of_the_county_are_for_the_county(cast: Cast, as_user: SignIn, who: str, step: str):
    project = drafted(cast)
    assert as_user(cast.everyone()[who]).get(page_of(step, project)).status_code == 403


def test_publish_tender_prefills_the_earliest_day_and_names_who_is_invited(cast: Cast, as_user: SignIn):
    project = approved(cast)
    client = as_user(cast.reviewer)
    with opened_at(PUBLISHED):
        page = client.get(page_of("publish-tender", project)).content.decode()
        assert 'value="2026-03-31T17:00"' in page
        assert all(agency.name in page for agency in cast.agencies)
        form = {"method": "open_tender", "closes_at": "2026-03-31T17:00", "eligibility": "依法登记"}
        early = client.post(page_of("publish-tender", project), form | {"closes_at": "2026-03-20T17:00"})
        assert early.status_code == 422
        assert 'id="id_closes_at_error"' in early.content.decode()
        assert "2026-03-20T17:00" in early.content.decode()
        reason = client.post(page_of("publish-tender", project), form | {"method": "consultation"})
        assert 'id="id_method_reason_error"' in reason.content.decode()
        assert client.post(page_of("publish-tender", project), form).status_code == 302
    assert fresh(project).state == "tendering"


@pytest.mark.parametrize(("step", "state"), [("cancel-tender", "approved"), ("terminate-project", "terminated")])
def test_the_irreversible_steps_ask_for_a_reason_on_their_own_page(cast: Cast, as_user: SignIn, step: str, state: str):
    project = tendering(cast)
    client = as_user(cast.reviewer)
    with opened_at(BID):
        assert client.get(page_of(step, project)).status_code == 200
        assert client.post(page_of(step, project), {"reason": ""}).status_code == 422
        assert fresh(project).state == "tendering"
        assert client.post(page_of(step, project), {"reason": "招标内容需要调整"}).status_code == 302
        assert fresh(project).state == state
        assert "招标内容需要调整" in client.get(page_of("detail", project)).content.decode()


def test_the_list_of_the_county_says_with_whom_reviews_wait(cast: Cast, as_user: SignIn):
    project = submitted(cast)
    county, address = as_user(cast.reviewer), reverse("desk:projects:list")
    with opened_at(PUBLISHED):
        before = county.get(address, {"state": "under_review"}).content.decode()
        taken = county.post(reverse("desk:projects:take-up-review", args=[project.number]), follow=True).content.decode()
        after = county.get(address).content.decode()
        of_town = as_user(cast.head).get(address).content.decode()
    table = before.split('id="reviewers"')[1].split("</details>")[0]
    assert "尚无人领办" in table
    assert "5 天" in table
    assert "已领办审核" in taken
    assert "尚无人领办" not in after
    assert cast.reviewer.name in after.split('id="reviewers"')[1].split("</details>")[0]
    assert 'id="reviewers"' not in of_town
