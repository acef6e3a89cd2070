"""The policy of a place on a day, with the source of every number, and what follows from each article."""

import pytest
import yaml
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.architecture.source import ROOT
from tests.cast import Cast, moment
from wushe.kernel import clock
from wushe.kernel.errors import PolicySource
from wushe.web.common.links import page_of_article
from wushe.web.desk.policies.reading import CHECKLISTS, RUBRICS

CONTENTS = reverse("desk:policies:contents")
PLAN = "关于实施“五社联动”助力基层治理和乡村振兴的试点工作方案"


@pytest.fixture
def desk(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: moment(3, 12))
    client.force_login(cast.head)
    return client


def page(desk: Client, address: str = CONTENTS, **query: str) -> BeautifulSoup:
    response = desk.get(address, query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def rows(shown: BeautifulSoup, part: str) -> list[str]:
    return [" ".join(row.get_text(" ", strip=True).split()) for row in shown.select(f"#{part} tbody tr")]


@pytest.mark.parametrize("who", ["worker", "manager", "expert", "finance", "judge", "auditor", "admin"])
def test_everybody_who_has_a_desk_reads_the_policy(client, cast, who):
    client.force_login(cast.everyone()[who])
    assert CONTENTS in {a["href"] for a in page(client).select(".ws-rail a, .ws-tabs a")}


def test_visitors_are_asked_to_sign_in(client, cast):
    assert client.get(CONTENTS).headers["Location"].startswith(reverse("portal:sign-in"))


def test_the_packs_stand_in_the_order_in_which_they_decide(desk):
    codes = [cell.get_text() for cell in page(desk).select("#packs td .text-muted")]
    assert codes == ["meixian-2022", "platform", "cn-law"]


def test_the_procedure_names_actor_clock_and_article(desk):
    steps = rows(page(desk), "steps")
    assert len(steps) == 6
    assert all(word in steps[1] for word in ("发布项目", "县社会工作服务总站", "5 个工作日", "平台默认，可修改", "五2"))
    assert "没有期限" in steps[3]


def test_every_value_cites_an_article_or_is_marked_as_a_default(desk):
    values = page(desk).select("#values tbody tr")
    assert len(values) > 20
    assert all(bool(row.select_one("a[href*='/articles/']")) != bool(row.select_one(".pill.warn")) for row in values)


@pytest.mark.parametrize(
    ("part", "count"),
    [("project_review", 9), ("supervision", 7), ("criteria", 8), ("tranches", 3), ("qualifications", 7), ("roles", 5), ("evaluation", 13)],
)
def test_each_part_is_shown_whole(desk, part, count):
    assert len(rows(page(desk), part)) == count


def test_every_part_of_the_packs_of_this_project_has_words():
    packs = [yaml.safe_load(path.read_text()) for path in (ROOT / "policies").glob("*/pack.yaml")]
    assert {name for pack in packs for name in pack.get("checklists", ())} - CHECKLISTS.keys() == set()
    assert {name for pack in packs for name in pack.get("rubrics", ())} - RUBRICS.keys() == set()


def test_targets_lead_to_how_they_stand(desk, cast):
    link = page(desk).select_one("#targets tbody a")["href"]
    assert link == f"{reverse('desk:targets:target', args=['urban-organisations'])}?place={cast.county.town.code}&on=2026-03-12"
    assert desk.get(link).status_code == 200


def test_every_link_to_an_article_opens(desk):
    links = {a["href"] for a in page(desk).select("main a[href*='/articles/']")}
    assert len(links) > 30
    assert {desk.get(link).status_code for link in links} == {200}


def test_an_article_says_what_follows_from_it(desk):
    shown = page(desk, reverse("desk:policies:article", args=["meixian-plan", "二"]))
    assert "到2023年底" in shown.main.get_text()
    found = [row.get_text(" ", strip=True) for row in shown.select("tbody tr")]
    assert found[0] == "目标 每个城镇社区的社会组织 ≥ 15 个"
    assert [a.get_text(strip=True) for a in shown.select("main .ws-actions a")] == ["一", "三(一)1"]


def test_an_article_that_sets_nothing_says_so(desk):
    assert "没有从本条取用数值" in page(desk, reverse("desk:policies:article", args=["meixian-plan", "一"])).main.get_text()


def test_other_pages_link_to_an_article_by_how_they_cite_it(desk):
    address = page_of_article(PolicySource(document=PLAN, article="五2"))
    assert "发布项目" in page(desk, address).h1.get_text()
    assert page_of_article(PolicySource(document="平台默认", article="")) == ""


@pytest.mark.parametrize("wanted", [("meixian-plan", "99"), ("nothing", "二")])
def test_an_article_that_is_none_is_not_found(desk, wanted):
    assert desk.get(reverse("desk:policies:article", args=wanted)).status_code == 404


def test_another_day_has_another_policy(desk, cast):
    shown = page(desk, on="2010-01-01")
    assert "没有已载入的政策" in shown.select_one(".ws-empty").get_text()
    assert [a.get_text() for a in shown.select(".ws-empty a")] == [str(cast.county.county)]


def test_a_place_is_found_by_its_name_without_scripts(desk, cast):
    assert str(cast.county.other_town) in page(desk, place_text="石桥镇").select_one(".ws-head").get_text()
    assert len(page(desk, place_text="社区").select("[data-place-list] input[type=radio]")) == 4


def test_what_is_no_day_is_said(desk):
    assert page(desk, on="soon").select_one(".error")


def test_it_reads_in_english(desk, cast):
    cast.head.language = "en"
    cast.head.save(update_fields=["language"])
    shown = page(desk)
    assert "Mid-term supervision" in shown.select_one("#steps").get_text()
    assert "5 working days" in shown.select_one("#steps").get_text()


def test_someone_without_a_post_chooses_a_place_first(client, cast):
    client.force_login(cast.stranger)
    assert not page(client).select("section")
