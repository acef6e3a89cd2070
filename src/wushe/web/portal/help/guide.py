"""The guide's own text, cut into its sections. Both languages have the same sections in the same order, which a test holds."""

import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

FILES = {"en": "README.md", "zh-hans": "README.zh.md"}
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
# the section for whoever holds a post of the role
SECTIONS = {
    "county_station": "county-general-station",
    "town_station_head": "town-station",
    "social_worker": "community-worker-and-social-worker",
    "community_worker": "community-worker-and-social-worker",
    "agency_manager": "agency",
    "expert": "review-expert",
    "finance_officer": "finance-officer",
    "evaluator": "third-party-evaluator",
    "federation_manager": "federation-manager",
    "hub_manager": "filing-a-community-organisation",
    "auditor": "auditor",
    "system_admin": "system-administrator",
}


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of the guide with what stands under it. The code is the English heading, in both languages."""

    code: str
    title: str
    html: SafeString


@cache
def sections(language: str) -> tuple[Section, ...]:
    """The guide in a language, in its order. Read once: it comes with the program."""
    codes = [_code(title) for title, _text in _cut("en")]
    return tuple(Section(code, title, _html(text)) for code, (title, text) in zip(codes, _cut(language), strict=True))


def _cut(language: str) -> list[tuple[str, str]]:
    text = (settings.ROOT / "docs" / "guide" / FILES[language]).read_text(encoding="utf-8")
    _before, *parts = HEADING.split(text)
    return list(zip(parts[::2], parts[1::2], strict=True))


def _code(title: str) -> str:
    return re.sub(r"[^a-z]+", "-", title.lower()).strip("-")


def _html(text: str) -> SafeString:
    """Links lead to other papers of the repository, so their words stay and they go."""
    html = str(MarkdownIt("commonmark", {"html": False}).enable("table").render(LINK.sub(r"\1", text)))
    wide = html.replace("<table>", '<div class="ws-scroll"><table class="ws-table">').replace("</table>", "</table></div>")
    return mark_safe(wide.replace("<th>", '<th scope="col">'))  # noqa: S308 -- our own paper, and marks of it are not passed on
