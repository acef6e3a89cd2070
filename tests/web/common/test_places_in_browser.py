import pytest
from playwright.sync_api import expect, sync_playwright

from tests.regions.factories import plant_county

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.web.common.place_form")]


@pytest.fixture
def place():
    return plant_county()


@pytest.fixture
def browser(live_server, place):
    """Started after the rows are there: inside the driver's loop Django would open a second connection and nobody would close it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


def test_a_place_is_chosen_with_the_keyboard_alone(live_server, place, browser):
    page = browser.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108 -- the driver cannot mark a built-in method
    page.goto(f"{live_server.url}/form/")
    box = page.get_by_role("combobox", name="place")
    box.press_sequentially("社区")
    expect(page.get_by_role("option")).to_have_count(4)
    box.press("ArrowDown")
    box.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_text("青原省云川市平湖县明德街道和平社区")
    assert box.get_attribute("aria-activedescendant") == page.locator("[aria-selected=true]").get_attribute("id")
    box.press("Enter")
    expect(box).to_have_value("青原省云川市平湖县明德街道和平社区")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.get_by_role("button", name="send").click()
    expect(page.locator("output")).to_have_text(place.communities[1].code)
    assert errors == []


def test_escape_closes_the_list_and_keeps_the_text(live_server, browser):
    page = browser.new_page()
    page.goto(f"{live_server.url}/form/")
    box = page.get_by_role("combobox", name="place")
    box.press_sequentially("dfsq")
    expect(page.get_by_role("option")).to_have_count(1)
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("dfsq")


def test_a_place_is_chosen_without_any_script(live_server, place, browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/form/")
    page.get_by_role("textbox", name="place").fill("社区")
    page.locator("[name=place_search]").click()
    page.get_by_role("radio", name="朝阳社区").check()
    page.get_by_role("button", name="send").click()
    expect(page.locator("output")).to_have_text(place.communities[2].code)
