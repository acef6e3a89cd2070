"""Exams on the desk: the way of each person with its buttons, and the local exam beside it."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, moment
from tests.workforce.factories import make_worker
from wushe.accounts.models import User
from wushe.kernel import clock
from wushe.workforce.models import Exam

SignIn = Callable[[User], Client]
LIST, NOTE, TITLE = (reverse(f"desk:exams:{name}") for name in ("list", "note_exam", "record_title_exam"))


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: moment(6, 1))


def text_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def test_somebody_goes_from_the_wish_to_the_certificate(cast: Cast, as_user: SignIn):
    worker, desk = make_worker(cast), as_user(cast.head)
    typed = {"worker": "李晓燕", "year": 2026, "level": "assistant"}
    assert "李晓燕" in text_of(desk.post(NOTE, typed, follow=True))
    assert "已在名单中" in BeautifulSoup(desk.post(NOTE, typed).content, "html.parser").select_one("#id_year_error").get_text()
    exam = Exam.objects.get()
    for step in ("enter_exam", "sit_exam", "pass_exam"):
        done = desk.post(reverse("desk:exams:follow_exam", args=[exam.pk, step]), follow=True)
    assert reverse("desk:workers:record_certificate", args=[worker.number]) in done.content.decode()
    assert desk.post(reverse("desk:exams:follow_exam", args=[exam.pk, "fly"])).status_code == 404
    corrected = desk.post(reverse("desk:exams:correct_exam", args=[exam.pk]), {"state": "failed", "reason": "查分后更正"}, follow=True)
    assert "已更正" in text_of(corrected)
    assert "未通过" in desk.get(LIST, {"format": "csv", "state": "failed"}).getvalue().decode()
    opened = {"at": cast.county.town.code, "reached": "sat"}
    assert "显示全部人员" in text_of(desk.get(LIST, opened))
    assert "未通过" in desk.get(LIST, opened | {"format": "csv"}).getvalue().decode()
    assert "reached=sat" in desk.get(LIST).content.decode()


def test_a_name_of_nobody_or_of_several_is_said_beside_its_field(cast: Cast, as_user: SignIn):
    for order in (1, 2):
        make_worker(cast, order)
    desk = as_user(cast.head)
    for name, said in (("查无此人", "没有此姓名"), ("李晓燕", "有同名人员")):
        refused = desk.post(NOTE, {"worker": name, "year": 2026, "level": "assistant"})
        assert refused.status_code == 422
        assert said in BeautifulSoup(refused.content, "html.parser").select_one("#id_worker_error").get_text()


def test_a_score_of_the_local_exam_stands_beside_the_pass_mark(cast: Cast, as_user: SignIn):
    make_worker(cast)
    shown = text_of(as_user(cast.head).post(TITLE, {"worker": "李晓燕", "held_on": "2026-05-20", "score": "59.5"}, follow=True))
    assert "59.5 未通过 60" in shown


def test_who_may_open_what(cast: Cast, as_user: SignIn):
    make_worker(cast)
    as_user(cast.head).post(NOTE, {"worker": "李晓燕", "year": 2026, "level": "assistant"})
    step = reverse("desk:exams:follow_exam", args=[Exam.objects.get().pk, "enter_exam"])
    for user in (cast.worker, cast.auditor):
        desk = as_user(user)
        assert step not in desk.get(LIST).content.decode()
        assert [desk.get(NOTE).status_code, desk.get(TITLE).status_code, desk.post(step).status_code] == [403, 403, 403]
    assert as_user(cast.other_head).post(step).status_code == 404
    for user in (cast.managers[0], cast.stranger):
        assert as_user(user).get(LIST).status_code == 403
