"""Real Chromium on a server of our own: screenshots of what people see, and axe on every page."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.cast import Cast
from tests.cast import make_cast as plant
from wushe.accounts.models import User

# the driver runs a loop in this thread; all database work of a walk is done before or after it
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
SHOTS = settings.VAR / "screenshots"
SIZES = {"phone": (360, 800), "desk": (1440, 900)}
AXE = Path(settings.NODE_MODULES) / "axe-core" / "axe.min.js"
# what axe would load beforehand serves a rule about sound, and our pages have none; what lies outside landmarks is never grave, and is
# looked for everywhere. All that it found sound is large, and stays in the browser.
GRAVE_FAULTS = """async () => {
    const found = await axe.run({resultTypes: ['violations'], preload: false, rules: {region: {enabled: false}}});
    const grave = found.violations.filter(({impact}) => ['serious', 'critical'].includes(impact));
    return grave.flatMap(({id, nodes}) => nodes.slice(0, 3).map(node => `${id}: ${node.target} ${node.failureSummary ?? ''}`));
}"""
# the bar that stays in view at the bottom of a page covers what is scrolled under it
COVERED = """() => {
    const controls = [...document.querySelectorAll('main :is(input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea, button, a.btn)')]
        .filter(each => each.checkVisibility() && !each.closest('.visually-hidden, .ws-below'))
        .map(each => [each.name || each.textContent.trim(), each.getBoundingClientRect()]);
    const common = (a, b, from, to) => Math.min(a[to], b[to]) - Math.max(a[from], b[from]);
    const onOneAnother = (a, b) => common(a, b, 'left', 'right') > 2 && common(a, b, 'top', 'bottom') > 2;
    return controls.flatMap(([name, box], index) =>
        controls.slice(index + 1).filter(([, other]) => onOneAnother(box, other)).map(([other]) => `${name} and ${other} lie on one another`));
}"""

Opener = Callable[..., Page]


@pytest.fixture
def make_cast() -> Callable[[], Cast]:
    """The cast, planted when the test asks for it."""
    return plant


@pytest.fixture
def open_page(live_server) -> Iterator[Opener]:
    """`open_page(path, session=…, size="phone", language="en", theme="dark", script=False)`. Make the rows before: the driver has its own loop.

    With `page` it goes on in that one, as somebody else perhaps: what pages share stays loaded, and no process is started for another.
    """
    contexts: list[BrowserContext] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)

        def fresh(*, script: bool) -> Page:
            contexts.append(chromium.new_context(java_script_enabled=script, bypass_csp=True))
            contexts[-1].add_init_script(path=AXE)
            return contexts[-1].new_page()

        def opened(
            path: str,
            *,
            session: str = "",
            size: str = "desk",
            language: str = "zh-hans",
            theme: str = "light",
            script: bool = True,
            page: Page | None = None,
        ) -> Page:
            page = page or fresh(script=script)
            width, height = SIZES[size]
            page.set_viewport_size({"width": width, "height": height})
            kept = {"django_language": language, "theme": theme} | ({"sessionid": session} if session else {})
            page.context.clear_cookies()
            page.context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in kept.items()])
            page.goto(f"{live_server.url}{path}")
            return page

        yield opened
        for context in contexts:
            context.close()
        chromium.close()


@pytest.fixture
def session_of() -> Callable[[User], str]:
    """A signed-in session of a person, as its cookie."""

    def session(user: User) -> str:
        client = Client()
        client.force_login(user)
        return client.cookies["sessionid"].value

    return session


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory) -> Path:
    """One folder for all processes of a run."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


def shoot(page: Page, name: str) -> None:
    """Keep what the page looks like, for people to compare."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


def faults_of(page: Page) -> list[str]:
    """What axe finds serious, text that runs out of the page, and controls that lie on one another."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())  # a page without scripts runs none of ours either
    faults: list[str] = page.evaluate(GRAVE_FAULTS)
    covered: list[str] = page.evaluate(COVERED)
    return faults + too_wide(page) + covered


def too_wide(page: Page) -> list[str]:
    """What runs out of the page."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{wide} px too wide"] if wide > 0 else []
