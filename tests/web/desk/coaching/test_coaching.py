from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, moment
from tests.web.over import refused_at_once
from tests.workforce.factories import AT, certify, make_worker
from wushe.accounts.models import User
from wushe.kernel import clock
from wushe.workforce.actions import PairingDraft, pair_workers
from wushe.workforce.models import Appraisal, Pairing, PairingSession, Study, Worker

SignIn = Callable[[User], Client]
APPRAISALS, RECORD = (reverse(f"desk:coaching:{name}") for name in ("appraisals", "record_appraisal"))
PAIRS, PAIR = (reverse(f"desk:coaching:{name}") for name in ("pairings", "pair_workers"))
STUDIES, STUDY = (reverse(f"desk:coaching:{name}") for name in ("studies", "record_study"))
OWN = reverse("desk:training:confirm_attendance")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: moment(6, 1))


@pytest.fixture
def worker(cast: Cast) -> Worker:
    """Somebody trained who works in the first community."""
    found = make_worker(cast, region=cast.county.communities[0], username="worker")
    certify(cast, found)
    return found


def page(name: str, *args: object) -> str:
    return reverse(f"desk:coaching:{name}", args=args)


def text_of(response: HttpResponse) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def test_a_community_appraises_and_says_what_came_of_its_request(cast: Cast, as_user: SignIn, worker: Worker):
    desk = as_user(cast.community)
    assert "从未讲评 应讲评" in text_of(desk.get(APPRAISALS, {"state": "due"}))
    assert worker.number in desk.get(RECORD, {"worker": worker.number}).content.decode()
    typed = {
        "worker": worker.number,
        "region": cast.county.communities[0].code,
        "host": "both",
        "held_on": "2026-06-01",
        "comment": "能把个案方法用到走访中",
        "request": "每月走访八户",
    }
    refused = desk.post(RECORD, typed)
    assert refused.status_code == 422
    assert BeautifulSoup(refused.content, "html.parser").select_one("#id_due_on_error") is not None
    assert "讲评已登记" in text_of(desk.post(RECORD, typed | {"due_on": "2026-07-01"}, follow=True))
    found = Appraisal.objects.get()
    assert "督促落实讲评要求" in text_of(desk.get(reverse("desk:inbox")))
    assert worker.number in desk.get(APPRAISALS, {"format": "csv"}).getvalue().decode()
    assert "2026年6月1日，东风社区讲评" in text_of(desk.get(reverse("desk:workers:detail", args=[worker.number])))
    own = as_user(cast.worker)
    assert "要求于2026年7月1日前落实" in text_of(own.get(OWN))
    assert "每月走访八户" in text_of(own.get(page("appraisal", found.number)))
    desk = as_user(cast.community)
    done = desk.post(page("finish_appraisal", found.number), {"done_on": "2026-06-01", "outcome": "已走访九户"}, follow=True)
    assert "要求已落实" in text_of(done)
    assert refused_at_once(desk, page("finish_appraisal", found.number), {"done_on": "2026-06-01", "outcome": "已走访九户"})


def test_a_mentor_without_any_keeping_post_writes_the_log(cast: Cast, as_user: SignIn, worker: Worker):
    make_worker(cast, 2, name="王秀英", kind="volunteer", region=cast.county.communities[1])
    desk = as_user(cast.head)
    typed = {
        "mentor": worker.number,
        "apprentice": "王秀英",
        "since": "2026-03-01",
        "aim": "独立走访",
        "skills": ["interviewing", "records"],
    }
    assert "结对已登记" in text_of(desk.post(PAIR, typed, follow=True))
    found = Pairing.objects.get()
    assert "很久没有活动" in text_of(desk.get(PAIRS))
    assert found.number in desk.get(PAIRS, {"format": "csv"}).getvalue().decode()
    own = as_user(cast.worker)
    assert "我的传帮带" in text_of(own.get(OWN))
    meeting = {"held_on": "2026-06-01", "minutes": 60, "subject": "走访两户", "skills": ["interviewing"]}
    assert "带教活动已登记" in text_of(own.post(page("log_pairing", found.number), meeting, follow=True))
    assert "技能掌握情况已登记" in text_of(own.post(page("confirm_skills", found.number), {"skills": ["interviewing"]}, follow=True))
    assert PairingSession.objects.get().minutes == 60
    assert own.get(page("end_pairing", found.number)).status_code == 403
    desk = as_user(cast.head)
    assert "1 / 2" in text_of(desk.get(PAIRS))
    assert desk.post(page("end_pairing", found.number), {"until": "2026-06-01", "reason": "出师"}).status_code == 422
    assert "师从" in text_of(desk.get(reverse("desk:workers:detail", args=[found.apprentice.number])))
    for stranger in (cast.stranger, cast.other_head):
        assert as_user(stranger).get(page("pairing", found.number)).status_code == 404


