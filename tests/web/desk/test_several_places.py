"""Whoever has posts in several places meets the same pages whatever the order of the posts, and chooses where a page speaks of one place."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.accounts.factories import BEFORE, make_user
from tests.cast import Cast, moment
from tests.stories import delivering, reported_need
from tests.web.pages import plain_pages
from wushe.accounts.models import Post
from wushe.accounts.queries import roles_with
from wushe.kernel import clock
from wushe.needs.models import Need
from wushe.oversight.models import Round

ASKED = {"desk:stations:without": {"level": "town"}}


@pytest.fixture(autouse=True)
def june(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment(6, 2))


def appoint(user, role, *places):
    Post.objects.filter(user=user).delete()
    for place in places:
        Post.objects.create(user=user, role=role, region=place, since=BEFORE)


def main_of(page) -> str:
    page = BeautifulSoup(page.content, "html.parser")
    for token in page.select("input[name=csrfmiddlewaretoken], input[name=submission]"):
        token.decompose()
    return str(page.select_one("#main"))


@pytest.mark.parametrize("role", ["town_station_head", "county_station", "community_worker", "finance_officer"])
def test_every_page_is_the_same_whatever_the_order_of_the_posts(cast: Cast, as_user, role):
    delivering(cast)
    user, county = make_user("both"), cast.county
    places = (county.communities[0], county.village) if role == "community_worker" else (county.town, county.other_town)
    mine = [name for name, asked in plain_pages() if name.startswith("desk:") and role in roles_with(asked)]
    seen: list[dict[str, str]] = []
    for order in (places, places[::-1]):
        appoint(user, role, *order)
        desk = as_user(user)
        pages = {name: desk.get(reverse(name), ASKED.get(name, {})) for name in mine}
        assert {name: page.status_code for name, page in pages.items() if page.status_code not in {200, 405}} == {}
        seen.append({name: main_of(page) for name, page in pages.items()})
    assert [name for name in mine if seen[0][name] != seen[1][name]] == []


def test_a_round_is_opened_for_the_chosen_place(cast: Cast, as_user):
    delivering(cast)
    user, county = make_user("both"), cast.county
    page, typed = reverse("desk:oversight:open-round"), {"title": "第一轮", "percent": "100", "due_on": "2026-07-01"}
    appoint(user, "county_station", county.town, county.other_town)
    desk = as_user(user)
    assert desk.post(page, typed).status_code == 422
    assert desk.post(page, typed | {"region": county.village.code}).status_code == 422
    assert desk.post(page, typed | {"region": county.town.code}).status_code == 302
    assert Round.objects.get().region == county.town


def test_a_project_is_drafted_for_the_town_of_its_needs_or_the_chosen_one(cast: Cast, as_user):
    reported_need(cast, region=cast.county.village)
    need = Need.objects.get()
    there, here = need.region.town, next(town for town in (cast.county.town, cast.county.other_town) if town != need.region.town)
    user, page = make_user("both"), reverse("desk:projects:draft-project")
    appoint(user, "town_station_head", here, there)
    desk = as_user(user)

    def town_of(**asked: str) -> str:
        return BeautifulSoup(desk.get(page, asked).content, "html.parser").select_one(".ws-head .sub").get_text()

    assert town_of(need=need.number).startswith(there.name)
    assert town_of(town=there.code).startswith(there.name)
    assert town_of(town=here.code).startswith(here.name)
    assert there.name in town_of(town=here.code)
