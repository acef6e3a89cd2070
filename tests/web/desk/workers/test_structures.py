from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, moment
from tests.web.over import refused_at_once
from tests.workforce.factories import make_worker, place
from wushe.accounts.models import User
from wushe.kernel import clock
from wushe.workforce.models import Term

SignIn = Callable[[User], Client]
LIST = reverse("desk:workers:structures")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: moment(6, 1))


def text_of(response: HttpResponse) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def test_a_term_is_entered_seen_and_withdrawn(cast: Cast, as_user: SignIn):
    home, desk = cast.county.communities[0], as_user(cast.head)
    place(cast, make_worker(cast, region=home), region=home, position="community_head")
    typed = {"body": "committee", "name": "第十届", "since": "2024-06-01", "until": "2029-06-01"}
    shown = text_of(desk.post(reverse("desk:workers:record_term", args=[home.code]), typed, follow=True))
    assert "李晓燕 社区（村）书记、主任" in shown
    assert "第十届 · 2024年6月1日 – 2029年6月1日" in shown
    assert desk.post(reverse("desk:workers:record_term", args=[home.code]), typed).status_code == 422
    listed = text_of(desk.get(LIST))
    assert "1人 第十届 · 至2029年6月1日" in listed
    assert "未登记届期 1" in listed
    assert "第十届" in desk.get(LIST, {"format": "csv", "state": "no_term"}).getvalue().decode()
    number = Term.objects.get().number
    desk.post(reverse("desk:workers:withdraw_term", args=[number]), {"reason": "录入有误"})
    assert "录入有误" in text_of(desk.get(reverse("desk:workers:term", args=[number]), follow=True))
    assert refused_at_once(desk, reverse("desk:workers:withdraw_term", args=[number]), {"reason": "录入有误"})


def test_the_list_asks_as_many_questions_for_one_person_as_for_many(cast: Cast, as_user: SignIn, django_assert_max_num_queries):
    desk = as_user(cast.reviewer)
    desk.get(LIST)
    place(cast, make_worker(cast), region=cast.county.communities[0], position="community_head")
    with django_assert_max_num_queries(25) as few:
        desk.get(LIST)
    for order, community in enumerate(cast.county.communities, start=2):
        place(cast, make_worker(cast, order, region=community), region=community, position="community_member")
    with django_assert_max_num_queries(len(few.captured_queries)):
        desk.get(LIST)


def test_who_may_open_what(cast: Cast, as_user: SignIn):
    enter = reverse("desk:workers:record_term", args=[cast.county.communities[0].code])
    assert (as_user(cast.community).get(LIST).status_code, as_user(cast.community).get(enter).status_code) == (200, 403)
    assert as_user(cast.other_head).get(enter).status_code == 404
    assert as_user(cast.finance).get(LIST).status_code == 403
