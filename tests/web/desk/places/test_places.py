"""The tree of places on the desk: everybody reads it, the administrator of a place changes it."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.accounts.factories import make_holder
from tests.cast import moment
from tests.policies.factories import load_policy
from tests.regions.factories import plant_county
from wushe.audit.models import Entry
from wushe.kernel import clock
from wushe.kernel.clock import local_date
from wushe.regions.models import Region

LIST = reverse("desk:places:list")
NOW = moment(3, 12)
TODAY = local_date(NOW)
PAST = TODAY - timedelta(days=20)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.admin)
    return client


def page(region, name="detail"):
    return reverse(f"desk:places:{name}", args=[region.pk])


def text_of(response):
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def names_below(response):
    return [cell.get_text(strip=True) for cell in BeautifulSoup(response.content, "html.parser").select("tbody td:first-child")]


def test_whoever_has_one_place_is_led_to_it(client, cast):
    client.force_login(cast.community)
    assert client.get(LIST).headers["location"] == page(cast.county.communities[0])
    assert "城乡属性" not in text_of(client.get(page(cast.county.communities[0])))


def test_places_are_found_by_a_part_of_the_name(desk, cast):
    assert cast.county.town.name in text_of(desk.get(LIST, {"q": cast.county.town.name[:2]}))
    assert cast.county.town.code in desk.get(LIST, {"q": cast.county.town.name[:2], "format": "csv"}).getvalue().decode()
    assert "没有找到名称含有这些字的地区" in text_of(desk.get(LIST, {"q": "无此地名"}))


def test_a_town_shows_what_belongs_to_it_and_how_it_counts(desk, cast):
    town = cast.county.town
    response = desk.get(page(town))
    assert names_below(response) == [community.name for community in cast.county.communities]
    assert f"计入的社区和村 {len(cast.county.communities)}" in text_of(response)


def test_an_artificial_level_is_left_out(desk, cast):
    Region.objects.filter(pk=cast.county.town.pk).update(is_artificial=True)
    assert cast.county.communities[0].name in names_below(desk.get(page(cast.county.county)))
    assert cast.county.town.name not in names_below(desk.get(page(cast.county.county)))


def test_a_community_becomes_a_village_from_a_day_on(desk, cast):
    answer = desk.post(page(cast.county.communities[0], "set_settlement"), {"settlement": "rural", "on": PAST.isoformat()}, follow=True)
    assert "计为 乡村" in text_of(answer)
    assert "起 乡村" in text_of(answer)
    assert Entry.objects.filter(verb="regions.settlement_set", actor=cast.admin.number).count() == 1


def test_a_day_to_come_is_refused_beside_the_field(desk, cast):
    typed = {"settlement": "rural", "on": (TODAY + timedelta(days=1)).isoformat()}
    answer = desk.post(page(cast.county.communities[0], "set_settlement"), typed)
    form = BeautifulSoup(answer.content, "html.parser").select_one("form.ws-form")
    assert answer.status_code == 422
    assert "还没有到" in form.get_text()
    assert form.select_one("input[name=on]")["value"] == typed["on"]


def test_a_place_stops_and_starts_to_count(desk, cast):
    out = {"counts": "no", "on": PAST.isoformat()}
    assert "不计入" in text_of(desk.post(page(cast.county.communities[0], "set_coverage"), out, follow=True))
    assert not Region.objects.get(pk=cast.county.communities[0].pk).counts_for_coverage
    desk.post(page(cast.county.communities[0], "set_coverage"), {"counts": "yes", "on": (PAST + timedelta(days=1)).isoformat()})
    assert Region.objects.get(pk=cast.county.communities[0].pk).counts_for_coverage


def test_a_merged_place_leads_to_its_successor_and_stays_in_the_tree_of_earlier_days(desk, cast):
    source, target = cast.county.communities[1:3]
    answer = desk.post(page(source, "merge_regions"), {"target": target.code, "on": PAST.isoformat()}, follow=True)
    assert f"{source.name}已并入{target.name}" in text_of(answer)
    assert f"现属 {target.name}" in text_of(desk.get(page(source)))
    assert source.name not in names_below(desk.get(page(cast.county.town)))
    assert source.name in names_below(desk.get(page(cast.county.town), {"on": (PAST - timedelta(days=1)).isoformat()}))


def test_a_place_merges_only_with_one_of_its_level(desk, cast):
    answer = desk.post(page(cast.county.communities[0], "merge_regions"), {"target": cast.county.town.code, "on": PAST.isoformat()})
    assert answer.status_code == 422
    assert Region.objects.get(pk=cast.county.communities[0].pk).valid_until is None


def test_a_town_is_split_with_some_of_its_communities(desk, cast):
    moved = cast.county.communities[:2]
    draft = {"name": "新设街道", "code": "990326009000", "children": [region.pk for region in moved], "on": PAST.isoformat()}
    answer = desk.post(page(cast.county.town, "split_region"), draft, follow=True)
    assert "新设街道已列入区划树" in text_of(answer)
    assert names_below(answer) == [region.name for region in moved]


def test_a_split_that_moves_everything_is_refused_and_keeps_what_was_typed(desk, cast):
    everything = [region.pk for region in cast.county.communities]
    draft = {"name": "新设街道", "code": "990326009000", "children": everything, "on": PAST.isoformat()}
    answer = desk.post(page(cast.county.town, "split_region"), draft)
    assert answer.status_code == 422
    assert "新设街道" in answer.content.decode()
    assert not Region.objects.filter(name="新设街道").exists()


def test_a_community_is_split_without_children(desk, cast):
    draft = {"name": "新设社区", "code": "990326001099", "on": PAST.isoformat()}
    desk.post(page(cast.county.communities[0], "split_region"), draft)
    assert Region.objects.get(name="新设社区").parent_id == cast.county.town.pk


@pytest.mark.parametrize("change", ["set_settlement", "set_coverage", "merge_regions", "split_region"])
def test_places_are_changed_only_by_their_own_administrator(client, cast, change):
    elsewhere = plant_county("98", "远山县")
    client.force_login(make_holder("system_admin", region=elsewhere.county))
    assert client.post(page(cast.county.communities[0], change)).status_code == 403
    client.force_login(cast.head)
    assert client.post(page(cast.county.communities[0], change)).status_code == 403


def test_nobody_merges_into_a_place_of_others(client, cast):
    elsewhere = plant_county("98", "远山县")
    client.force_login(make_holder("system_admin", region=elsewhere.county))
    typed = {"target": cast.county.communities[0].code, "on": PAST.isoformat()}
    assert client.post(page(elsewhere.communities[0], "merge_regions"), typed).status_code == 403


def test_a_mistyped_day_is_today_and_an_unknown_place_is_not_found(desk, cast):
    assert desk.get(page(cast.county.communities[0]), {"on": "2026-99-99"}).status_code == 200
    assert desk.get(reverse("desk:places:detail", args=[999_999_999])).status_code == 404


def test_the_pages_are_english_too(desk, cast):
    cast.admin.language = "en"
    cast.admin.save()
    assert "Counts as" in text_of(desk.get(page(cast.county.communities[0])))


def test_the_residents_of_a_place_are_put_on_record(client, cast):
    client.force_login(cast.head)
    town = cast.county.town
    typed = {"year": "2025", "residents": "12345", "source": "县统计年鉴"}
    assert client.post(page(town, "record_population"), typed | {"residents": "-1"}).status_code == 422
    assert client.post(page(town, "record_population"), typed).headers["location"] == page(town)
    shown = text_of(client.get(page(town)))
    assert "2025年常住人口 12,345 县统计年鉴" in shown
    assert client.get(page(cast.county.county, "record_population")).status_code == 403
    client.force_login(cast.community)
    assert client.get(page(cast.county.communities[0], "record_population")).status_code == 403


def test_a_county_marks_a_place_that_a_target_means(client, cast):
    load_policy(cast.county.county, "shijiazhuang-2016")
    client.force_login(cast.reviewer)
    typed = {"mark": "able_village", "name": "第一批", "document": "名单", "since": PAST.isoformat()}
    assert "有条件的村" in text_of(client.post(page(cast.county.village, "name_pilot"), typed, follow=True))
    assert cast.county.village.pilots.get().mark == "able_village"
    assert "有条件的村" in text_of(client.get(reverse("desk:places:pilots")))


def test_a_county_names_a_pilot_and_ends_it(client, cast):
    client.force_login(cast.reviewer)
    town, listed = cast.county.town, reverse("desk:places:pilots")
    typed = {"name": "联动试点", "document": "平政办〔2026〕1号", "since": PAST.isoformat()}
    shown = text_of(client.post(page(town, "name_pilot"), typed, follow=True))
    assert "联动试点 平政办〔2026〕1号" in shown
    assert client.post(page(town, "name_pilot"), typed).status_code == 422
    number = town.pilots.get().number
    assert client.get(reverse("desk:places:pilot", args=[number])).headers["location"] == f"{page(town)}#pilots"
    assert "联动试点" in text_of(client.get(listed, {"place": cast.county.county.code, "state": "running"}))
    client.post(reverse("desk:places:end_pilot", args=[number]), {"until": TODAY.isoformat(), "reason": "试点结束"})
    assert "没有符合条件的试点" in text_of(client.get(listed, {"state": "running"}))
    assert "试点结束" in client.get(listed, {"format": "csv"}).getvalue().decode()
    client.force_login(cast.head)
    assert client.get(page(town, "name_pilot")).status_code == 403
