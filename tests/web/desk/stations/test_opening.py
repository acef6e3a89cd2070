"""Hours and free offices, on the desk and for everybody."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.web.desk.stations.test_working import NOW, SignIn, page, text_of
from tests.web.desk.test_export import csv_of, sheet
from wushe.kernel import clock
from wushe.stations.actions import NewRoom, add_room
from wushe.stations.models import Office, OfficeExtension, Station


@pytest.fixture(autouse=True)
def today(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.MEDIA_ROOT = tmp_path


def test_a_booking_outside_the_hours_is_refused_with_them(cast: Cast, as_user: SignIn):
    head = as_user(cast.head)
    room = add_room(station=cast.station, draft=NewRoom(("group_work",), "小组活动室", NOW.date()), by=cast.head, at=NOW)
    assert head.post(page(cast.station, "set_hours"), {"opens_1_1": "09:00"}).status_code == 422
    overlapping = {"opens_5_1": "09:00", "closes_5_1": "12:00", "opens_5_2": "11:00", "closes_5_2": "17:00"}
    assert "周五：开放时间有重叠" in text_of(head.post(page(cast.station, "set_hours"), overlapping))
    apart = overlapping | {"opens_5_2": "14:00"}
    assert "周五 09:00–12:00 、 14:00–17:00" in text_of(head.post(page(cast.station, "set_hours"), apart, follow=True))
    assert 'value="14:00' in head.get(page(cast.station, "set_hours")).content.decode()
    typed = {"holder": "合唱队", "purpose": "排练", "day": "2026-04-10", "starts": "16:00", "ends": "18:00", "weeks": "1"}
    assert "周五的开放时间是09:00–12:00、14:00–17:00" in text_of(head.post(page(cast.station, "book_room", room.pk), typed))
    assert "周六不开放" in text_of(head.post(page(cast.station, "book_room", room.pk), typed | {"day": "2026-04-11"}))
    head.post(page(cast.station, "set_room_hours", room.pk), {"opens_6_1": "09:00", "closes_6_1": "20:00"})
    assert head.post(page(cast.station, "book_room", room.pk), typed | {"day": "2026-04-11"}).status_code == 302
    assert "周五 09:00–12:00 、 14:00–17:00" in text_of(Client().get(reverse("portal:stations:detail", args=[cast.station.number])))


def test_the_hours_of_the_week_stand_in_the_files_as_on_the_page(cast: Cast, as_user: SignIn, django_assert_max_num_queries):
    typed = {
        "opens_1_1": "08:00",
        "closes_1_1": "12:00",
        "opens_1_2": "14:00",
        "closes_1_2": "17:00",
        "opens_2_1": "08:00",
        "closes_2_1": "12:00",
    }
    as_user(cast.head).post(page(cast.station, "set_hours"), typed)
    week, public = "周一 08:00–12:00、14:00–17:00；周二 08:00–12:00", reverse("portal:stations:list")
    desk, registered = as_user(cast.reviewer), reverse("desk:stations:list")
    (line,) = csv_of(Client().get(public, {"format": "csv"}))[1:]
    assert line[-1] == week
    assert sheet(Client().get(public, {"format": "xlsx"}))[1][-1] == week
    assert Client().get(public, {"format": "json"}).getvalue().decode().count(week) == 1
    assert "?format=xlsx" in Client().get(public).content.decode()
    heading, line = csv_of(desk.get(registered, {"format": "csv"}))
    assert dict(zip(heading, line, strict=True))["每周开放时间"] == week
    (row,) = desk.get(registered, {"format": "json"}).json()["rows"]
    assert row["hours"][1] == {"weekday": 1, "opens": "14:00:00", "closes": "17:00:00"}
    Station.objects.filter(pk=cast.station.pk).update(opening_hours="节假日休息")
    with django_assert_max_num_queries(4):
        (line,) = csv_of(Client().get(public, {"format": "csv"}))[1:]
    assert line[-1] == f"节假日休息；{week}"


def test_days_in_a_row_that_are_alike_are_one_line(cast: Cast, as_user: SignIn):
    spans = {1: ("08:30", "12:00"), 2: ("14:00", "17:30")}
    typed = {
        f"{end}_{day}_{span}": hours[end == "closes"]
        for day in (1, 2, 3, 5, 6)
        for span, hours in spans.items()
        for end in ("opens", "closes")
    }
    del typed["opens_6_2"], typed["closes_6_2"]
    as_user(cast.head).post(page(cast.station, "set_hours"), typed)
    (line,) = csv_of(Client().get(reverse("portal:stations:list"), {"format": "csv"}))[1:]
    assert line[-1] == "周一至周三 08:30–12:00、14:00–17:30；周五 08:30–12:00、14:00–17:30；周六 08:30–12:00"


def shown_in(client: Client, address: str) -> dict[str, str]:
    fields = BeautifulSoup(client.get(address).content, "html.parser").select("input[type=time][value]")
    return {field["aria-label"]: field["value"] for field in fields}


def test_hours_return_under_the_part_of_the_day_in_which_they_open(cast: Cast, as_user: SignIn):
    head, address = as_user(cast.head), page(cast.station, "set_hours")
    spans = {
        (1, 2): ("14:00", "17:00"),
        (2, 1): ("08:00", "10:00"),
        (2, 2): ("10:30", "12:00"),
        (3, 3): ("19:00", "21:00"),
        (4, 2): ("18:00", "19:00"),
        (4, 3): ("19:30", "21:00"),
        (5, 1): ("09:00", "18:00"),
    }
    typed = {f"opens_{day}_{part}": opens for (day, part), (opens, _) in spans.items()}
    head.post(address, typed | {f"closes_{day}_{part}": closes for (day, part), (_, closes) in spans.items()})
    assert shown_in(head, address) == {
        "周一下午开始": "14:00", "周一下午结束": "17:00",
        "周二上午开始": "08:00", "周二上午结束": "10:00", "周二下午开始": "10:30", "周二下午结束": "12:00",
        "周三晚上开始": "19:00", "周三晚上结束": "21:00",
        "周四下午开始": "18:00", "周四下午结束": "19:00", "周四晚上开始": "19:30", "周四晚上结束": "21:00",
        "周五上午开始": "09:00", "周五上午结束": "18:00",
    }  # fmt: skip
    labels = [cell["data-label"] for cell in BeautifulSoup(head.get(address).content, "html.parser").select("tbody tr:first-child td")]
    assert labels == ["上午开始", "上午结束", "下午开始", "下午结束", "晚上开始", "晚上结束"]


def test_a_free_office_is_offered_let_and_read_by_everybody(cast: Cast, as_user: SignIn):
    head, listed = as_user(cast.head), reverse("desk:stations:offices")
    typed = {"name": "二楼203室", "area_m2": "30", "monthly_value": "1200", "terms": "已登记的机构均可申请", "offered_on": "2026-01-01"}
    head.post(page(cast.station, "offer_office"), typed)
    public = reverse("portal:stations:offices")
    assert "二楼203室 30 m² 已登记的机构均可申请 空置" in text_of(Client().get(public))
    number = Office.objects.get().number
    given = {"organisation": cast.agencies[0].name, "agreement": "1号", "since": "2026-02-01"}
    head.post(reverse("desk:stations:let_office", args=[number]), given)
    assert cast.agencies[0].name in text_of(head.get(listed, {"state": "taken"}))
    assert cast.agencies[0].name in text_of(Client().get(public))
    (heading, line) = csv_of(Client().get(public, {"format": "csv"}))
    assert line[4:] == ["二楼203室", "30.00", "已登记的机构均可申请", cast.agencies[0].name, "2026-02-01"]
    assert sheet(Client().get(public, {"format": "xlsx"}))[0] == heading
    assert "?format=xlsx" in Client().get(public).content.decode()
    assert "二楼203室" in head.get(listed, {"format": "csv"}).getvalue().decode()
    extend = reverse("desk:stations:extend_office", args=[number])
    assert extend in head.get(listed).content.decode()
    assert extend in head.get(reverse("desk:stations:vacate_office", args=[number])).content.decode()
    assert as_user(cast.worker).get(extend).status_code == 403
    assert head.post(extend, {"agreed_until": "2026-01-01", "agreement": "续1号"}).status_code == 422
    assert "协议已延长" in text_of(head.post(extend, {"agreed_until": "2027-02-28", "agreement": "续1号"}, follow=True))
    assert "续1号" in text_of(head.get(listed))
    assert f"入驻组织 {cast.agencies[0].name} 协议 1号 开始 2026年2月1日 协议到期日 2027年2月28日" in text_of(head.get(extend))
    assert "最晚是2031年4月9日" in text_of(head.post(extend, {"agreed_until": "9999-12-31", "agreement": "续2号"}))
    withdraw = reverse("desk:stations:withdraw_extension", args=[number, OfficeExtension.objects.get().pk])
    assert withdraw in head.get(listed).content.decode()
    assert "撤回后协议到期日 没有约定到期日" in text_of(head.get(withdraw))
    assert as_user(cast.worker).get(withdraw).status_code == 403
    assert head.get(reverse("desk:stations:withdraw_extension", args=[number, 0])).status_code == 404
    assert "2026年4月9日 撤回：年份填错" in text_of(head.post(withdraw, {"reason": "年份填错"}, follow=True))
    assert withdraw not in head.get(listed).content.decode()
    assert "已经撤回" in text_of(head.post(withdraw, {"reason": "再次撤回"}))
    head.post(reverse("desk:stations:vacate_office", args=[number]), {"until": "2026-04-01", "reason": "到期"})
    head.post(reverse("desk:stations:withdraw_office", args=[number]), {"reason": "改作他用"})
    assert "改作他用" in text_of(head.get(listed, {"state": "withdrawn"}))
    assert as_user(cast.worker).get(page(cast.station, "offer_office")).status_code == 403
    stations = reverse("portal:stations:list")
    assert cast.station.name in text_of(Client().get(stations, {"where": cast.county.town.name}))
    assert cast.station.number in Client().get(stations, {"format": "csv"}).getvalue().decode()
