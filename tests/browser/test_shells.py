"""The shells by eye and by axe: both languages, both themes, phone and desk."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import SIZES, faults_of, shoot
from tests.cast import make_cast
from tests.stories import submitted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = [("zh-hans", "light"), ("zh-hans", "dark"), ("en", "light")]


@pytest.fixture
def sessions(settings, session_of):
    settings.DEMO = True
    cast = make_cast()
    submitted(cast)
    return {"head": session_of(cast.head), "auditor": session_of(cast.auditor), "": ""}


PAGES = [
    ("", "portal:home"),
    ("", "portal:sign-in"),
    ("head", "desk:inbox"),
    ("head", "desk:gallery"),
    ("auditor", "desk:audit"),
    ("head", "desk:me"),
]


def test_every_shell_is_sound_in_every_look(sessions, open_page):
    faults = {}
    for who, name in PAGES:
        for size in SIZES:
            for language, theme in LOOKS:
                page = open_page(reverse(name), session=sessions[who], size=size, language=language, theme=theme)
                look = f"{name.replace(':', '-')}_{size}_{language}_{theme}"
                shoot(page, look)
                if found := faults_of(page):
                    faults[look] = found
                page.context.close()
    assert faults == {}


def test_the_keyboard_reaches_search_and_menu(sessions, open_page):
    page = open_page(reverse("desk:me"), session=sessions["head"])
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.locator("details.ws-menu summary").press("Enter")
    expect(page.get_by_role("link", name="我的岗位")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("details.ws-menu[open]")).to_have_count(0)
    expect(page.locator("details.ws-menu summary")).to_be_focused()


def test_what_the_keys_chose_is_sent_once_it_is_confirmed_or_left(sessions, open_page):
    page = open_page(reverse("desk:needs:list"), session=sessions["head"])
    choice = page.locator("form.ws-filters select").first
    name, second = choice.get_attribute("name"), choice.locator("option").nth(2).get_attribute("value")
    chosen = re.compile(rf"[?&]{name}={second}(&|$)")
    for confirm in ("Enter", "Tab"):
        choice.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        expect(page).not_to_have_url(re.compile(rf"[?&]{name}="))
        page.keyboard.press(confirm)
        expect(page).to_have_url(chosen)
        page.goto(page.url.partition("?")[0])


def test_language_and_sign_out_work_without_a_script(sessions, open_page):
    page = open_page(reverse("desk:me"), session=sessions["head"], script=False)
    page.locator("details.ws-menu summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="My posts")).to_be_visible()
    page.locator("details.ws-menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()
