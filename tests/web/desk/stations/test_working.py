"""What stations do and keep, on the desk: duties, bookings, equipment, coverage, the lights of the communities."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.accounts.factories import make_holder
from tests.cast import Cast, moment
from tests.regions.factories import plant_county
from tests.stories import delivering
from tests.web.over import refused_at_once
from wushe.accounts.models import User
from wushe.kernel import clock
from wushe.kernel.clock import local_date
from wushe.stations.actions import NewRoom, add_room
from wushe.stations.models import Asset, Booking, DutyRecord, Station

SignIn = Callable[[User], Client]
NOW = moment(4, 9)
TODAY = local_date(NOW)


@pytest.fixture(autouse=True)
def today(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.MEDIA_ROOT = tmp_path


def page(station: Station, name: str, *rest) -> str:
    return reverse(f"desk:stations:{name}", args=[station.number, *rest])


def text_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def test_the_page_of_a_station_says_which_duty_is_missing_and_a_record_closes_it(cast: Cast, as_user: SignIn):
    head = as_user(cast.head)
    record = page(cast.station, "record_duty", "projects", 2026, 3)
    shown = head.get(page(cast.station, "detail"))
    assert record in shown.content.decode()
    assert "到期2项，完成0项" in text_of(shown)
    assert head.post(record, {"done_on": TODAY.isoformat()}).status_code == 422
    notice = BytesIO(b"%PDF-1.4 notice")
    notice.name = "推进会通知.pdf"
    typed = {"done_on": "2026-03-20", "link": "example.org/news", "file": notice}
    shown = text_of(head.post(record, typed, follow=True))
    assert "推进会通知.pdf" in shown
    assert "到期2项，完成1项" in shown
    assert "三(一)2" in shown
    assert "文件没有规定办理月份" in shown
    assert refused_at_once(head, record, {"done_on": "2026-03-20", "words": "推进会"})
    kept = DutyRecord.objects.get()
    withdraw = page(cast.station, "withdraw_duty", kept.pk)
    head.post(withdraw, {"reason": "材料有误"})
    assert "到期2项，完成0项" in text_of(head.get(page(cast.station, "duty_year")))
    for duty, year, month in (("annual_plan", 2026, 1), ("projects", 2026, 13), ("projects", 20260, 3), ("juggling", 2026, 3)):
        wrong = head.get(page(cast.station, "record_duty", duty, year, month))
        assert (wrong.status_code, "这项职责" in text_of(wrong)) == (409, True)
    assert head.get(page(cast.station, "withdraw_duty", kept.pk + 1)).status_code == 404


def test_the_county_sees_all_stations_and_where_something_is_missing(cast: Cast, as_user: SignIn):
    as_user(cast.head).post(page(cast.station, "record_duty", "projects", 2026, 3), {"done_on": "2026-03-20", "words": "推进会"})
    desk, address = as_user(cast.reviewer), reverse("desk:stations:duties")
    shown = desk.get(address)
    assert page(cast.station, "duty_year") in shown.content.decode()
    assert "1/2" in text_of(shown)
    lines = b"".join(desk.get(address, {"format": "csv"})).decode("utf-8-sig").splitlines()
    assert lines[1].endswith(",2,1,1")
    assert "没有符合条件的站点" in text_of(desk.get(address, {"level": "community"}))
    assert "0/5" in text_of(desk.get(address, {"year": "2025"})) or "0/14" in text_of(desk.get(address, {"year": "2025"}))


def test_a_room_is_booked_used_and_shown_by_the_square_metre(cast: Cast, as_user: SignIn):
    head = as_user(cast.head)
    draft = NewRoom(("group_work",), "小组活动室", date(2025, 1, 1), 20)
    room = add_room(station=cast.station, draft=draft, by=cast.head, at=NOW)
    typed = {"holder": "夕阳红合唱队", "purpose": "排练", "day": "2026-04-08", "starts": "14:00", "ends": "16:00", "weeks": "2"}
    shown = text_of(head.post(page(cast.station, "book_room", room.pk), typed, follow=True))
    assert "2026年4月15日 14:00 — 16:00" in shown
    assert "已结束，待登记使用情况" in shown
    refused = head.post(page(cast.station, "book_room", room.pk), typed | {"holder": "书法社"})
    assert refused.status_code == 422
    assert "夕阳红合唱队" in text_of(refused)
    first, second = Booking.objects.order_by("starts_at")
    use = reverse("desk:stations:note_use", args=[first.number])
    assert 'value="120"' in head.get(use).content.decode()
    assert head.post(use, {"minutes": "60", "persons": "0"}).status_code == 422
    assert "60分钟，18人" in text_of(head.post(use, {"minutes": "60", "persons": "18"}, follow=True))
    (_, line) = b"".join(head.get(page(cast.station, "bookings"), {"format": "csv"})).decode("utf-8-sig").splitlines()[1:]
    assert line == f"{first.number},小组活动室,2026-04-08 14:00,2026-04-08 16:00,夕阳红合唱队,排练,60,18"
    head.post(reverse("desk:stations:cancel_booking", args=[second.number]), {"reason": "改期"})
    assert Booking.objects.standing().count() == 1
    desk, rooms = as_user(cast.reviewer), reverse("desk:stations:rooms")
    row = BeautifulSoup(desk.get(rooms).content, "html.parser").select_one("tbody tr").get_text(" ", strip=True)
    assert row.endswith("20 m² 1 1 18 0.05 2026年4月8日")
    assert "没有符合条件的功能室" in text_of(desk.get(rooms, {"state": "idle"}))
    lines = b"".join(desk.get(rooms, {"format": "csv"})).decode("utf-8-sig").splitlines()
    assert lines[1].endswith("1,1.0,18,0.05,2026-04-08,否")
    assert head.get(page(cast.station, "book_room", room.pk + 1)).status_code == 404


def test_equipment_is_entered_handed_over_and_written_off(cast: Cast, as_user: SignIn):
    head = as_user(cast.head)
    typed = {
        "kind": "desks",
        "name": "会议桌椅",
        "quantity": "12",
        "custodian": "王芳",
        "source": "fiscal",
        "cost": "6000",
        "received_on": "2026-01-05",
    }
    shown = text_of(head.post(page(cast.station, "enter_asset"), typed, follow=True))
    assert "会议桌椅" in shown
    assert "财政预算" in shown
    asset = Asset.objects.get()
    hand_over, write_off = (reverse(f"desk:stations:{name}_asset", args=[asset.number]) for name in ("hand_over", "write_off"))
    assert "李强" in text_of(head.post(hand_over, {"custodian": "李强"}, follow=True))
    assert head.post(write_off, {"on": "2026-01-05", "reason": "报废"}).status_code == 422
    head.post(write_off, {"on": TODAY.isoformat(), "reason": "报废"})
    assert "还没有登记设备" in text_of(head.get(page(cast.station, "detail")))
    assert head.get(reverse("desk:stations:hand_over_asset", args=["asset-0"])).status_code == 404


def test_a_station_shares_its_roof_and_has_a_guide(cast: Cast, as_user: SignIn):
    desk = as_user(cast.reviewer)
    place = cast.county.town
    typed = {"kind": "service_centre", "region": place.code, "name": "明德街道综合服务中心", "opened_on": "2026-01-05", "area_m2": "520"}
    desk.post(reverse("desk:stations:open_station"), typed)
    typed = {"region": cast.county.county.code, "name": "平湖县社会工作服务总站", "opened_on": "2022-01-05"}
    desk.post(reverse("desk:stations:open_station"), typed)
    centre, top = Station.objects.exclude(pk=cast.station.pk).order_by("pk")
    typed = {"functions": ["party_service"], "housed_in": str(centre.pk)}
    shown = text_of(desk.post(page(cast.station, "share_premises"), typed, follow=True))
    assert "党群服务中心" in shown
    assert centre.name in shown
    assert cast.station.name in text_of(desk.get(page(centre, "detail")))
    assert "面积合计520平方米" in text_of(desk.get(reverse("desk:stations:list")))
    typed = {"above": str(top.pk), "since": TODAY.isoformat()}
    assert top.name in text_of(desk.post(page(cast.station, "tie_station"), typed, follow=True))
    refused = desk.post(page(centre, "share_premises"), {"housed_in": str(top.pk)})
    assert refused.status_code == 422
    assert desk.post(page(cast.station, "tie_station"), typed | {"since": "2020-01-01"}).status_code == 422


def test_coverage_shows_the_line_the_places_and_those_without(cast: Cast, as_user: SignIn):
    desk, address = as_user(cast.reviewer), reverse("desk:stations:coverage")
    shown = desk.get(address)
    assert "应设2地，已设1地，覆盖率50%" in text_of(shown)
    assert "没有规定这一层级的分年度目标" in text_of(shown)
    assert cast.county.other_town.name in text_of(shown)
    assert BeautifulSoup(shown.content, "html.parser").select_one("[data-chart=coverage]") is not None
    rooms = text_of(desk.get(address, {"level": "community", "place": cast.county.town.code}))
    assert "应设4地，已设0地" in rooms
    far = plant_county("98", "远山县")
    assert far.county.name not in text_of(desk.get(address, {"place": far.county.code}))


def test_the_lights_of_a_community_open_to_what_shows_them(cast: Cast, as_user: SignIn):
    desk, address = as_user(cast.reviewer), reverse("desk:stations:lights")
    community = cast.county.communities[0]
    card = reverse("desk:stations:light_card", args=[community.pk])
    shown = desk.get(address)
    assert card in shown.content.decode()
    assert "平台默认" in text_of(shown)
    marks = [
        cell.get_text(strip=True) for cell in BeautifulSoup(desk.get(card).content, "html.parser").select("tbody td[data-label=亮灯情况]")
    ]
    assert marks == ["暂无数据", "暂无数据", "暂无数据", "不亮", "不亮"]
    typed = {"region": community.code, "name": "东风社区社工室", "opened_on": "2026-01-05", "area_m2": "32"}
    desk.post(reverse("desk:stations:open_station"), typed)
    assert "东风社区社工室" in text_of(desk.get(card))
    assert "5项中亮1项" in text_of(desk.get(card))
    lines = b"".join(desk.get(address, {"format": "csv", "q": "东风"})).decode("utf-8-sig").splitlines()
    assert lines[1].endswith("暂无数据,暂无数据,暂无数据,亮,不亮")
    far = plant_county("98", "远山县")
    assert desk.get(reverse("desk:stations:light_card", args=[far.village.pk])).status_code == 404


def test_others_record_nothing_and_look_at_nothing(cast: Cast, as_user: SignIn):
    record = page(cast.station, "record_duty", "projects", 2026, 3)
    typed = {"done_on": TODAY.isoformat(), "words": "推进会"}
    elsewhere = as_user(make_holder("county_station", region=plant_county("98", "远山县").county, username="far"))
    for address in (record, page(cast.station, "duty_year"), page(cast.station, "bookings"), page(cast.station, "enter_asset")):
        assert elsewhere.get(address).status_code == 404
    for user in (cast.finance, cast.judge, cast.admin):
        for name in ("duties", "rooms", "coverage", "lights"):
            assert as_user(user).get(reverse(f"desk:stations:{name}")).status_code == 403
    assert as_user(cast.auditor).post(record, typed).status_code == 403
    worker = as_user(cast.worker)
    assert worker.post(page(cast.station, "share_premises"), {"functions": []}).status_code == 403
    assert (
        worker.post(page(cast.station, "tie_station"), {"above": "1", "since": (TODAY - timedelta(days=1)).isoformat()}).status_code == 403
    )
    assert worker.post(record, typed).status_code == 302


def test_the_new_pages_are_english_too(cast: Cast, as_user: SignIn):
    User.objects.filter(pk=cast.reviewer.pk).update(language="en")
    cast.reviewer.refresh_from_db()
    desk = as_user(cast.reviewer)
    assert "Draw up" not in text_of(desk.get(page(cast.station, "duty_year")))
    assert "Organise the projects" in text_of(desk.get(page(cast.station, "duty_year")))
    assert "1 of 2 places have a station: 50%." in text_of(desk.get(reverse("desk:stations:coverage")))
    for name in ("duties", "rooms", "lights"):
        assert desk.get(reverse(f"desk:stations:{name}")).status_code == 200


def test_the_town_says_until_when_an_agency_has_its_room_and_the_station_shows_it(cast: Cast, as_user: SignIn, monkeypatch):
    project = delivering(cast)
    monkeypatch.setattr(clock, "now", lambda: moment(6, 2))
    address = reverse("desk:delivery:set_room_end", args=[project.number])
    assert as_user(cast.managers[0]).get(address).status_code == 403
    head = as_user(cast.head)
    assert head.post(address, {"room_until": "2026-05-01"}).status_code == 422
    assert head.post(address, {"room_until": "2026-06-01"}).status_code == 302
    for shown in (head.get(page(cast.station, "detail")), head.get(reverse("desk:projects:detail", args=[project.number]))):
        assert "场地免费使用至2026年6月1日 已到期" in text_of(shown)


def test_in_january_the_page_still_names_what_the_last_year_owes(cast: Cast, as_user: SignIn, monkeypatch):
    december = [page(cast.station, "record_duty", duty, 2025, 12) for duty in ("projects", "cultivate")]
    for day, is_named in ((moment(1, 10), True), (moment(2, 1), False)):
        monkeypatch.setattr(clock, "now", lambda day=day: day)
        shown = as_user(cast.head).get(page(cast.station, "detail")).content.decode()
        assert [address in shown for address in december] == [is_named] * 2
