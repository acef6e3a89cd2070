from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, moment
from tests.policies.factories import load_policy
from tests.workforce.factories import AT, certify, make_posts, make_worker, place
from wushe.accounts.models import User
from wushe.kernel import clock
from wushe.regions.actions import record_population
from wushe.workforce.tasks import ask_for_leaders

SignIn = Callable[[User], Client]
PAGE, POSTS = reverse("desk:workers:communities"), reverse("desk:workers:posts")
EMPLOYER = reverse("desk:workers:register_employer")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: moment(6, 1))


def text_of(response: HttpResponse) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def listed(response: HttpResponse) -> list[str]:
    soup = BeautifulSoup(response.content, "html.parser")
    return [link.get_text() for link in soup.select("tbody tr > td:first-child a")]


def test_residents_posts_leader_and_teams_of_a_community_stand_in_one_row(cast: Cast, as_user: SignIn):
    load_policy(cast.county.county, "shijiazhuang-2016")
    home = cast.county.communities[0]
    record_population(region_id=home.pk, year=2025, residents=5001, source="年报", by=cast.head, at=AT)
    make_posts(cast, region=home)
    worker = make_worker(cast, region=home)
    certify(cast, worker)
    place(cast, worker, region=home, position="station_worker", is_leader=True)
    desk = as_user(cast.head)
    shown = text_of(desk.get(PAGE))
    assert "李晓燕 2024年3月1日起 5,001 2025 · 年报 2 二(六) 1 1 持证1人 — 李晓燕" in shown
    assert "没有统计" in shown
    assert listed(desk.get(PAGE, {"state": "short"})) == [home.name]
    assert home.name not in listed(desk.get(PAGE, {"state": "no_leader"}))
    assert "5001,2025,年报,2,1,1,1,0,0,,李晓燕" in desk.get(PAGE, {"format": "csv"}).getvalue().decode()
    assert desk.get(PAGE, {"level": "town", "place": cast.county.town.code}).status_code == 200


def test_a_missing_leader_is_marked_where_the_policy_wants_one(cast: Cast, as_user: SignIn):
    assert "缺负责人" not in text_of(as_user(cast.reviewer).get(PAGE))
    load_policy(cast.county.county, "xiamen-2014")
    assert text_of(as_user(cast.reviewer).get(PAGE)).count("缺负责人") == 5
    assert "没有社会工作负责人 5" in text_of(as_user(cast.reviewer).get(PAGE))


def test_the_page_asks_the_same_number_of_questions_however_many_people_there_are(
    cast: Cast, as_user: SignIn, django_assert_max_num_queries
):
    desk = as_user(cast.reviewer)
    desk.get(PAGE)
    with django_assert_max_num_queries(20) as empty:
        desk.get(PAGE)
    for order, community in enumerate(cast.county.communities, start=1):
        place(cast, make_worker(cast, order, region=community), region=community, position="grid_worker")
    # one more: the people of the postings, with what they hold
    with django_assert_max_num_queries(len(empty.captured_queries) + 1):
        desk.get(PAGE)


def test_an_institution_is_entered_and_its_posts_are_counted_by_employer(cast: Cast, as_user: SignIn):
    desk = as_user(cast.reviewer)
    typed = {"name": "平湖县社会福利院", "kind": "institution", "region": cast.county.county.code}
    assert "用人单位已登记" in text_of(desk.post(EMPLOYER, typed, follow=True))
    assert desk.post(EMPLOYER, typed).status_code == 422
    form = BeautifulSoup(desk.get(reverse("desk:workers:set_up_posts")).content, "html.parser")
    (body,) = [option["value"] for option in form.select("#id_body option") if option.get_text() == "平湖县社会福利院"]
    posts = {
        "region": cast.county.county.code,
        "body": body,
        "position": "station_worker",
        "posts": 2,
        "document": "1号",
        "since": "2026-01-01",
    }
    desk.post(reverse("desk:workers:set_up_posts"), posts)
    shown = text_of(desk.get(POSTS))
    assert "民政事业单位 1 2 0" in shown
    assert "平湖县社会福利院" in desk.get(POSTS, {"unit": "institution", "format": "csv"}).getvalue().decode()
    assert "没有符合条件的岗位" in text_of(desk.get(POSTS, {"unit": "agency"}))


def test_who_may_open_what(cast: Cast, as_user: SignIn):
    for user in (cast.worker, cast.community, cast.auditor):
        desk = as_user(user)
        assert (desk.get(PAGE).status_code, desk.get(EMPLOYER).status_code) == (200, 403)
    for user in (cast.managers[0], cast.finance, cast.stranger):
        assert as_user(user).get(PAGE).status_code == 403


def test_posts_are_shown_as_they_were_filled_on_any_day(cast: Cast, as_user: SignIn):
    posts = make_posts(cast, since=date(2025, 1, 1))
    place(cast, make_worker(cast), since=date(2026, 3, 1))
    desk = as_user(cast.reviewer)
    lines = [b"".join(desk.get(POSTS, {"format": "csv", "on": day})).decode() for day in ("2026-02-28", "2026-03-01")]
    assert ["1,0,1,2025-01-01" in line for line in lines] == [True, False]
    assert "1,1,0" in lines[1]
    one = reverse("desk:workers:posts_of", args=[posts.number])
    assert "李晓燕" not in text_of(desk.get(one, {"on": "2026-02-28"}))
    assert "李晓燕" in text_of(desk.get(one))
    assert one + "?on=2026-02-28" in desk.get(POSTS, {"on": "2026-02-28"}).content.decode()
    assert desk.get(one, {"on": "2020-01-01"}).status_code == 200


def test_the_to_do_for_a_leader_leads_to_the_communities_without_one(cast: Cast, as_user: SignIn):
    load_policy(cast.county.county, "xiamen-2014")
    home = cast.county.communities[0]
    place(cast, make_worker(cast, region=home), region=home, position="community_worker")
    ask_for_leaders(at=AT)
    desk = as_user(cast.head)
    assert "明确社会工作负责人" in text_of(desk.get(reverse("desk:inbox")))
    address = desk.get(reverse("desk:workers:leader", args=[home.code]), follow=True)
    assert home.name in listed(address)
    assert desk.get(reverse("desk:workers:leader", args=[cast.county.village.code])).status_code == 404
