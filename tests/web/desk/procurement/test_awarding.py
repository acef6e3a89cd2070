"""The county sees everybody's points before the award; afterwards each bidder reads its own, and why it did not win."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from tests import stories
from tests.cast import Cast
from tests.web.moments import opened_at
from wushe.accounts.models import User
from wushe.projects.models import Project
from wushe.projects.queries import ranking

SignIn = Callable[[User], Client]


def page_of(project: Project, name: str) -> str:
    return reverse(f"desk:procurement:{name}", args=[project.number])


def filled(project: Project, **other: Any) -> dict[str, Any]:
    return {"bid": ranking(stories.tender_of(project))[0].bid.pk, "reasons": "得分第一"} | other


def test_points_by_criterion_are_for_the_county_once_all_have_locked(cast: Cast, as_user: SignIn):
    project = stories.opened(cast)
    county = as_user(cast.reviewer)
    with opened_at(stories.SCORED):
        stories.lock(project, cast.experts[0])
        assert 'id="scores"' not in county.get(page_of(project, "bids")).content.decode()
        for expert in cast.experts[1:]:
            stories.lock(project, expert)
        page = county.get(page_of(project, "bids")).content.decode()
        assert as_user(cast.managers[0]).get(page_of(project, "bids")).status_code == 403
    table = page.split('id="scores"')[1].split("</section>")[0]
    assert "90.74" in table
    assert "9.0 · 9.0 · 9.0" in table
    assert "由系统计算：最低有效报价÷本家报价×满分" in table


def test_nobody_is_ranked_while_an_expert_can_still_change_points(cast: Cast, as_user: SignIn):
    project = stories.opened(cast)
    county = as_user(cast.reviewer)
    with opened_at(stories.SCORED):
        for expert in cast.experts[:2]:
            stories.lock(project, expert)
        early = county.get(page_of(project, "award-tender")).content.decode()
        refused = county.post(page_of(project, "award-tender"), {"bid": "1", "reasons": "得分第一"})
    assert "评审小组满员且全部锁定评分后" in early
    assert [shown for shown in (cast.agencies[0].name, "90.74", 'name="bid"') if shown in early] == []
    assert refused.status_code == 422


def test_a_loser_reads_its_own_points_and_reason_and_nobody_elses(cast: Cast, as_user: SignIn):
    project = stories.scored(cast)
    second = ranking(stories.tender_of(project))[1]
    county, loser, winner = as_user(cast.reviewer), as_user(cast.managers[2]), as_user(cast.managers[0])
    with opened_at(stories.AWARDED):
        form = county.get(page_of(project, "award-tender")).content.decode()
        assert "在 3 家中排名第 2，第一名得分 90.74 分" in form
        assert 'id="scores"' in form
        assert 'id="outcome"' not in loser.get(page_of(project, "submit-bid")).content.decode()
        done = county.post(page_of(project, "award-tender"), filled(project, **{f"lost_{second.bid.pk}": "志愿者培训没有安排"}))
        assert done.status_code == 302
        read = loser.get(page_of(project, "submit-bid")).content.decode()
        first = winner.get(page_of(project, "submit-bid")).content.decode()
    assert second.bid.agency == cast.agencies[2]
    for shown in ("志愿者培训没有安排", "3 家中排名第 2", "8.00"):
        assert shown in read.split('id="outcome"')[1].split("</section>")[0]
    assert "志愿者培训没有安排" not in first
    assert "未中标" not in first


def test_only_a_bidder_is_offered_the_objection_and_the_form_of_it(cast: Cast, as_user: SignIn):
    project = stories.scored(cast)
    bidder, other = as_user(cast.managers[1]), as_user(cast.managers[3])
    page = reverse("desk:projects:detail", args=[project.number])
    objection = page_of(project, "raise-objection")
    with opened_at(stories.SCORED):
        early = bidder.get(objection)
    stories.projects.award_tender(project_id=project.pk, draft=stories.award_draft(project), by=cast.reviewer, at=stories.AWARDED)
    with opened_at(stories.OBJECTED):
        refused = other.get(objection)
        offered = [objection in client.get(page).content.decode() for client in (bidder, other)]
        assert bidder.get(objection).status_code == 200
        stories.object_to(cast, project)
        again, still = bidder.get(objection), objection in bidder.get(page).content.decode()
    assert (early.status_code, "不能" in early.content.decode()) == (409, True)
    assert (refused.status_code, "只有参加投标的机构可以对中标结果提出质疑" in refused.content.decode()) == (409, True)
    assert (offered, again.status_code, still) == ([True, False], 409, False)
