"""Nothing typed is lost when the session ends, and nobody else gets it."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import moment
from wushe.accounts.actions import keep_form
from wushe.accounts.errors import TooMuchTyped
from wushe.accounts.models import KeptForm
from wushe.accounts.queries import KEPT_FOR, Typed
from wushe.audit.models import Entry
from wushe.kernel import clock
from wushe.web.common.kept import BROWSER
from wushe.web.common.owners import OWNER

RECORD = reverse("field:needs:record_need")
SIGN_IN = reverse("portal:sign-in")
WISH = "老人每天中午要有热饭，子女在外地。"
PASSWORD = "a long secret"


@pytest.fixture
def people(cast, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: moment(3, 12))
    for user in (cast.community, cast.worker, cast.head):
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    return cast


def form_on(client, address):
    form = BeautifulSoup(client.get(address).content, "html.parser").select_one("form.ws-form")
    return {field["name"]: field.get("value", "") for field in form.select("input[type=hidden]")}


def sign_in(client, user, wanted=""):
    hidden = {"csrfmiddlewaretoken": client.cookies["csrftoken"].value} if "csrftoken" in client.cookies else {}
    return client.post(SIGN_IN, {"username": user.username, "password": PASSWORD, "next": wanted, **hidden})


def typed_after_the_end(client, user, *, address=RECORD, **typed):
    """The session ends between the page and its sending."""
    client.force_login(user)
    hidden = form_on(client, address)
    client.logout()
    return client.post(address, {**hidden, **typed}, headers={"Referer": f"http://testserver{address}"})


def wish_on(client, address=RECORD):
    return BeautifulSoup(client.get(address).content, "html.parser").select_one("[name=wish]").get_text().strip()


def test_the_same_person_gets_the_form_back_and_sends_it_once(client, people):
    answer = typed_after_the_end(client, people.community, wish=WISH, person="张秀英")
    assert answer.headers["Location"] == f"{SIGN_IN}?next={RECORD}"
    assert "重新登录" in client.get(answer.headers["Location"]).content.decode()
    assert sign_in(client, people.community, RECORD).headers["Location"] == RECORD
    page = BeautifulSoup(client.get(RECORD).content, "html.parser")
    assert page.select_one("[name=wish]").get_text().strip() == WISH
    assert not page.select(".ws-errors")
    assert "尚未提交" in page.select_one(".ws-message").get_text()
    assert wish_on(client) == WISH
    client.post(RECORD, {"wish": WISH})
    assert not KeptForm.objects.exists()
    assert wish_on(client) == ""


def test_what_is_kept_is_sealed_and_leaves_the_audit_alone(client, people):
    before = Entry.objects.count()
    typed_after_the_end(client, people.community, wish=WISH, person="张秀英")
    row = KeptForm.objects.get()
    assert "张秀英".encode() not in bytes(row.sealed)
    assert client.cookies[BROWSER].value not in (row.browser, row.target)
    assert client.cookies[BROWSER]["httponly"]
    assert Entry.objects.count() == before


def test_nobody_else_gets_it_neither_there_nor_in_another_browser(client, people):
    typed_after_the_end(client, people.community, wish=WISH)
    sign_in(client, people.worker, RECORD)
    assert wish_on(client) == ""
    elsewhere = Client()
    sign_in(elsewhere, people.community, RECORD)
    assert wish_on(elsewhere) == ""
    sign_in(client, people.community)
    assert wish_on(client) == WISH


def test_it_is_kept_for_two_hours(client, people, monkeypatch):
    typed_after_the_end(client, people.community, wish=WISH)
    monkeypatch.setattr(clock, "now", lambda: moment(3, 12) + KEPT_FOR + timedelta(seconds=1))
    sign_in(client, people.community, RECORD)
    assert wish_on(client) == ""
    assert not KeptForm.objects.exists()


def test_whoever_does_not_want_it_begins_anew(client, people):
    typed_after_the_end(client, people.community, wish=WISH)
    sign_in(client, people.community)
    assert client.post(reverse("common:forget_typed"), {"next": RECORD}).headers["Location"] == RECORD
    assert wish_on(client) == ""
    assert client.post(reverse("common:forget_typed"), {"next": "https://elsewhere.example/"}).headers["Location"] == reverse("desk:inbox")


def test_a_file_is_named_so_that_it_is_chosen_again(client, people):
    address = reverse("desk:imports:open_import")
    typed_after_the_end(client, people.head, address=address, file=SimpleUploadedFile("名单.xlsx", b"x"))
    sign_in(client, people.head, address)
    assert "名单.xlsx" in client.get(address).content.decode()


def test_a_password_is_never_kept(client, people):
    address = reverse("desk:change_password")
    answer = typed_after_the_end(client, people.head, address=address, old=PASSWORD, new="another secret", again="another secret")
    assert answer.headers["Location"] == f"{SIGN_IN}?next={address}"
    assert not KeptForm.objects.exists()


def test_nothing_is_kept_in_the_name_of_somebody_for_whom_no_page_was_made(client, people):
    for mark in ("", f"{people.community.pk}", f"{people.community.pk}:forged"):
        client.post(RECORD, {"wish": WISH, OWNER: mark})
    assert not KeptForm.objects.exists()


def test_another_site_is_not_led_to_after_signing_in(client, people):
    client.force_login(people.community)
    hidden = form_on(client, RECORD)
    client.logout()
    answer = client.post(RECORD, {**hidden, "wish": WISH}, headers={"Referer": "https://elsewhere.example/desk/"})
    assert answer.headers["Location"] == SIGN_IN
    assert sign_in(client, people.community, "https://elsewhere.example/").headers["Location"] == RECORD


def test_a_form_without_a_page_of_its_own_comes_back_as_text(client, people):
    need = reverse("desk:needs:mark_duplicate", args=["need-990326-2026-000001"])
    client.force_login(people.head)
    mark = form_on(client, reverse("desk:imports:open_import"))
    client.logout()
    client.post(need, {**mark, "of": "need-990326-2026-000002"})
    assert sign_in(client, people.head).headers["Location"] == need
    assert "need-990326-2026-000002" in BeautifulSoup(client.get(need).content, "html.parser").textarea.get_text()


def test_too_much_is_not_kept_but_shown(client, people):
    with pytest.raises(TooMuchTyped):
        keep_form(typed=Typed("/", "", {"wish": ["字" * 100_000]}), user=people.head, browser="b", at=moment(3, 12))
    answer = typed_after_the_end(client, people.community, wish="字" * 100_000)
    assert "字" * 100_000 in answer.content.decode()
    assert not KeptForm.objects.exists()


def test_of_many_forms_of_a_person_the_last_ten_stay(people):
    for number in range(12):
        keep_form(typed=Typed(f"/{number}/", "", {"a": ["1"]}), user=people.head, browser="b", at=moment(3, 12) + timedelta(minutes=number))
    assert KeptForm.objects.count() == 10


@pytest.fixture
def strict(people):
    """A browser: it sends the token, and says from which site a form comes."""
    return Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})


def in_another_tab(strict, user):
    strict.force_login(user)
    hidden = form_on(strict, RECORD)
    strict.get(SIGN_IN)
    return hidden


def test_a_stale_token_brings_the_form_back_at_once(strict, people):
    hidden = in_another_tab(strict, people.community)
    assert sign_in(strict, people.community).status_code == 302
    answer = strict.post(RECORD, {**hidden, "wish": WISH})
    page = BeautifulSoup(answer.content, "html.parser")
    assert (answer.status_code, page.select_one("[name=wish]").get_text().strip()) == (403, WISH)
    assert not KeptForm.objects.exists()
    fresh = page.select_one("form.ws-form [name=csrfmiddlewaretoken]")["value"]
    assert strict.post(RECORD, {**hidden, "csrfmiddlewaretoken": fresh, "wish": WISH}).status_code == 422


def test_a_stale_page_of_somebody_else_waits_for_them(strict, people):
    hidden = in_another_tab(strict, people.community)
    sign_in(strict, people.worker)
    answer = strict.post(RECORD, {**hidden, "wish": WISH})
    assert answer.status_code == 403
    assert WISH not in answer.content.decode()
    assert KeptForm.objects.get().user == people.community


def test_what_another_site_sends_is_never_shown_as_typed(strict, people):
    hidden = in_another_tab(strict, people.community)
    for origin in ("https://elsewhere.example", "null"):
        answer = strict.post(RECORD, {**hidden, "csrfmiddlewaretoken": "x", "wish": WISH}, headers={"Origin": origin})
        assert (answer.status_code, WISH in answer.content.decode()) == (403, False)
    assert not KeptForm.objects.exists()
