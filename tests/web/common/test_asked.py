"""Whatever stands in an address, the page answers."""

import pytest
from django.urls import reverse

from tests.cast import Cast, moment
from tests.stories import delivering
from tests.web.pages import plain_pages
from wushe.accounts.queries import roles_with
from wushe.kernel import clock

STRANGE = (
    dict.fromkeys(("page", "place", "year", "before", "month", "level", "on", "days", "town", "at", "age"), "²"),
    {"since": "9999-12-31", "until": "9999-12-31", "on": "9999-12-31", "year": "9999", "month": "9999-12"},
    {"since": "0001-01-01", "until": "0001-01-01", "on": "0001-01-01", "year": "0000", "month": "0001-01"},
    {"page": "9" * 30, "before": "9" * 30, "year": "9" * 30, "place": "9" * 30, "town": "9" * 30},
    # more digits than Python makes a number of
    dict.fromkeys(("page", "place", "year", "before", "month", "level", "town", "first", "last", "on"), "9" * 5000),
    {"q": "1e999999"},
)


def answers(client, names):
    return {(name, order): client.get(reverse(name), query).status_code for name in names for order, query in enumerate(STRANGE)}


def test_public_pages_answer_whatever_is_asked(client, cast: Cast):
    names = [name for name, asked in plain_pages() if asked == "public" and not name.startswith("portal:sign")]
    assert set(answers(client, names).values()) <= {200, 302, 405, 422}


@pytest.mark.parametrize("role", ["reviewer", "finance", "auditor"])
def test_pages_of_the_desk_answer_whatever_is_asked(cast: Cast, client, monkeypatch, role):
    monkeypatch.setattr(clock, "now", lambda: moment(6, 2))
    delivering(cast)
    user = getattr(cast, role)
    client.force_login(user)
    roles = {post.role for post in user.posts.all()}
    names = [name for name, asked in plain_pages() if name.startswith("desk:") and roles & roles_with(asked)]
    assert {place: code for place, code in answers(client, names).items() if code not in {200, 302, 404, 405, 422}} == {}
    account = reverse("desk:money:account", args=[cast.source.accounts.first().pk])
    assert {client.get(account, query).status_code for query in STRANGE} <= {200, 403}


@pytest.mark.parametrize("name", ["portal:projects:list", "portal:projects:tenders", "places:search", "open:releases"])
def test_an_address_with_a_character_that_no_text_has_is_refused(client, db, name):
    for query in ("q=%00", "a%00=1"):
        assert client.get(f"{reverse(name)}?{query}").status_code == 400
    assert client.get(f"{reverse(name)}?q=%2500").status_code == 200


@pytest.mark.parametrize(
    "wanted", ["nowhere", "portal:home", "a:b", "//elsewhere.cn/", "https://elsewhere.cn/", "javascript:alert(1)", "\0"]
)
def test_nobody_is_led_on_to_what_is_no_page_of_ours(client, cast: Cast, wanted):
    assert client.post(reverse("common:preferences"), {"theme": "dark", "next": wanted}).headers["Location"] == "/"
    told = {"username": cast.reviewer.username, "password": "wrong", "next": wanted}
    assert client.post(reverse("portal:sign-in"), told).status_code == 422
    client.force_login(cast.reviewer)
    inbox = reverse("desk:inbox")
    for name in ("desk:look_at", "common:forget_typed"):
        assert client.post(reverse(name), {"next": wanted}).headers["Location"] == inbox
    assert client.post(reverse("desk:look_at"), {"next": "/desk/needs/?q=1"}).headers["Location"] == "/desk/needs/?q=1"


@pytest.mark.parametrize("typed", ["", "x", "\0", "9" * 30, "9" * 5000, "-1", "²"])
def test_news_are_marked_as_read_up_to_a_number_alone(client, cast: Cast, typed):
    client.force_login(cast.reviewer)
    assert client.post(reverse("desk:mark-news-read"), {"up_to": typed}).status_code == 302


def test_a_place_is_sought_by_what_can_be_read_of_it(client, cast: Cast):
    client.force_login(cast.head)
    sent = client.post(reverse("desk:stations:open_station"), {"region_text": "滨水\0", "region": "\0"})
    assert sent.status_code == 422
    assert "滨水社区" in sent.content.decode()


def test_a_design_is_asked_for_more_lines_in_any_case(client, cast: Cast, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: moment(6, 2))
    client.force_login(cast.head)
    for count in ("", "x", "-1", "9" * 5000):
        sent = client.post(
            reverse("desk:projects:draft-project"), {"add_line": "1", "lines-TOTAL_FORMS": count, "needs": "9" * 5000, "need_words": "a\0"}
        )
        assert sent.status_code in {200, 422}
