"""Who bids is named to the panel once the bids are open, and to nobody else before the award."""

import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from tests import stories
from tests.accounts.factories import make_holder
from tests.cast import Cast
from tests.web.moments import opened_at
from wushe.accounts.models import User
from wushe.projects.models import Project
from wushe.projects.queries import experts_of

SignIn = Callable[[User], Client]
LATE = stories.moment(4, 21)
FREE = {"has_conflict": "no", "conflict": ""}


def interests(project: Project) -> str:
    return reverse("desk:procurement:declare-interests", args=[project.number])


def test_bidders_are_named_to_the_panel_from_the_opening_on(cast: Cast, as_user: SignIn):
    project = stories.closed(cast)
    expert = as_user(cast.experts[0])
    with opened_at(stories.SEATED):
        sealed = expert.get(interests(project)).content.decode()
        refused = expert.post(interests(project), FREE)
    assert [agency.name for agency in cast.agencies if agency.name in sealed] == []
    assert "评审小组成员" in sealed
    assert refused.status_code == 422
    stories.projects.open_bids(project_id=project.pk, by=cast.reviewer, at=stories.OPENED)
    with opened_at(stories.OPENED):
        page = expert.get(interests(project)).content.decode()
        done = expert.post(interests(project), FREE)
    assert [agency.name in page for agency in cast.agencies] == [True, True, True, False]
    assert done.status_code == 302


def test_experts_read_the_points_for_the_price_without_names(cast: Cast, as_user: SignIn):
    project = stories.opened(cast)
    with opened_at(stories.SCORED):
        page = as_user(cast.experts[0]).get(reverse("desk:procurement:score-bids", args=[project.number])).content.decode()
    given = {name.rsplit("_", 1)[1] for name in re.findall(r'name="(points_\w+)"', page)}
    assert [agency.name for agency in cast.agencies if agency.name in page] == []
    assert ("price" in given, "needs" in given) == (False, True)
    assert sorted(re.findall(r'<td class="num">([\d.]+)</td>', page)) == ["10.00", "9.62", "9.74"]
    assert "由系统计算：最低有效报价÷本家报价×满分" in page


def test_without_a_seat_nobody_reads_who_bids(cast: Cast, as_user: SignIn):
    project = stories.opened(cast)
    unseated = make_holder("expert", region=cast.county.city, username="expert4")
    with opened_at(stories.OPENED):
        assert as_user(unseated).get(interests(project)).status_code == 404
        assert as_user(unseated).post(interests(project), FREE).status_code == 404


def test_the_audit_names_no_bidder_before_the_award(cast: Cast, as_user: SignIn):
    User.objects.filter(pk=cast.managers[0].pk).update(name="韩投标")
    cast.managers[0].refresh_from_db()
    project = stories.opened(cast)
    auditor = as_user(cast.auditor)
    bidder = cast.managers[0].name
    query = {"subject": project.number}

    def exported() -> str:
        return b"".join(auditor.get(reverse("desk:audit"), query | {"format": "csv"}).streaming_content).decode()

    before = auditor.get(reverse("desk:audit"), query).content.decode()
    assert (bidder in before, bidder in exported(), "定标后公开" in before) == (False, False, True)
    assert "ws-table" not in auditor.get(reverse("desk:audit"), query | {"actor": bidder}).content.decode()
    for expert in cast.experts:
        stories.lock(project, expert)
    stories.projects.award_tender(project_id=project.pk, draft=stories.award_draft(project), by=cast.reviewer, at=stories.AWARDED)
    assert bidder in auditor.get(reverse("desk:audit"), query).content.decode()
    assert bidder in exported()


def test_the_county_releases_a_late_expert_and_seats_another(cast: Cast, as_user: SignIn):
    project = stories.opened(cast)
    late, fourth = cast.experts[0], make_holder("expert", region=cast.county.city, username="expert4")
    seat = experts_of(stories.tender_of(project)).get(user=late)
    county = as_user(cast.reviewer)
    panel = reverse("desk:procurement:appoint-experts", args=[project.number])
    release = reverse("desk:procurement:release-expert", args=[project.number, seat.pk])
    with opened_at(stories.SCORED):
        assert release not in county.get(panel).content.decode()
        assert county.post(release, {"reason": "未评分"}).status_code == 422
        assert as_user(late).post(release, {"reason": "未评分"}).status_code == 403
        assert as_user(cast.auditor).get(release).status_code == 403
    with opened_at(LATE):
        assert release in county.get(panel).content.decode()
        assert late.name in county.get(release).content.decode()
        assert county.post(release, {"reason": "逾期未评分"}).status_code == 302
        after = county.get(panel).content.decode()
        assert ("逾期未评分" in after, release in after) == (True, False)
        assert county.post(panel, {"experts": [fourth.pk]}).status_code == 302
        assert as_user(late).get(interests(project)).status_code == 404
        assert as_user(fourth).get(interests(project)).status_code == 200
        assert county.get(reverse("desk:procurement:release-expert", args=[project.number, 0])).status_code == 404


