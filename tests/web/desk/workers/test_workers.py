"""The register of workers on the desk: who is seen by whom, papers only for a reason, certificates and posts from their first to their last day."""

from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, moment
from tests.web.over import refused_at_once
from tests.workforce.factories import AT, ISSUED, JOINED, certify, identity, make_posts, make_worker, person, place
from wushe.accounts.models import User
from wushe.audit.models import Entry
from wushe.kernel import clock
from wushe.kernel.clock import local_date
from wushe.workforce.actions import end_posting, register_worker, release_worker
from wushe.workforce.models import Certificate, Establishment, Posting, Worker
from wushe.workforce.queries import clear_of

SignIn = Callable[[User], Client]
NOW = moment(6, 2)
TODAY = local_date(NOW)
LIST, REGISTER, POSTS = (reverse(f"desk:workers:{name}") for name in ("list", "register_worker", "posts"))


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def page(name: str, *args: object) -> str:
    return reverse(f"desk:workers:{name}", args=[*args])


def text_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def test_a_person_is_registered_corrected_and_released(cast: Cast, as_user: SignIn):
    desk, home = as_user(cast.head), cast.county.town
    assert LIST in desk.get(reverse("desk:me")).content.decode()
    typed = {"name": "李晓燕", "identity": identity(1), "kind": "social_worker", "region": home.code, "joined_on": "2026-01-05"}
    assert "已登记入册" in text_of(desk.post(REGISTER, typed | {"username": "worker", "phone": "13800138000"}, follow=True))
    worker = Worker.objects.get()
    shown = desk.get(page("update_worker", worker.number)).content.decode()
    assert identity(1) not in shown
    assert "13800138000" not in shown
    desk.post(page("update_worker", worker.number), typed | {"identity": "", "name": "李小燕", "education": "bachelor"})
    worker.refresh_from_db()
    assert (clear_of(worker).name, clear_of(worker).identity, clear_of(worker).phone) == ("李小燕", identity(1), "13800138000")
    released = desk.post(page("release_worker", worker.number), {"left_on": "2026-06-01", "reason": "辞职"}, follow=True)
    assert "已离职" in text_of(released)
    assert refused_at_once(desk, page("release_worker", worker.number), {"left_on": "2026-06-01", "reason": "辞职"})
    assert "李小燕" in text_of(desk.get(LIST, {"standing": "left"}))
    assert "没有符合条件的人员" in text_of(desk.get(LIST, {"standing": "posted"}))


def test_a_time_on_the_register_is_taken_back(cast: Cast, as_user: SignIn):
    desk, worker = as_user(cast.head), make_worker(cast)
    release_worker(worker=worker, left_on=date(2026, 5, 1), reason="辞职", by=cast.head, at=NOW)
    make_worker(cast, joined_on=date(2026, 5, 20))
    withdraw, person = page("withdraw_spell", worker.number, worker.spells.get().pk), page("detail", worker.number)
    assert withdraw in desk.get(person).content.decode()
    assert desk.post(withdraw, {"reason": ""}).status_code == 422
    assert as_user(cast.auditor).get(withdraw).status_code == 403
    assert "已撤回 离职登记有误" in text_of(desk.post(withdraw, {"reason": "离职登记有误"}, follow=True))
    assert withdraw not in desk.get(person).content.decode()
    assert refused_at_once(desk, withdraw, {"reason": "离职登记有误"})


def test_what_is_refused_stands_beside_its_field_and_what_was_typed_stays(cast: Cast, as_user: SignIn):
    make_worker(cast)
    typed = {"name": "王秀英", "identity": identity(1), "kind": "social_worker", "region": cast.county.town.code, "joined_on": "2026-01-05"}
    refused = as_user(cast.head).post(REGISTER, typed)
    assert refused.status_code == 422
    assert "王秀英" in refused.content.decode()
    assert "每人只登记一次" in BeautifulSoup(refused.content, "html.parser").select_one("#id_identity_error").get_text()


