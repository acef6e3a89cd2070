"""The board and the page of a target, on the desk and for everyone; the figures of a chart are those of its rows."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.factories import make_holder
from tests.cast import Cast
from tests.policies.factories import load_policy
from tests.regions.factories import plant_county
from wushe.web.common.targets import board

AREA = "town-station-area"


@pytest.fixture
def head(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.head)
    return client


@pytest.mark.parametrize("name", ["desk:targets:board", "portal:targets:board"])
def test_the_board_leads_to_every_target(cast: Cast, head: Client, name: str):
    page = head.get(reverse(name), {"place": cast.county.county.code}).content.decode()
    assert f"{AREA}/?on=" in page
    assert "尚无数据来源" in page


def test_the_board_opens_where_the_person_works(cast: Cast, head: Client):
    other = plant_county("10", "邻县")
    load_policy(other.county, "shijiazhuang-2016")
    assert head.get(reverse("desk:targets:board")).context["place"] == cast.county.county
    official = Client()
    official.force_login(make_holder("county_station", region=other.county, username="official"))
    assert official.get(reverse("desk:targets:board")).context["place"] == other.county


@pytest.mark.parametrize("name", ["desk:targets:target", "portal:targets:target"])
def test_a_target_draws_its_places_against_what_is_asked(cast: Cast, head: Client, name: str):
    response = head.get(reverse(name, args=[AREA]))
    chart, results = response.context["chart"], response.context["results"]
    assert chart.labels == [result.place.name for result in results]
    assert chart.spec["series"][0]["values"] == [float(result.figure.value) if result.figure else None for result in results]
    assert chart.target == response.context["standing"].target.value
    assert f'data-chart="{chart.id}"' in response.content.decode()


def test_of_many_places_it_draws_how_many_stand_how(cast: Cast, head: Client, monkeypatch):
    monkeypatch.setattr(board, "EACH_DRAWN", 1)
    response = head.get(reverse("desk:targets:target", args=["community-room-area"]))
    chart, standing = response.context["chart"], response.context["standing"]
    met, short, no_data = (sum(values) for values in chart.series.values())
    assert (met, short, no_data) == (standing.met, standing.short, standing.no_data)


def test_a_target_without_facts_says_so_and_draws_nothing(cast: Cast, head: Client):
    response = head.get(reverse("desk:targets:target", args=["rollout-started"]))
    assert response.context["chart"] is None
    assert "不作估算" in response.content.decode()


def test_a_target_that_nobody_set_is_not_found(cast: Cast, head: Client):
    assert head.get(reverse("desk:targets:target", args=["dragons"])).status_code == 404


def test_the_rows_behind_a_number_lead_to_their_pages_on_the_desk_alone(cast: Cast, head: Client):
    page = reverse("desk:stations:detail", args=[cast.station.number])
    assert page in head.get(reverse("desk:targets:target", args=[AREA])).content.decode()
    assert page not in head.get(reverse("portal:targets:target", args=[AREA])).content.decode()


def test_places_that_are_counted_lead_to_the_places(cast: Cast, head: Client):
    load_policy(cast.county.province, "hubei-2021")
    address = reverse("desk:targets:target", args=["station-coverage-2024"])
    page = head.get(address, {"place": cast.county.province.code}).content.decode()
    assert f"{reverse('desk:places:list')}?q={cast.county.town.code}" in page


def test_what_is_asked_with_yes_or_no_has_no_sign_before_it(cast: Cast, head: Client):
    board_page = head.get(reverse("desk:targets:board")).content.decode()
    (row,) = [row for row in board_page.split("<tr>") if "rollout-started/" in row]
    page = head.get(reverse("desk:targets:target", args=["rollout-started"])).content.decode()
    assert ["≥" in part for part in (row, page.split("</dl>")[0])] == [False, False]
    assert '<td class="num" data-label="要求">是</td>' in row