def test_an_expert_asks_to_be_released_and_nobody_outside_reads_it(cast: Cast, as_user: SignIn):
    project = stories.opened(cast)
    leave = reverse("desk:procurement:ask-for-release", args=[project.number])
    page = reverse("desk:projects:detail", args=[project.number])
    expert, county = as_user(cast.experts[0]), as_user(cast.reviewer)
    with opened_at(stories.SCORED):
        assert leave in expert.get(page).content.decode()
        assert expert.post(leave, {"reason": ""}).status_code == 422
        assert expert.post(leave, {"reason": "外出学习"}).status_code == 302
        assert "外出学习" in expert.get(leave).content.decode()
        panel = county.get(reverse("desk:procurement:appoint-experts", args=[project.number])).content.decode()
        assert "申请退出：外出学习" in panel
        assert "外出学习" not in as_user(cast.managers[0]).get(page).content.decode()
        unseated = make_holder("expert", region=cast.county.city, username="expert4")
        assert as_user(unseated).get(leave).status_code == 404


def test_the_ranking_waits_for_the_whole_panel(cast: Cast, as_user: SignIn):
    project = stories.opened(cast)
    award = reverse("desk:procurement:award-tender", args=[project.number])
    county = as_user(cast.reviewer)
    for expert in cast.experts[:2]:
        stories.lock(project, expert)
    with opened_at(stories.SCORED):
        waiting = county.get(award).content.decode()
        assert county.post(award, {"bid": "1", "reasons": "得分第一"}).status_code == 422
    assert ("90.74" in waiting, "全部锁定评分后" in waiting) == (False, True)


def test_the_county_sees_the_empty_seats_and_chooses_among_others(cast: Cast, as_user: SignIn):
    project = stories.tendering(cast)
    stories.seat(cast, project, cast.experts[:2])
    page = reverse("desk:procurement:appoint-experts", args=[project.number])
    with opened_at(stories.SEATED):
        shown = as_user(cast.reviewer).get(page).content.decode()
    assert "还缺 1 人" in shown
    assert [f'value="{expert.pk}"' in shown for expert in cast.experts[:3]] == [False, False, True]


def test_a_full_panel_that_has_not_locked_is_not_told_to_award(cast: Cast, as_user: SignIn):
    project = stories.opened(cast)
    stories.lock(project, cast.experts[0])
    fourth = make_holder("expert", region=cast.county.city, username="expert4")
    page = reverse("desk:procurement:appoint-experts", args=[project.number])
    with opened_at(stories.SCORED):
        shown = as_user(cast.reviewer).get(page).content.decode()
        refused = as_user(cast.reviewer).post(page, {"experts": [fourth.pk]}).content.decode()
    assert 'name="experts"' not in shown
    assert "全部锁定后确认中标" in shown
    assert "还有 2 名专家没有锁定评分" in refused


def test_the_button_that_opens_the_bids_comes_with_the_deadline(cast: Cast, as_user: SignIn):
    project = stories.closed(cast)
    page = reverse("desk:procurement:open-bids", args=[project.number])
    button = '<button class="btn btn-primary" type="submit">'
    with opened_at(stories.SEATED):
        before = as_user(cast.reviewer).get(page).content.decode()
    with opened_at(stories.OPENED):
        after = as_user(cast.reviewer).get(page).content.decode()
    assert (button in before, "在此之前任何人不得查看投标内容" in before) == (False, True)
    assert (button in after, "此操作不能撤销" in after) == (True, True)


def test_points_that_are_too_many_are_named_in_the_language_of_the_page(cast: Cast, as_user: SignIn):
    project = stories.opened(cast)
    page = reverse("desk:procurement:score-bids", args=[project.number])
    first = f"points_{project.tenders.get().bids.earliest('pk').pk}_needs"
    with opened_at(stories.SCORED):
        refused = as_user(cast.experts[0]).post(page, {first: "99", "keep": "1"}, headers={"accept-language": "en"}).content.decode()
    assert "Understanding of the needs</a>: " in refused
    assert "需求分析" not in refused


def test_the_bidder_reads_the_own_price_as_money(cast: Cast, as_user: SignIn):
    project = stories.closed(cast)
    with opened_at(stories.SEATED):
        page = as_user(cast.managers[0]).get(reverse("desk:procurement:submit-bid", args=[project.number])).content.decode()
    assert f"¥{stories.PRICES[0]:,.2f}" in page
