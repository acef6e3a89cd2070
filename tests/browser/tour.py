"""Someone who has never seen the code: goes to pages, signs in as this or that person, fills forms, presses buttons."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import time_machine
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import AXE, CHROMIUM, QUIET, SIZES, faults_of
from tests.cast import Cast

PASSWORD = "a long enough password"
PICTURES = Path(__file__).parents[2] / "var" / "screenshots"


def give_passwords(cast: Cast) -> None:
    """So that people can sign in by the form."""
    for user in {*cast.everyone().values(), *cast.managers, *cast.experts, cast.second_reviewer}:
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])


class Tour:
    """A walk through the product on a clock that can be set forward."""

    def __init__(self, browser: Browser, address: str, folder: str, clock: Any) -> None:
        self.address, self.clock = address, clock
        self.folder = PICTURES / folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.page: Page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        self.page.add_init_script(path=AXE)
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.faults: dict[str, list[str]] = {}
        self.taken = 0

    def at(self, moment: datetime) -> None:
        """Set the server's clock forward."""
        self.clock.move_to(moment)

    def go(self, path: str) -> None:
        """Open a page; anything but a good answer ends the walk."""
        response = self.page.goto(f"{self.address}{path}")
        assert response is not None
        assert response.status < 400, f"{path}: {response.status}"

    def as_person(self, username: str) -> None:
        """Sign in, whoever was signed in before."""
        self.page.context.clear_cookies()
        self.go("/sign-in/")
        self.fill(username=username, password=PASSWORD)
        self.page.locator("form.ws-form button").click()
        self.page.wait_for_url("**/desk/**")

    def fill(self, **values: str) -> None:
        """Type into fields by their names."""
        for name, value in values.items():
            control = self.page.locator(f"[name='{name}']")
            if control.first.evaluate("element => element.tagName") == "SELECT":
                control.first.select_option(value)
            else:
                control.first.fill(value)

    def choose(self, name: str, value: str) -> None:
        """Press a radio button or tick a box."""
        self.page.locator(f"[name='{name}'][value='{value}']").check()

    def press(self, words: str) -> None:
        """Press the button or follow the link with these words, in the page and not in the shell."""
        self.picture()
        main = self.page.locator("main")
        main.get_by_role("button", name=words, exact=True).or_(main.get_by_role("link", name=words, exact=True)).first.click()
        self.page.wait_for_load_state()

    def sees(self, words: str) -> None:
        """The words stand in the page."""
        text = self.page.locator("main").inner_text()
        assert words in text, f"“{words}” is not in: {text[:600]}"

    def picture(self) -> None:
        """Keep what the person sees, on the phone and on the desk, and what is wrong with it."""
        self.taken += 1
        for size in ("phone", "desk"):
            width, height = SIZES[size]
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.screenshot(path=self.folder / f"{self.taken:02d}_{size}.png", full_page=True)
            if found := faults_of(self.page):
                self.faults[f"{self.taken:02d}_{size} {self.page.url}"] = found


@contextmanager
def touring(address: str, folder: str, moment: datetime) -> Iterator[Tour]:
    """A browser and a clock, both put away at the end."""
    with time_machine.travel(moment, tick=True) as clock, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield Tour(browser, address, folder, clock)
        browser.close()
