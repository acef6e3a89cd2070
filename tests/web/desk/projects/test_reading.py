"""The list and the page of a project: everything at a glance, and the one button for whoever's turn it is."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.stories import (
    AWARDED,
    HELD,
    PUBLISHED,
    REVIEWED,
    SCORED,
    SUBMITTED,
    accepted,
    approved,
    award_draft,
    awarded,
    call,
    closed,
    delivering,
    drafted,
    ended,
    held,
    lock,
    opened,
    refunded,
    submitted,
    supervised,
    tender_of,
    tendering,
)
from tests.web.moments import opened_at
from tests.web.portal.projects.test_projects import another
from wushe.accounts.models import User
from wushe.projects import actions as projects
from wushe.projects.models import Project
from wushe.projects.queries import needs_under
from wushe.web.common.words import role, step, verb

SignIn = Callable[[User], Client]
LIST = reverse("desk:projects:list")


def detail(project: Project) -> str:
    return reverse("desk:projects:detail", args=[project.number])


def test_the_town_sees_its_projects_and_another_town_does_not(cast: Cast, as_user: SignIn):
    project = drafted(cast)
    assert project.title in as_user(cast.head).get(LIST).content.decode()
    assert project.title not in as_user(cast.other_head).get(LIST).content.decode()
    assert as_user(cast.other_head).get(detail(project)).status_code == 404
    assert as_user(cast.stranger).get(detail(project)).status_code == 404


def test_the_page_of_a_finished_project_asks_at_most_so_often(cast: Cast, as_user: SignIn, django_assert_max_num_queries):
    project = accepted(cast)
    for person, most in ((cast.reviewer, 20), (cast.managers[0], 23)):
        client = as_user(person)
        with opened_at(HELD), django_assert_max_num_queries(most):
            page = client.get(detail(project)).content.decode()
        assert 'id="evaluation"' in page


def test_what_few_projects_have_is_shown_of_those(cast: Cast, as_user: SignIn):
    project = delivering(cast)
    supervised(cast, project, "记录不全")
    assert "记录不全" in as_user(cast.reviewer).get(detail(project)).content.decode()


def test_unspent_money_given_back_is_shown_to_those_who_see_the_work(cast: Cast, as_user: SignIn):
    project = ended(cast)
    refund = refunded(cast, project)
    assert refund.voucher_no in as_user(cast.reviewer).get(detail(project)).content.decode()
    assert refund.voucher_no not in as_user(cast.managers[1]).get(detail(project)).content.decode()


def test_a_disqualified_bidder_is_named_beside_the_award(cast: Cast, as_user: SignIn):
    project = opened(cast, closed(cast, bids=4))
    out = tender_of(project).bids.get(agency=cast.agencies[3])
    projects.disqualify_bid(bid_id=out.pk, ground="not_qualified", reason="资质文件过期", by=cast.reviewer, at=SCORED)
    for expert in cast.experts:
        lock(project, expert)
    projects.award_tender(project_id=project.pk, draft=award_draft(project), by=cast.reviewer, at=AWARDED)
    assert "资质文件过期" in as_user(cast.reviewer).get(detail(project)).content.decode()


def test_an_agency_sees_a_project_from_its_tender_on(cast: Cast, as_user: SignIn):
    project = approved(cast)
    assert as_user(cast.managers[0]).get(detail(project)).status_code == 404
    projects.publish_tender(project_id=project.pk, draft=call(), by=cast.reviewer, at=PUBLISHED)
    assert as_user(cast.managers[0]).get(detail(project)).status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "助餐"}, True),
        ({"q": "别的"}, False),
        ({"state": "draft"}, True),
        ({"state": "closed"}, False),
        ({"town": "0"}, False),
        ({"field": "elderly_care"}, True),
        ({"field": "child_welfare"}, False),
        ({"waits": "town_station_head"}, True),
        ({"waits": "county_station"}, False),
        ({"waits": "nobody"}, True),
    ],
)
def test_the_list_is_filtered(cast: Cast, as_user: SignIn, query: dict[str, str], found: bool):
    project = drafted(cast)
    assert (project.number in as_user(cast.head).get(LIST, query).content.decode()) == found


def test_the_list_says_what_is_missing_and_whose_step_it_is(cast: Cast, as_user: SignIn):
    project = closed(cast)
    page = as_user(cast.reviewer).get(LIST, {"waits": "county_station"}).content.decode()
    assert project.number in page
    assert f'{step("open_bids")} <span class="text-muted">{role("county_station")}</span>' in page
    assert not any(agency.name in page for agency in cast.agencies)


def test_the_order_by_time_is_shown_on_the_column_of_that_time(cast: Cast, as_user: SignIn):
    drafted(cast)
    page = as_user(cast.head).get(LIST).content.decode()
    assert re.findall(r'aria-sort="ascending"><a[^>]*>([^<]+)</a>', page) == ["停留时间 ↑"]


def test_what_waits_for_an_expert_is_found_without_naming_one(cast: Cast, as_user: SignIn):
    project = opened(cast)
    page = as_user(cast.reviewer).get(LIST, {"waits": "expert"}).content.decode()
    assert project.number in page
    assert f'{step("score_bids")} <span class="text-muted">{role("expert")}</span>' in page


def test_the_page_leads_to_what_belongs_to_the_project(cast: Cast, as_user: SignIn):
    project = delivering(cast)
    with opened_at(HELD):
        page = as_user(cast.reviewer).get(detail(project)).content.decode()
    record, public = reverse("open:record", args=[project.ocid]), reverse("portal:projects:detail", args=[project.number])
    for link in (record, public, reverse("desk:procurement:payments", args=[project.number])):
        assert f'href="{link}"' in page
    assert Client().get(record).status_code == 200
    assert Client().get(public).status_code == 200


def test_a_draft_leads_to_no_public_page(cast: Cast, as_user: SignIn):
    project = drafted(cast)
    page = as_user(cast.head).get(detail(project)).content.decode()
    assert reverse("open:record", args=[project.ocid]) not in page
    assert f'href="{reverse("portal:projects:detail", args=[project.number])}"' not in page


def test_the_list_is_found_by_number_and_exported(cast: Cast, as_user: SignIn):
    project = drafted(cast)
    response = as_user(cast.head).get(LIST, {"q": project.number, "format": "csv"})
    assert project.title in b"".join(response.streaming_content).decode()


@pytest.mark.parametrize(("who", "shown"), [("worker", True), ("head", True), ("reviewer", False), ("auditor", False)])
def test_new_project_is_offered_to_whoever_may_draft(cast: Cast, as_user: SignIn, who: str, shown: bool):
    page = as_user(cast.everyone()[who]).get(LIST).content.decode()
    assert (reverse("desk:projects:draft-project") in page) == shown


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_many(cast: Cast, as_user: SignIn, count: int, django_assert_max_num_queries):
    drafted(cast)
    for order in range(count - 1):
        another(cast, f"第{order}个项目")
    client = as_user(cast.head)
    with django_assert_max_num_queries(13):
        page = client.get(LIST).content.decode()
    assert page.count('href="/desk/projects/project-') == count


def test_the_button_is_for_whoever_has_the_next_step(cast: Cast, as_user: SignIn):
    project = submitted(cast)
    button = f'href="{reverse("desk:projects:review-design", args=[project.number])}"'
    with opened_at(REVIEWED):
        assert button in as_user(cast.reviewer).get(detail(project)).content.decode()
        waiting = as_user(cast.head).get(detail(project)).content.decode()
    assert button not in waiting
    assert role("county_station") in waiting


def test_the_page_tells_the_chain_up_to_the_award(cast: Cast, as_user: SignIn):
    project = awarded(cast)
    with opened_at(AWARDED):
        page = as_user(cast.reviewer).get(detail(project)).content.decode()
    for shown in ("开展活动", "¥80,000.00", cast.agencies[0].name, cast.agencies[2].name, "同意立项", "得分第一，报价合理"):
        assert shown in page


def test_the_page_shows_money_progress_and_star_once_delivery_runs(cast: Cast, as_user: SignIn):
    project = delivering(cast)
    held(cast, project)
    with opened_at(HELD):
        page = as_user(cast.managers[0]).get(detail(project)).content.decode()
    for shown in ('id="money"', 'id="delivery"', cast.source.name, 'class="star'):
        assert shown in page


def test_a_project_of_another_county_is_not_found(cast: Cast, as_user: SignIn):
    submitted(cast)
    with opened_at(SUBMITTED):
        assert as_user(cast.head).get(reverse("desk:projects:detail", args=["project-990326-2026-999999"])).status_code == 404


def test_nobody_reads_who_else_was_invited(cast: Cast, as_user: SignIn):
    project = tendering(cast)
    with opened_at(PUBLISHED):
        page = as_user(cast.managers[0]).get(detail(project)).content.decode()
        of_county = as_user(cast.reviewer).get(detail(project)).content.decode()
    assert f'href="{reverse("desk:procurement:submit-bid", args=[project.number])}"' in page
    for agency in cast.agencies[1:]:
        assert agency.name not in page
        assert agency.name not in of_county


def test_the_history_hides_bidders_and_panel_until_the_award(cast: Cast, as_user: SignIn):
    project = closed(cast)
    with opened_at(SCORED):
        rival = as_user(cast.managers[3]).get(detail(project)).content.decode()
        own = as_user(cast.managers[0]).get(detail(project)).content.decode()
    bid_in = f"{cast.managers[0].display_name} {verb('projects.bid_submitted')}"
    assert verb("projects.bid_submitted") not in rival
    assert verb("projects.interests_declared") not in rival
    assert bid_in in own


def test_programs_read_the_list(cast: Cast, as_user: SignIn):
    project = drafted(cast)
    rows = as_user(cast.head).get(LIST, {"format": "json"}).json()["rows"]
    assert [(row["number"], row["ocid"], row["place"]) for row in rows] == [(project.number, project.ocid, project.region.code)]
    assert as_user(cast.managers[0]).get(LIST, {"format": "json"}).json()["rows"] == []


def test_a_terminated_project_keeps_the_needs_on_which_it_rested(cast: Cast, as_user: SignIn):
    project = ended(cast)
    (need,) = needs_under(project)
    with opened_at(HELD):
        county = as_user(cast.reviewer)
        page = county.get(detail(project)).content.decode()
        listed = county.get(LIST, {"format": "json"}).json()
    assert need.number in page.split('id="design"')[1].split("</section>")[0]
    assert "已于2026年6月1日随项目终止解除关联" in page
    assert [row["needs"] for row in listed["rows"]] == [1]
