"""Every kind of page that somebody can walk to, found by following links as each person, and looked at by axe. Two files share the people,
so that two processes share the time."""

import re
from collections import deque
from collections.abc import Callable
from html import unescape
from itertools import cycle
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from uuid import UUID

from django.test import Client
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.browser.conftest import SIZES, Opener, faults_of, shoot
from tests.cast import make_cast
from tests.organisations.applications import Offices, applied, frozen, passed, several
from tests.stories import accepted, reported_need
from tests.web.portal.projects.test_projects import another
from wushe.accounts.models import User

VISITOR = ""
PEOPLE_OF_TOWNS = ("head", "other_head", "worker", "community", "manager", "other_manager", "expert", "stranger")
LOOKS = (("zh-hans", "dark"), ("en", "light"))
EACH = 3
LINK = re.compile(r'<a\b[^>]*?\shref="([^"]*)"')


def pages_from(client: Client, start: str) -> tuple[dict[str, str], list[str]]:
    """By view, one page that links lead to; and the links that lead nowhere. Each view is opened a few times, not for each row."""
    waiting, seen, pages, broken = deque([(start, "")]), {start}, {}, []
    times: dict[str, int] = {}
    while waiting:
        path, source = waiting.popleft()
        try:
            view = resolve(urlsplit(path).path).view_name
        except Resolver404:
            broken.append(f"{path} on {source}")
            continue
        times[view] = times.get(view, 0) + 1
        if times[view] > EACH:
            continue
        answer = client.get(path, follow=True)
        answer.close()
        if answer.status_code != 200:
            broken.append(f"{path} on {source}: {answer.status_code}")
        if answer.streaming or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        pages.setdefault(view, path)
        for link in LINK.findall(answer.content.decode()):
            target = urlsplit(urljoin(path, unescape(link)))
            address = target.path + (f"?{target.query}" if target.query else "")
            if not target.netloc and address not in seen and not target.path.startswith("/static/"):
                seen.add(address)
                waiting.append((address, path))
    return pages, broken


def tell_everything() -> dict[str, User | None]:
    """Play the stories whose pages are looked at; the people who walk, the visitor too."""
    cast = make_cast()
    accepted(cast)
    another(cast, "邻里互助")
    reported_need(cast)
    offices = Offices(cast.county, community=cast.community, head=cast.head, reviewer=cast.reviewer, stranger=cast.other_head)
    frozen(offices, *several(offices, "书法社"))
    several(offices, "合唱团")
    passed(offices)
    applied(offices, name="编织社", submission=UUID(int=9))
    return {VISITOR: None} | cast.everyone()


def walk(people: dict[str, User | None], session_of: Callable[[User], str]) -> tuple[dict[str, tuple[str, str]], dict[str, list[str]]]:
    """By view, one page and the session of somebody who walks to it; and by person, the links that lead nowhere."""
    found: dict[str, tuple[str, str]] = {}
    broken: dict[str, list[str]] = {}
    for who, user in people.items():
        client = Client()
        if user is not None:
            client.force_login(user)
        pages, dead = pages_from(client, "/desk/" if user else "/")
        broken |= {who: dead} if dead else {}
        session = session_of(user) if user else ""
        found = {view: (path, session) for view, path in pages.items()} | found
    return found, broken


def look_at(found: dict[str, tuple[str, str]], open_page: Opener, claims: Path) -> dict[str, list[str]]:
    """What is wrong with the pages at each width, by the page and how it was looked at; a picture of each that is not sound.

    In the folder of claims each process notes the views that it takes, so that no view is looked at by two.
    """
    page: Page | None = None
    faults = {}
    for (view, (path, session)), (language, theme) in zip(sorted(found.items()), cycle(LOOKS), strict=False):
        try:
            (claims / view.replace(":", "-")).touch(exist_ok=False)
        except FileExistsError:
            continue
        page = open_page(path, session=session, language=language, theme=theme, page=page)
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            if faulty := faults_of(page):
                faults[f"{path} {size} {language} {theme}"] = faulty
                shoot(page, f"every_{view.replace(':', '-')}_{size}")
    return faults