def test_who_keeps_the_entry_reads_the_name_and_others_the_family_name(cast: Cast, as_user: SignIn):
    worker = make_worker(cast)
    certify(cast, worker)
    assert "李晓燕" in text_of(as_user(cast.head).get(LIST))
    seen = text_of(as_user(cast.worker).get(page("detail", worker.number)))
    assert "李*" in seen
    assert "李晓燕" not in seen
    assert "2022061234567" not in seen
    assert as_user(cast.other_head).get(page("detail", worker.number)).status_code == 404
    for other in (cast.finance, cast.managers[0], cast.stranger):
        assert as_user(other).get(LIST).status_code == 403
    for other in (cast.worker, cast.community, cast.auditor):
        assert as_user(other).get(REGISTER).status_code == 403
        assert as_user(other).get(LIST).status_code == 200


def test_who_only_has_a_person_at_work_does_not_open_the_form_with_their_name(cast: Cast, as_user: SignIn):
    worker = make_worker(cast, region=cast.county.other_town)
    place(cast, worker)
    desk = as_user(cast.head)
    assert "李*" in text_of(desk.get(page("detail", worker.number)))
    refused = desk.get(page("update_worker", worker.number))
    assert refused.status_code == 403
    assert "李晓燕" not in refused.content.decode()


def test_papers_are_shown_for_a_reason_and_the_look_is_on_record(cast: Cast, as_user: SignIn):
    worker = make_worker(cast)
    desk, address = as_user(cast.head), page("reveal_worker", worker.number)
    masked = text_of(desk.get(page("detail", worker.number)))
    assert "138****8000" in masked
    assert identity(1) not in masked
    assert desk.get(address).headers["Location"] == page("detail", worker.number)
    assert desk.post(address, {"reason": ""}).status_code == 422
    assert identity(1) in text_of(desk.post(address, {"reason": "核对证书"}))
    assert Entry.objects.latest("id").verb == "workforce.reveal_worker"
    assert as_user(cast.worker).post(address, {"reason": "好奇"}).status_code == 403


def test_certificates_come_are_renewed_and_declared_void(cast: Cast, as_user: SignIn):
    worker = make_worker(cast)
    desk, detail = as_user(cast.head), page("detail", worker.number)
    typed = {"level": "assistant", "certificate": "20220612345", "issued_on": ISSUED.isoformat()}
    desk.post(page("record_certificate", worker.number), typed)
    assert "未登记" in text_of(desk.get(detail))
    certificate = Certificate.objects.get()
    renew, void = (page(name, worker.number, certificate.pk) for name in ("renew_certificate", "void_certificate"))
    desk.post(renew, {"registered_on": "2023-07-01"})
    assert "2026年6月30日 即将到期" in text_of(desk.get(detail))
    assert "0 课时" in text_of(desk.get(detail))
    assert "李晓燕" in text_of(desk.get(LIST, {"standing": "expiring"}))
    desk.post(void, {"reason": "录错了人"})
    assert "已作废 录错了人" in text_of(desk.get(detail))
    assert refused_at_once(desk, renew, {"registered_on": "2026-06-01"})
    assert desk.get(page("void_certificate", worker.number, certificate.pk + 1)).status_code == 404


