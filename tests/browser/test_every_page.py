"""Every kind of page that somebody can walk to, found by following links as each person, and looked at by axe."""

from collections import deque
from itertools import cycle
from urllib.parse import urljoin, urlsplit
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import Resolver404, resolve

from tests.browser.conftest import SIZES, faults_of, shoot, too_wide
from tests.cast import make_cast
from tests.organisations.applications import Offices, applied, frozen, passed, several
from tests.stories import accepted, reported_need
from tests.web.portal.projects.test_projects import another

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# axe looks at a page in one of these; how wide it is does not depend on the eye, and is measured at every size
LOOKS = (("zh-hans", "dark", "phone"), ("en", "light", "desk"), ("zh-hans", "dark", "desk"), ("en", "light", "phone"))
EACH = 2


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
        for link in BeautifulSoup(answer.content, "html.parser").select("a[href]"):
            target = urlsplit(urljoin(path, str(link["href"])))
            address = target.path + (f"?{target.query}" if target.query else "")
            if not target.netloc and address not in seen and not target.path.startswith("/static/"):
                seen.add(address)
                waiting.append((address, path))
    return pages, broken


@pytest.fixture
def world(settings, session_of):
    """By view, one page and the session of somebody who walks to it; and by person, the links that lead nowhere."""
    settings.DEMO = True
    cast = make_cast()
    accepted(cast)
    another(cast, "邻里互助")
    reported_need(cast)
    offices = Offices(cast.county, community=cast.community, head=cast.head, reviewer=cast.reviewer, stranger=cast.other_head)
    frozen(offices, *several(offices, "书法社"))
    several(offices, "合唱团")
    passed(offices)
    applied(offices, name="编织社", submission=UUID(int=9))
    found: dict[str, tuple[str, str]] = {}
    broken: dict[str, list[str]] = {}
    for who, user in ({"": None} | cast.everyone()).items():
        client = Client()
        if user is not None:
            client.force_login(user)
        pages, dead = pages_from(client, "/desk/" if user else "/")
        broken |= {who: dead} if dead else {}
        session = session_of(user) if user else ""
        found = {view: (path, session) for view, path in pages.items()} | found
    return found, broken


def test_every_page_is_reached_by_links_that_lead_somewhere_and_is_sound(world, open_page):
    found, broken = world
    assert broken == {}
    faults = {}
    for (view, (path, session)), (language, theme, looked_at) in zip(sorted(found.items()), cycle(LOOKS), strict=False):
        page = open_page(path, session=session, language=language, theme=theme)
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            shoot(page, f"every_{view.replace(':', '-')}_{size}")
            if faulty := faults_of(page) if size == looked_at else too_wide(page):
                faults[f"{path} {size} {language} {theme}"] = faulty
        page.context.close()
    assert faults == {}