def test_a_study_is_entered_and_ends_with_its_degree(cast: Cast, as_user: SignIn, worker: Worker):
    desk = as_user(cast.head)
    typed = {"worker": worker.number, "school": "开放大学", "subject": "社会工作", "education": "bachelor", "began_on": "2024-09-01"}
    assert "学历教育已登记" in text_of(desk.post(STUDY, typed, follow=True))
    assert "开放大学" in desk.get(STUDIES, {"format": "csv"}).getvalue().decode()
    corrected = {**typed, "school": "师范大学", "reason": "学校填错"}
    assert "师范大学" in text_of(desk.post(page("correct_study", Study.objects.get().pk), corrected, follow=True))
    ended = {"ended_on": "2026-06-01", "graduated": "on", "subsidy": "3000"}
    assert "已毕业" in text_of(desk.post(page("end_study", Study.objects.get().pk), ended, follow=True))
    assert refused_at_once(desk, page("end_study", Study.objects.get().pk), ended)
    worker.refresh_from_db()
    assert worker.education == "bachelor"


def test_a_study_entered_by_mistake_is_taken_back(cast: Cast, as_user: SignIn, worker: Worker):
    desk = as_user(cast.head)
    typed = {"worker": worker.number, "school": "开放大学", "subject": "社会工作", "education": "bachelor", "began_on": "2024-09-01"}
    desk.post(STUDY, typed)
    withdraw = page("withdraw_study", Study.objects.get().pk)
    assert withdraw in desk.get(STUDIES).content.decode()
    assert desk.post(withdraw, {"reason": ""}).status_code == 422
    assert as_user(cast.other_head).post(withdraw, {"reason": "录错了人"}).status_code == 404
    assert "已撤回" in text_of(desk.post(withdraw, {"reason": "录错了人"}, follow=True))
    assert "开放大学" not in desk.get(STUDIES, {"state": "running"}).content.decode()
    assert refused_at_once(desk, withdraw, {"reason": "录错了人"})
    assert refused_at_once(desk, page("correct_study", Study.objects.get().pk), typed | {"reason": "学校填错"})
    for asked in ({}, {"state": "withdrawn"}):
        assert "录错了人" in text_of(desk.get(STUDIES, asked))
    assert "录错了人" in text_of(desk.get(reverse("desk:workers:detail", args=[worker.number])))


def test_an_own_study_is_kept_by_others(cast: Cast, as_user: SignIn):
    own = make_worker(cast, 2, username=cast.head.username)
    typed = {"school": "开放大学", "subject": "社会工作", "education": "bachelor", "began_on": "2024-09-01"}
    desk = as_user(cast.head)
    refused = desk.post(STUDY, typed | {"worker": own.number})
    assert (refused.status_code, "这是关于您本人的事项" in text_of(refused)) == (422, True)
    as_user(cast.reviewer).post(STUDY, typed | {"worker": own.number})
    correct, end, withdraw = (page(name, Study.objects.get().pk) for name in ("correct_study", "end_study", "withdraw_study"))
    desk = as_user(cast.head)
    assert [address in desk.get(STUDIES).content.decode() for address in (correct, end, withdraw)] == [False] * 3
    assert refused_at_once(desk, correct, typed | {"reason": "更正补贴", "subsidy": "9000"})
    assert refused_at_once(desk, end, {"ended_on": "2026-06-01", "graduated": "on", "subsidy": "9000"})
    assert refused_at_once(desk, withdraw, {"reason": "录错了人"})
    assert withdraw in as_user(cast.reviewer).get(STUDIES).content.decode()


@pytest.mark.usefixtures("worker")
def test_the_list_of_the_trained_asks_the_same_for_one_and_for_three(cast: Cast, as_user: SignIn, django_assert_max_num_queries):
    desk = as_user(cast.head)
    desk.get(APPRAISALS)
    with django_assert_max_num_queries(12) as first:
        desk.get(APPRAISALS)
    for order in (2, 3):
        certify(cast, make_worker(cast, order), certificate=f"2022{order}", issued_on=date(2023, 1, 1))
    with django_assert_max_num_queries(len(first.captured_queries)):
        desk.get(APPRAISALS)


def test_the_list_of_pairs_asks_the_same_for_one_and_for_three(cast: Cast, as_user: SignIn, worker: Worker, django_assert_max_num_queries):
    desk = as_user(cast.head)
    for order in (2, 3, 4):
        apprentice = make_worker(cast, order, region=cast.county.communities[order - 1])
        draft = PairingDraft(worker, apprentice, date(2026, 3, 1), "独立走访", ("interviewing",))
        pair_workers(draft=draft, by=cast.head, at=AT)
        if order == 2:
            desk.get(PAIRS)
            with django_assert_max_num_queries(12) as first:
                desk.get(PAIRS)
    with django_assert_max_num_queries(len(first.captured_queries)):
        desk.get(PAIRS)


def test_who_may_open_what(cast: Cast, as_user: SignIn):
    for user in (cast.worker, cast.auditor):
        desk = as_user(user)
        assert [desk.get(address).status_code for address in (APPRAISALS, PAIRS, STUDIES)] == [200, 200, 200]
        assert [desk.get(address).status_code for address in (RECORD, PAIR, STUDY)] == [403, 403, 403]
    for user in (cast.managers[0], cast.finance, cast.stranger):
        assert as_user(user).get(APPRAISALS + "?" + urlencode({"state": "due"})).status_code == 403