def test_a_post_begins_moves_is_corrected_ends_and_is_taken_back(cast: Cast, as_user: SignIn):
    worker, county = make_worker(cast), cast.county
    desk, detail = as_user(cast.head), page("detail", worker.number)
    job = {"position": "station_worker", "mode": "recruited", "since": "2026-01-05", "full_time": "on"}
    desk.post(page("place_worker", worker.number), job | {"region": county.town.code, "body": "station"})
    first = Posting.objects.get()
    assert first.body == cast.station.body
    moved = job | {"region": county.communities[0].code, "body": "", "since": "2026-05-01", "reason": "下沉", "position": "grid_worker"}
    desk.post(page("move_worker", first.number), moved | {"grids": "一网格、二网格，三网格"})
    second = Posting.objects.get(until__isnull=True)
    assert second.grids == ["一网格", "二网格", "三网格"]
    assert "负责3个网格，应为1至2个" in text_of(desk.get(detail))
    assert "李晓燕" in text_of(desk.get(LIST, {"standing": "grids"}))
    fixed = {key: value for key, value in moved.items() if key not in {"region", "body", "reason"}}
    desk.post(page("correct_posting", second.number), fixed | {"grids": "一网格", "is_leader": "on"})
    assert "应为1至2个" not in text_of(desk.get(detail))
    desk.post(page("end_posting", second.number), {"until": TODAY.isoformat(), "reason": "到期"})
    assert "到期" in text_of(desk.get(detail))
    desk.post(page("withdraw_posting", first.number), {"reason": "录错了人"})
    assert "已撤回" in text_of(desk.get(detail))
    assert refused_at_once(desk, page("end_posting", second.number), {"until": TODAY.isoformat(), "reason": "到期"})
    assert refused_at_once(desk, page("withdraw_posting", first.number), {"reason": "录错了人"})
    elsewhere = as_user(cast.other_head).get(page("end_posting", first.number))
    assert (elsewhere.status_code, first.number in text_of(elsewhere), worker.number in text_of(elsewhere)) == (404, True, False)
    assert desk.get(page("end_posting", "posting-0")).status_code == 404


def test_a_place_without_a_station_and_a_second_full_time_post_are_refused_where_they_are_typed(cast: Cast, as_user: SignIn):
    worker, desk = make_worker(cast), as_user(cast.reviewer)
    place(cast, worker)
    job = {"position": "station_worker", "mode": "recruited", "since": "2026-01-05", "full_time": "on"}
    there = {"region": cast.county.communities[0].code}
    address = page("place_worker", worker.number)
    assert "没有运行中的社工站" in text_of(desk.post(address, job | there | {"body": "station"}))
    refused = desk.post(address, job | there | {"body": ""})
    assert (refused.status_code, "专职任职" in text_of(refused)) == (422, True)
    agency = cast.agencies[0].body
    desk.post(address, job | there | {"body": agency.number, "full_time": ""})
    assert Posting.objects.get(full_time=False).body == agency


def test_licensed_people_without_a_post_are_found(cast: Cast, as_user: SignIn):
    placed, free = make_worker(cast, name="张立"), make_worker(cast, 2, name="周宁")
    certify(cast, placed)
    certify(cast, free, certificate="20220699999")
    place(cast, placed)
    shown = text_of(as_user(cast.reviewer).get(LIST, {"standing": "unplaced"}))
    assert "周宁" in shown
    assert "张立" not in shown


def test_the_register_is_searched_sorted_and_handed_out(cast: Cast, as_user: SignIn):
    worker, desk = make_worker(cast), as_user(cast.reviewer)
    make_worker(cast, 2, name="周宁", region=cast.county.other_town, kind="grid_worker")
    certify(cast, worker, registered_on=ISSUED)
    for query in ("李晓燕", identity(1).lower(), worker.number, "2022061234567"):
        shown = text_of(desk.get(LIST, {"q": query, "sort": "-level"}))
        assert ("李晓燕" in shown, "周宁" in shown) == (True, False)
    assert cast.county.other_town.name in text_of(desk.get(LIST))
    assert "周宁" in text_of(desk.get(LIST, {"kind": "grid_worker", "place": cast.county.other_town.code}))
    assert "没有符合条件的人员" in text_of(desk.get(LIST, {"kind": "grid_worker", "place": cast.county.town.code}))
    assert "李晓燕" in text_of(desk.get(LIST, {"level": "assistant", "standing": "unregistered"}))
    lines = b"".join(desk.get(LIST, {"format": "csv"})).decode("utf-8-sig").splitlines()
    assert "李晓燕" in "".join(lines)
    assert identity(1) not in "".join(lines)
    assert "李*" in b"".join(as_user(cast.auditor).get(LIST, {"format": "csv"})).decode("utf-8-sig")
    rows = desk.get(LIST, {"format": "json"}).json()["rows"]
    assert [(row["number"], row["level"]) for row in rows] == [(worker.number, "assistant"), (rows[1]["number"], None)]


