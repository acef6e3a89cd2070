"""A person keeps a list as it is filtered, under a name, and opens it with one press."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from wushe.accounts.actions import save_view
from wushe.accounts.actions.viewing import MOST_VIEWS
from wushe.accounts.errors import TooManyViews
from wushe.audit.models import Entry

NEEDS = reverse("desk:needs:list")
URGENT = f"{NEEDS}?urgency=urgent"


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.head)
    return client


def bar(desk: Client, address: str):
    return BeautifulSoup(desk.get(address).content, "html.parser").select_one(".ws-saved")


def keep(desk: Client, address: str, name: str):
    return desk.post(reverse("desk:save_view"), {"address": address, "name": name}, follow=True)


def test_a_view_is_saved_opened_and_removed(desk):
    assert bar(desk, NEEDS) is None
    form = bar(desk, f"{URGENT}&page=2").select_one("form")
    keep(desk, form.select_one("[name=address]")["value"], "  紧急的 # 需求 ")
    link = bar(desk, NEEDS).select_one("nav a")
    assert (link.get_text(), link["href"]) == ("紧急的 需求", URGENT)
    opened = bar(desk, URGENT)
    assert opened.select_one("nav a")["aria-current"] == "page"
    typed = {field["name"]: field["value"] for field in opened.select("form input[type=hidden]")}
    assert desk.post(opened.form["action"], typed).headers["Location"] == URGENT
    assert not bar(desk, URGENT).select("nav a")


def test_a_view_saved_again_means_the_new_filters_and_is_mine_alone(desk, cast):
    keep(desk, URGENT, "我的")
    keep(desk, f"{NEEDS}?state=reported", "我的")
    assert [link["href"] for link in bar(desk, NEEDS).select("nav a")] == [f"{NEEDS}?state=reported"]
    other = Client()
    other.force_login(cast.worker)
    assert bar(other, NEEDS) is None
    assert not Entry.objects.filter(subject=cast.head.number, verb__contains="view").exists()


def test_only_lists_are_saved_under_a_name_and_not_too_many(desk, cast):
    for address in ("https://elsewhere.example/", "/desk/me/", f"{URGENT}#x", ""):
        desk.post(reverse("desk:save_view"), {"address": address, "name": "x"})
    cast.head.refresh_from_db()
    assert cast.head.saved_views == []
    assert "填写" in keep(desk, URGENT, " # ").content.decode()
    for number in range(MOST_VIEWS):
        save_view(user=cast.head, address=URGENT, name=str(number))
    with pytest.raises(TooManyViews):
        save_view(user=cast.head, address=URGENT, name="one more")
    assert "请先删除" in keep(desk, URGENT, "再一个").content.decode()
