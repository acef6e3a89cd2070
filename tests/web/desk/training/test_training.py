"""Training on the desk: plans, courses, sessions, who was there, and the hours that come of it."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, moment
from tests.web.over import refused_at_once
from tests.workforce.factories import make_course, make_session, make_worker, place
from wushe.accounts.models import User
from wushe.kernel import clock
from wushe.workforce.models import Attendance, Course, Plan, Session

SignIn = Callable[[User], Client]
NOW = moment(6, 1)
COURSES, PLAN, OPEN, AGENCIES, PEOPLE, OWN = (
    reverse(f"desk:training:{name}") for name in ("courses", "plan_training", "open_course", "agencies", "people", "confirm_attendance")
)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def page(name: str, *args: object) -> str:
    return reverse(f"desk:training:{name}", args=[*args])


def text_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def test_the_county_plans_opens_schedules_and_enters_a_signed_sheet(cast: Cast, as_user: SignIn):
    desk, county = as_user(cast.reviewer), cast.county.county
    planned = {"region": county.code, "year": 2026, "aim": "提高机构实务能力", "class_hours": 48, "seats": 200, "cost": "30000"}
    assert "提高机构实务能力" in text_of(desk.post(PLAN, planned, follow=True))
    assert Plan.objects.get().class_hours == 48
    typed = {"title": "个案工作实务", "kind": "practice", "region": county.code, "year": 2026}
    assert "请安排场次" in text_of(desk.post(OPEN, typed, follow=True))
    meeting = {"held_on": "2026-06-01", "starts_at": "09:00", "minutes": 90, "place": "县总站二楼", "trainer": "王老师"}
    scheduled = desk.post(page("schedule_session", Course.objects.get().number), meeting, follow=True)
    assert "90 分钟 · 2 课时" in text_of(scheduled)
    session, worker = Session.objects.get(), make_worker(cast)
    address = page("record_attendance", session.number)
    refused = desk.post(address, {"present": "李晓燕\n查无此人"})
    assert refused.status_code == 422
    assert "本县名册中没有：查无此人" in BeautifulSoup(refused.content, "html.parser").select_one("#id_present_error").get_text()
    assert "李晓燕\n查无此人" in refused.content.decode()
    assert "已录入1人" in text_of(desk.post(address, {"present": "李晓燕"}, follow=True))
    attendance = Attendance.objects.get()
    assert "李晓燕" in text_of(desk.get(PEOPLE))
    assert worker.number in desk.get(PEOPLE, {"format": "csv"}).getvalue().decode()
    assert "个案工作实务" in desk.get(COURSES, {"format": "csv"}).getvalue().decode()
    desk.post(page("withdraw_attendance", session.number, attendance.pk), {"reason": "代签"})
    assert "还没有出席记录" in text_of(desk.get(page("session", session.number)))
    assert refused_at_once(desk, page("withdraw_attendance", session.number, attendance.pk), {"reason": "代签"})
    desk.post(page("cancel_session", session.number), {"reason": "暴雨"})
    assert "已取消 暴雨" in text_of(desk.get(page("course", session.course.number)))
    assert refused_at_once(desk, page("cancel_session", session.number), {"reason": "暴雨"})
    assert desk.get(page("withdraw_attendance", session.number, attendance.pk + 1)).status_code == 404


def test_somebody_signed_in_confirms_with_the_pin_and_reads_their_own_hours(cast: Cast, as_user: SignIn):
    make_worker(cast, username="worker")
    session = make_session(cast)
    screen = as_user(cast.reviewer).get(page("screen", session.number)).content.decode()
    assert session.pin in screen
    assert "<svg" in screen
    desk = as_user(cast.worker)
    assert session.pin in desk.get(OWN, {"pin": session.pin}).content.decode()
    assert "没有使用该签到码的培训" in text_of(desk.post(OWN, {"pin": "abc"}))
    assert "2026年共2课时" in text_of(desk.post(OWN, {"pin": session.pin}, follow=True))
    assert Attendance.objects.get().proof == "pin"
    assert as_user(cast.stranger).get(OWN).status_code in {403, 404, 409}


def test_the_pin_is_shown_on_the_day_alone(cast: Cast, as_user: SignIn):
    session = make_session(cast, held_on=moment(6, 5).date())
    shown = as_user(cast.reviewer).get(page("screen", session.number)).content.decode()
    assert session.pin not in shown
    assert as_user(cast.head).get(page("screen", session.number)).status_code == 403


def test_hours_of_agencies_stand_against_what_the_policy_owes_them(cast: Cast, as_user: SignIn):
    worker = make_worker(cast)
    place(cast, worker, body=cast.agencies[0].body, position="project_worker")
    desk, session = as_user(cast.reviewer), make_session(cast)
    desk.post(page("record_attendance", session.number), {"present": worker.number})
    shown = text_of(desk.get(AGENCIES))
    assert cast.agencies[0].name in shown
    assert "晨光社会工作服务中心 0 2 0 1 2" in shown


def test_a_town_sees_courses_of_the_county_and_of_those_there_its_own_people(cast: Cast, as_user: SignIn):
    session = make_session(cast)
    mine, other = make_worker(cast), make_worker(cast, 2, name="王秀英", region=cast.county.other_town)
    as_user(cast.reviewer).post(page("record_attendance", session.number), {"present": f"{mine.number}\n{other.number}"})
    desk = as_user(cast.head)
    assert session.course.title in text_of(desk.get(COURSES))
    seen = text_of(desk.get(page("session", session.number)))
    assert "李晓燕" in seen
    assert "王" not in seen
    assert desk.post(page("record_attendance", session.number), {"present": mine.number}).status_code == 403
    town_course = make_course(cast, region=cast.county.town, by=cast.head)
    assert as_user(cast.other_head).get(page("course", town_course.number)).status_code == 404


def test_who_may_open_what(cast: Cast, as_user: SignIn):
    session = make_session(cast)
    for user in (cast.worker, cast.community, cast.auditor):
        desk = as_user(user)
        assert [desk.get(address).status_code for address in (COURSES, AGENCIES, PEOPLE)] == [200, 200, 200]
        assert [desk.get(address).status_code for address in (PLAN, OPEN, page("sheet", session.number))] == [403, 403, 403]
    for user in (cast.managers[0], cast.finance, cast.stranger):
        assert as_user(user).get(COURSES).status_code == 403
    assert "签名" in text_of(as_user(cast.reviewer).get(page("sheet", session.number)))


def test_what_a_course_cost_stands_beside_the_plan(cast: Cast, as_user: SignIn):
    desk, course = as_user(cast.reviewer), make_course(cast)
    desk.post(PLAN, {"region": cast.county.county.code, "year": 2026, "aim": "提高能力", "class_hours": 48, "seats": 200, "cost": "30000"})
    assert "支出已登记" in text_of(desk.post(page("record_course_cost", course.number), {"cost": "12000"}, follow=True))
    assert "¥12,000.00 ¥30,000.00" in text_of(desk.get(COURSES))
    assert as_user(cast.head).post(page("record_course_cost", course.number), {"cost": "1"}).status_code == 403
    assert as_user(cast.worker).get(page("record_course_cost", course.number)).status_code == 403


def test_hours_of_agencies_go_out_as_a_table(cast: Cast, as_user: SignIn):
    given = as_user(cast.reviewer).get(AGENCIES, {"format": "csv"}).getvalue().decode()
    assert cast.agencies[0].name in given
