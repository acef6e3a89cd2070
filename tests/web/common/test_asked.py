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
