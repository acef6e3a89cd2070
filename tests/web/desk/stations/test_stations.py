"""The register of stations on the desk: looked at, checked, inspected, mended."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.accounts.factories import make_holder
from tests.cast import Cast, moment
from tests.regions.factories import plant_county
from wushe.accounts.models import User
from wushe.files.models import File
from wushe.inbox.models import Todo
from wushe.kernel import clock
from wushe.kernel.clock import local_date
from wushe.stations.models import Check, Remedy, Room, Station

SignIn = Callable[[User], Client]
NOW = moment(3, 12)
TODAY = local_date(NOW)
LIST, OPEN = reverse("desk:stations:list"), reverse("desk:stations:open_station")
ROOMS = ("office", "casework", "group_work", "meeting")


@pytest.fixture(autouse=True)
def today(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.MEDIA_ROOT = tmp_path


def page(station: Station, name: str = "detail", *rest) -> str:
    return reverse(f"desk:stations:{name}", args=[station.number, *rest])


def text_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def sheet(area: str = "66.5", **changes) -> dict[str, object]:
    typed = {"checked_on": TODAY.isoformat(), "value_area": area, "value_staff": "3", "value_professionals": "1"}
    typed |= {f"words_{code}": "现场查看" for code in ("area", "staff", "professionals", *ROOMS)}
    return typed | {f"met_{code}": "yes" for code in ROOMS} | changes


def test_the_rail_leads_to_the_register_and_the_places_without(cast: Cast, as_user: SignIn):
    desk = as_user(cast.reviewer)
    assert LIST in desk.get(reverse("desk:me")).content.decode()
    shown = text_of(desk.get(LIST))
    assert cast.station.name in shown
    assert "镇（街）站：1 地未设" in shown
    without = text_of(desk.get(reverse("desk:stations:without"), {"level": "town"}))
    assert cast.county.other_town.name in without
    assert desk.get(reverse("desk:stations:without"), {"level": "moon"}).status_code == 404


def test_the_register_is_searched_filtered_and_exported(cast: Cast, as_user: SignIn):
    desk = as_user(cast.reviewer)
    assert "没有符合条件的站点" in text_of(desk.get(LIST, {"q": "无此站"}))
    assert "没有符合条件的站点" in text_of(desk.get(LIST, {"level": "county"}))
    assert cast.station.name in text_of(desk.get(LIST, {"level": "town", "place": cast.county.county.code}))
    lines = b"".join(desk.get(LIST, {"format": "csv"})).decode("utf-8-sig").splitlines()
    assert cast.station.number in lines[1]
    (row,) = desk.get(LIST, {"format": "json"}).json()["rows"]
    assert (row["number"], row["level"]) == (cast.station.number, "town")


def test_a_station_is_entered_corrected_and_closed(cast: Cast, as_user: SignIn):
    desk, home = as_user(cast.reviewer), cast.county.other_town
    typed = {"region": home.code, "name": "石桥镇社会工作服务站", "opened_on": "2026-01-05", "area_m2": "70"}
    made = desk.post(OPEN, typed, follow=True)
    station = Station.objects.get(region=home)
    assert "站点已登记" in text_of(made)
    assert "ws-error" not in made.content.decode()
    desk.post(page(station, "update_station"), {"name": station.name, "area_m2": "71", "opening_hours": "周一至周五 9:00—17:00"})
    assert "9:00—17:00" in text_of(desk.get(page(station)))
    desk.post(page(station, "close_station"), {"closed_on": TODAY.isoformat(), "reason": "合并"})
    assert "已关闭" in text_of(desk.get(page(station)))
    assert station.name in text_of(desk.get(LIST, {"state": "closed"}))
    assert desk.post(page(station, "check_station"), sheet()).status_code == 422


def test_a_second_station_of_a_place_is_refused_and_what_was_typed_stays(cast: Cast, as_user: SignIn):
    typed = {"region": cast.county.town.code, "name": "又一个站", "opened_on": "2026-01-05"}
    refused = as_user(cast.reviewer).post(OPEN, typed)
    assert refused.status_code == 422
    assert "又一个站" in refused.content.decode()
    assert "同一类别只设一个" in text_of(refused)


def test_rooms_come_and_go(cast: Cast, as_user: SignIn):
    desk = as_user(cast.head)
    typed = {"name": "多功能室", "kinds": ["casework", "group_work"], "area_m2": "80", "used_from": "2026-01-05"}
    shown = text_of(desk.post(page(cast.station, "add_room"), typed, follow=True))
    assert "个案室（心理咨询室）、小组活动室" in shown
    assert "数不符" in shown
    room = Room.objects.get()
    assert desk.post(page(cast.station, "give_up_room", room.pk + 1), {"on": TODAY.isoformat()}).status_code == 404
    desk.post(page(cast.station, "give_up_room", room.pk), {"on": TODAY.isoformat()})
    assert (
        "多功能室"
        not in text_of(desk.get(page(cast.station)).context and desk.get(page(cast.station))).split("发生")[0].split("功能室 登记")[-1]
    )


def test_a_shortfall_is_found_planned_for_mended_and_gone(cast: Cast, as_user: SignIn):
    head, county = as_user(cast.head), as_user(cast.reviewer)
    head.post(page(cast.station, "check_station"), sheet("72"))
    county.post(page(cast.station, "inspect_station"), sheet("58"))
    shown = head.get(page(cast.station))
    assert "与自查不一致" in text_of(shown)
    assert page(cast.station, "plan_remedy") + "?item=area" in shown.content.decode()
    assert "制定整改措施" in text_of(head.get(reverse("desk:inbox")))
    plan = {"item": "area", "mode": "rebuild", "plan": "腾出二楼两间", "cost": "30000", "due_on": (TODAY + timedelta(days=30)).isoformat()}
    head.post(page(cast.station, "plan_remedy"), plan)
    remedy = Remedy.objects.get()
    todo = Todo.objects.open().get(step="finish_remedy")
    assert head.get(reverse("desk:stations:remedy", args=[todo.subject])).headers["location"] == page(cast.station) + "#remedies"
    photo = BytesIO(b"\xff\xd8\xff\xe0 room \xff\xd9")
    photo.name = "二楼.jpg"
    head.post(reverse("desk:stations:finish_remedy", args=[remedy.number]), {"outcome": "面积达到64平方米", "file": photo})
    after = head.get(page(cast.station))
    assert "二楼.jpg" in text_of(after)
    assert "已办结" in text_of(after)
    county.post(page(cast.station, "inspect_station"), sheet("64"))
    assert "5/8 项达标" in text_of(head.get(page(cast.station)))


def test_a_look_keeps_its_evidence_for_the_places_above(cast: Cast, as_user: SignIn, django_capture_on_commit_callbacks):
    photo = BytesIO(b"\xff\xd8\xff\xe0 room \xff\xd9")
    photo.name = "个案室.jpg"
    with django_capture_on_commit_callbacks(execute=True):
        as_user(cast.head).post(page(cast.station, "check_station"), sheet(file_casework=photo, words_casework=""))
    look = Check.objects.get()
    shown = as_user(cast.reviewer).get(page(cast.station, "look", look.number))
    address = reverse("files:download_file", args=[look.findings.get(item="casework").file.number])
    assert address in shown.content.decode()
    assert as_user(cast.reviewer).get(address).status_code == 200
    assert as_user(cast.other_head).get(address).status_code == 404


def test_a_look_that_leaves_something_open_says_so_beside_it(cast: Cast, as_user: SignIn):
    desk = as_user(cast.head)
    refused = desk.post(page(cast.station, "check_station"), sheet(words_area="", met_office=""))
    assert refused.status_code == 422
    assert BeautifulSoup(refused.content, "html.parser").select_one("#id_met_office_error") is not None
    refused = desk.post(page(cast.station, "check_station"), sheet(words_area=""))
    box = BeautifulSoup(refused.content, "html.parser").select_one("#id_words_area_error")
    assert "办公面积都须有依据" in box.get_text()
    assert 'value="66.5"' in refused.content.decode()
    assert not Check.objects.exists()


def test_a_remedy_is_dropped_with_a_reason(cast: Cast, as_user: SignIn):
    head = as_user(cast.head)
    plan = {"item": "office", "mode": "other", "plan": "隔出一间", "due_on": TODAY.isoformat()}
    head.post(page(cast.station, "plan_remedy"), plan)
    drop = reverse("desk:stations:drop_remedy", args=[Remedy.objects.get().number])
    assert head.post(drop, {"outcome": ""}).status_code == 422
    head.post(drop, {"outcome": "改为购买"})
    assert "已取消" in text_of(head.get(page(cast.station)))


def test_what_is_missing_and_mended_everywhere_stands_in_two_tables(cast: Cast, as_user: SignIn):
    head, county = as_user(cast.head), as_user(cast.reviewer)
    county.post(page(cast.station, "inspect_station"), sheet("58"))
    head.post(
        page(cast.station, "plan_remedy"),
        {"item": "area", "mode": "rebuild", "plan": "腾出二楼", "cost": "30000", "due_on": (TODAY + timedelta(days=30)).isoformat()},
    )
    standards, remedies = reverse("desk:stations:standards"), reverse("desk:stations:remedies")
    row = BeautifulSoup(county.get(standards).content, "html.parser").select_one("tbody tr").get_text(" ", strip=True)
    assert "未达到 整改中，2026年4月11日前完成" in row
    lines = b"".join(county.get(standards, {"format": "csv"})).decode("utf-8-sig").splitlines()
    assert lines[1].endswith("未达到,不明,不明,达到,达到,达到,达到,不明,4,1,3")
    assert "没有符合条件的站点" in text_of(county.get(standards, {"kind": "service_centre"}))
    shown = text_of(county.get(remedies))
    assert "办公面积 改扩建 · 腾出二楼 ¥30,000.00" in shown
    assert "预计金额合计¥30,000.00" in shown
    assert "没有整改措施" in text_of(county.get(remedies, {"state": "overdue"}))
    lines = b"".join(county.get(remedies, {"format": "csv", "state": "all"})).decode("utf-8-sig").splitlines()
    assert "2026-04-11,进行中" in lines[1]
    for address in (standards, remedies):
        assert as_user(cast.finance).get(address).status_code == 403


def test_others_look_at_no_station_and_change_none(cast: Cast, as_user: SignIn):
    elsewhere = as_user(make_holder("county_station", region=plant_county("98", "远山县").county, username="far"))
    assert elsewhere.get(page(cast.station)).status_code == 404
    assert elsewhere.post(page(cast.station, "close_station"), {"closed_on": TODAY.isoformat(), "reason": "合并"}).status_code == 404
    for user in (cast.finance, cast.judge, cast.admin, cast.managers[0]):
        assert as_user(user).get(LIST).status_code == 403
    worker = as_user(cast.worker)
    assert worker.get(page(cast.station)).status_code == 200
    assert worker.post(page(cast.station, "inspect_station"), sheet()).status_code == 403
    assert worker.post(page(cast.station, "close_station"), {"closed_on": TODAY.isoformat(), "reason": "合并"}).status_code == 403
    inspecting = as_user(cast.head).post(page(cast.station, "inspect_station"), sheet())
    assert inspecting.status_code == 403
    assert not Check.objects.exists()


def test_the_pages_are_english_too(cast: Cast, as_user: SignIn):
    User.objects.filter(pk=cast.reviewer.pk).update(language="en")
    cast.reviewer.refresh_from_db()
    assert "Against the standard" in text_of(as_user(cast.reviewer).get(page(cast.station)))


def test_the_page_of_a_past_day_shows_that_day(cast: Cast, as_user: SignIn):
    county = as_user(cast.reviewer)
    county.post(page(cast.station, "inspect_station"), sheet("58"))
    before = text_of(county.get(page(cast.station), {"on": (TODAY - timedelta(days=1)).isoformat()}))
    assert "2026年3月11日对照标准" in before
    assert "4 项不明" in before
    assert "4 项不明" not in text_of(county.get(page(cast.station), {"on": "2999-01-01"}))


def test_a_refused_check_keeps_no_file(cast: Cast, as_user: SignIn):
    desk = as_user(cast.head)

    def photo() -> BytesIO:
        taken = BytesIO(b"\xff\xd8\xff\xe0 room \xff\xd9")
        taken.name = "大厅.jpg"
        return taken

    assert desk.post(page(cast.station, "check_station"), sheet(file_area=photo(), words_office="")).status_code == 422
    assert not File.objects.exists()
    assert desk.post(page(cast.station, "check_station"), sheet(file_area=photo(), words_area="")).status_code == 302
    assert File.objects.get().name == "大厅.jpg"
    assert "2026年3月12日自查" in text_of(desk.get(page(cast.station)))
    assert "自报" not in text_of(desk.get(page(cast.station)))


def test_the_page_says_when_a_floor_space_is_reported_only_and_does_not_let_an_inspected_one_be_typed_over(cast: Cast, as_user: SignIn):
    head, county = as_user(cast.head), as_user(cast.reviewer)
    assert "66.5 m² 自报" in text_of(head.get(page(cast.station)))
    county.post(page(cast.station, "inspect_station"), sheet("58"))
    assert "58 m² 2026年3月12日实地检查" in text_of(head.get(page(cast.station)))
    form = head.get(page(cast.station, "update_station"))
    assert BeautifulSoup(form.content, "html.parser").select_one("#id_area_m2").has_attr("disabled")
    head.post(page(cast.station, "update_station"), {"name": "明德站", "area_m2": "64"})
    cast.station.refresh_from_db()
    assert (cast.station.name, cast.station.area_m2) == ("明德站", 58)