def test_a_list_asks_the_database_the_same_for_one_and_for_three(cast: Cast, as_user: SignIn):
    desk = as_user(cast.reviewer)
    place(cast, make_worker(cast), body=cast.station.body)
    counts = []
    for order in (2, 3, 4):
        with CaptureQueriesContext(connection) as queries:
            desk.get(LIST)
        counts.append(len(queries))
        place(cast, make_worker(cast, order), region=cast.county.communities[order - 1])
    assert counts[1] == counts[2]


def test_posts_stand_beside_who_fills_them(cast: Cast, as_user: SignIn):
    desk, worker = as_user(cast.head), make_worker(cast)
    typed = {"region": cast.county.town.code, "body": "station", "position": "station_worker", "posts": "2", "since": "2026-01-01"}
    assert desk.post(POSTS + "set-up/", typed).status_code == 422
    desk.post(POSTS + "set-up/", typed | {"document": "县人社发〔2026〕5号"})
    row = Establishment.objects.get()
    posting = place(cast, worker, body=cast.station.body)
    shown = text_of(desk.get(POSTS))
    assert cast.station.name in shown
    assert "合计 2 1 1" in shown
    assert "李晓燕" in text_of(desk.get(page("posts_of", row.number)))
    assert as_user(cast.other_head).get(page("posts_of", row.number)).status_code == 404
    assert as_user(cast.worker).get(page("give_up_posts", row.number)).status_code == 403
    end_posting(posting=posting, until=TODAY, reason="到期", by=cast.head, at=NOW)
    desk.post(page("give_up_posts", row.number), {"until": TODAY.isoformat(), "reason": "撤并"})
    assert "还没有按文件设置岗位" in text_of(desk.get(POSTS))
    assert refused_at_once(desk, page("give_up_posts", row.number), {"until": TODAY.isoformat(), "reason": "撤并"})
    assert "撤并" in text_of(desk.get(page("posts_of", row.number)))


def test_people_correct_their_own_phone(cast: Cast, as_user: SignIn):
    register_worker(draft=person(cast, username="worker", joined_on=JOINED), by=cast.head, at=AT)
    mine, address = as_user(cast.worker), page("update_own_contact")
    assert address in mine.get(reverse("desk:me")).content.decode()
    certify(cast, Worker.objects.get())
    assert "13800138000" in mine.get(address).content.decode()
    assert "2022061234567" in mine.get(address).content.decode()
    assert mine.post(address, {"phone": "1"}).status_code == 422
    mine.post(address, {"phone": "13912345678"})
    assert clear_of(Worker.objects.get()).phone == "13912345678"
    assert as_user(cast.head).get(address).status_code == 409


def test_pages_speak_english_too(cast: Cast, as_user: SignIn):
    worker, desk = make_worker(cast), as_user(cast.head)
    certify(cast, worker, registered_on=ISSUED)
    place(cast, worker, body=cast.station.body)
    make_posts(cast)
    desk.cookies["django_language"] = "en"
    assert "Assistant social worker" in text_of(desk.get(page("detail", worker.number)))
    assert "Posts and vacancies" in text_of(desk.get(POSTS))


def test_the_page_of_a_station_names_who_works_there(cast: Cast, as_user: SignIn):
    worker = make_worker(cast)
    certify(cast, worker)
    place(cast, worker, body=cast.station.body)
    address = reverse("desk:stations:detail", args=[cast.station.number])
    assert "李晓燕 驻站社工 持证" in text_of(as_user(cast.head).get(address))
    assert "李* 驻站社工 持证" in text_of(as_user(cast.worker).get(address))


def test_the_register_takes_tables(cast: Cast, as_user: SignIn):
    desk = as_user(cast.head)
    assert "社工人才" in text_of(desk.get(reverse("desk:imports:open_import")))
    assert desk.get(reverse("desk:imports:empty_table", args=["workers"])).status_code == 200
