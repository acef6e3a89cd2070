"""The start page, signing in and out, and what a visitor may set."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.accounts.factories import make_user
from wushe.audit.models import Entry
from wushe.demo.data import load


@pytest.fixture
def person(db: None):
    user = make_user("zhaomin")
    user.set_password("a long secret")
    user.save()
    return user


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "lang"), [("zh-hans", "zh-CN"), ("en", "en")])
def test_the_start_page_is_open_to_everyone_in_both_languages(client: Client, language, lang):
    client.cookies["django_language"] = language
    soup = BeautifulSoup(client.get(reverse("portal:home")).content, "html.parser")
    assert soup.html["lang"] == lang
    assert "telephone" not in soup.get_text()


def test_signing_in_leads_to_the_page_one_wanted(client, person):
    wanted = reverse("desk:me")
    assert client.get(wanted).headers["Location"] == f"{reverse('portal:sign-in')}?next={wanted}"
    response = client.post(reverse("portal:sign-in"), {"username": "zhaomin", "password": "a long secret", "next": wanted})
    assert response.headers["Location"] == wanted


def test_signing_in_does_not_lead_to_another_site(client, person):
    typed = {"username": "zhaomin", "password": "a long secret", "next": "https://elsewhere.example/"}
    assert client.post(reverse("portal:sign-in"), typed).headers["Location"] == reverse("desk:inbox")


def test_a_wrong_password_keeps_the_name_and_says_what_to_do(client, person):
    response = client.post(reverse("portal:sign-in"), {"username": "zhaomin", "password": "wrong"})
    soup = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert soup.select_one("#id_username")["value"] == "zhaomin"
    assert "大小写" in soup.select_one(".ws-errors").get_text()
    assert "value" not in soup.select_one("#id_password").attrs


@pytest.mark.django_db
def test_nobody_is_listed_outside_the_demonstration(client):
    assert "演示人物" not in client.get(reverse("portal:sign-in")).content.decode()


@pytest.mark.django_db
def test_the_demonstration_lists_its_cast(client, settings):
    settings.DEMO = True
    soup = BeautifulSoup(client.get(reverse("portal:sign-in")).content, "html.parser")
    assert len(soup.select(".ws-cast li")) == len(load("cast"))


def test_signing_out_ends_the_session(client, person):
    client.force_login(person)
    client.post(reverse("portal:sign-out"))
    assert client.get(reverse("desk:me")).status_code == 302


def test_a_person_keeps_the_language_and_the_audit_knows(client, person):
    client.force_login(person)
    response = client.post(reverse("common:preferences"), {"language": "en", "next": reverse("desk:me")})
    assert response.headers["Location"] == reverse("desk:me")
    assert 'lang="en"' in client.get(reverse("desk:me")).content.decode()
    assert Entry.objects.get().verb == "accounts.language_set"


@pytest.mark.django_db
def test_size_and_theme_are_kept_and_nothing_else(client):
    client.post(reverse("common:preferences"), {"size": "large", "theme": "dark", "next": "https://elsewhere.example/"})
    client.post(reverse("common:preferences"), {"size": "enormous", "language": "fr"})
    html = BeautifulSoup(client.get(reverse("portal:home")).content, "html.parser").html
    assert (html["data-size"], html["data-bs-theme"], html["lang"]) == ("large", "dark", "zh-CN")


@pytest.mark.django_db
def test_size_and_theme_have_a_button_each_way_so_that_they_change_in_place(client):
    form = BeautifulSoup(client.get(reverse("portal:home")).content, "html.parser").select_one("form[data-look]")
    assert [button["value"] for button in form.select("[name=size], [name=theme]")] == ["normal", "large", "light", "dark"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "page"),
    [("portal:needs:give_verdict", "portal:needs:status"), ("portal:filings:correct_application", "portal:filings:open_application")],
)
def test_the_address_of_an_answer_leads_back_to_its_form(client, sent, page):
    assert client.get(reverse(sent)).headers["Location"] == reverse(page)


@pytest.mark.django_db
def test_an_address_without_a_page_says_so(client):
    client.raise_request_exception = False
    response = client.get("/nothing/")
    assert response.status_code == 404
    assert "首页" in response.content.decode()


@pytest.mark.parametrize(("language", "says"), [("zh-hans", "请 15 分钟后再试"), ("en", "Try again in 15 minutes")])
def test_after_several_wrong_passwords_the_page_says_how_long_to_wait(client, person, language, says):
    client.cookies["django_language"] = language
    for _ in range(5):
        client.post(reverse("portal:sign-in"), {"username": "zhaomin", "password": "wrong"})
    response = client.post(reverse("portal:sign-in"), {"username": "zhaomin", "password": "a long secret"})
    assert response.status_code == 422
    soup = BeautifulSoup(response.content, "html.parser")
    assert says in soup.select_one(".ws-errors").get_text()
    assert soup.select_one("#id_username")["value"] == "zhaomin"
