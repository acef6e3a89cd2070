"""Whoever has several places looks at one of them, or at all."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.accounts.factories import BEFORE
from tests.cast import Cast, moment
from tests.stories import reported_need
from wushe.accounts.models import Post
from wushe.audit.models import Entry
from wushe.kernel import clock
from wushe.needs.models import Need

LIST, LOOK = reverse("desk:needs:list"), reverse("desk:look_at")


@pytest.fixture
def desk(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A head of two towns, each with a need."""
    monkeypatch.setattr(clock, "now", lambda: moment(3, 12))
    Post.objects.create(user=cast.head, role="town_station_head", region=cast.county.other_town, since=BEFORE)
    reported_need(cast, submission=uuid4())
    reported_need(cast, submission=uuid4(), region=cast.county.village)
    client.force_login(cast.head)
    return client


def numbers(desk: Client) -> set[str]:
    return {row["number"] for row in desk.get(LIST, {"format": "json"}).json()["rows"]}


def towns(desk: Client) -> set[str]:
    return set(Need.objects.filter(number__in=numbers(desk)).values_list("region__town__code", flat=True))


def test_lists_show_the_chosen_place_until_all_are_wanted_again(desk, cast):
    here, there = cast.county.town.code, cast.county.other_town.code
    assert towns(desk) == {here, there}
    assert desk.post(LOOK, {"place": there, "next": LIST}).headers["Location"] == LIST
    assert towns(desk) == {there}
    page = BeautifulSoup(desk.get(LIST).content, "html.parser")
    assert f"只看{cast.county.other_town.name}" in page.select_one("#main").get_text()
    assert page.select_one("#look_at option[selected]")["value"] == there
    desk.post(LOOK, {"place": "", "next": LIST})
    assert towns(desk) == {here, there}
    assert "只看" not in BeautifulSoup(desk.get(LIST).content, "html.parser").select_one("#main").get_text()


def test_what_one_may_open_and_do_stays_the_same(desk, cast):
    elsewhere = Need.objects.get(region__town=cast.county.town)
    desk.post(LOOK, {"place": cast.county.other_town.code})
    assert desk.get(reverse("desk:needs:detail", args=[elsewhere.number])).status_code == 200
    assert desk.post(reverse("desk:needs:decline_need", args=[elsewhere.number]), {}).status_code == 422


def test_a_list_without_a_post_at_the_chosen_place_shows_the_others(desk, cast):
    Post.objects.create(user=cast.head, role="expert", region=cast.county.city, since=BEFORE)
    desk.post(LOOK, {"place": cast.county.city.code})
    assert towns(desk) == {cast.county.town.code, cast.county.other_town.code}


def test_nobody_looks_at_a_place_of_others(desk, cast):
    desk.post(LOOK, {"place": cast.county.county.code, "next": "https://elsewhere.example/"})
    assert desk.session["looks_at"] == ""
    assert len(numbers(desk)) == 2


def test_a_file_of_a_narrowed_list_is_on_record_as_such(desk, cast):
    desk.post(LOOK, {"place": cast.county.other_town.code})
    desk.get(LIST, {"format": "csv"})
    assert Entry.objects.latest("id").data["filter"]["looks_at"] == str(cast.county.other_town)


def test_whoever_has_one_place_has_nothing_to_choose(client, cast):
    client.force_login(cast.other_head)
    for page in (LIST, reverse("desk:targets:board")):
        assert BeautifulSoup(client.get(page).content, "html.parser").select_one("#look_at") is None
