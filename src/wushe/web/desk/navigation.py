"""The desk's left rail, the tabs of its sections and the way back: what each person sees follows from their permissions."""

from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import resolve, reverse

from wushe.accounts.models import Post
from wushe.accounts.queries import permissions_of, posts_of, views_of
from wushe.audit.queries import names_of
from wushe.inbox.queries import counts_for
from wushe.web.common.links import page_of
from wushe.web.desk.sections import SECTIONS, Entry, Section, Words

# the audit calls the steps of an annual check after the organisations that it looks at
NAMED_AFTER_OTHERS = frozenset({"annual"})
# so many stand in one line on a narrow desk
MOST_TABS = 7
# where the session keeps from which of their places somebody looks
PLACE = "looks_at"


def rail(request: HttpRequest) -> dict[str, object]:
    """Context for every page of the desk: the rail, the tabs or the way back, and the counts."""
    if not request.path.startswith("/desk/") or not request.user.is_authenticated:
        return {}
    held = permissions_of(request.user, request.on)  # type: ignore[attr-defined]  # the clock's middleware sets it
    here = _entry_at(request.path)
    lines: list[dict[str, Any]] = []
    tabs: list[list[dict[str, Any]]] = []
    for section in SECTIONS:
        open_to_me = [entry for entry in section.entries if not entry.permissions or entry.permissions & held]
        if not open_to_me:
            continue
        shown: Section | Entry = section if len(open_to_me) > 1 else open_to_me[0]
        current = here in open_to_me
        lines.append({"address": _address(open_to_me[0].url), "text": shown.text, "icon": shown.icon, "here": current})
        if current and len(open_to_me) > 1:
            tabs = _tabs(open_to_me, here)
    mine = posts_of(request.user, request.on)  # type: ignore[attr-defined]  # the clock's middleware sets it
    looks_at = request.session.get(PLACE, "")
    seats = {post.seat: _place(post) for post in mine}
    places = [{"code": seat, "name": name, "here": seat == looks_at} for seat, name in seats.items()]
    todo_count, news_count = counts_for(request.user, request.at)  # type: ignore[attr-defined]  # the clock's middleware sets it
    crumbs = _named(_way_back(request.path, here, held), getattr(request, "led_back", {}), here)
    return {
        "rail": lines,
        "tabs": [] if crumbs else tabs,
        "crumbs": crumbs,
        "saved": _saved(request) if is_list(request.path) else None,
        "my_posts": [{"role": post.role, "place": _place(post)} for post in mine],
        "my_places": places if len(places) > 1 else [],
        "narrowed_to": next((place["name"] for place in places if place["here"]), "") if request.user.is_narrowed else "",
        "todo_count": todo_count,
        "news_count": news_count,
    }


def _tabs(entries: list[Entry], here: Entry | None) -> list[list[dict[str, Any]]]:
    """One line of tabs; of many pages the groups, and below them the pages of this one."""
    groups: dict[Words, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.group, []).append(entry)
    if len(groups) == 1 or len(entries) <= MOST_TABS:
        return [[_tab(entry, entry.text, here=entry == here) for entry in entries]]
    inside = next(members for members in groups.values() if here in members)
    first = [_tab(members[0], group, here=members is inside) for group, members in groups.items()]
    return [first, [_tab(entry, entry.text, here=entry == here) for entry in inside]]


def _tab(entry: Entry, text: Words, *, here: bool) -> dict[str, Any]:
    return {"address": _address(entry.url), "text": text, "here": here}


def is_list(path: str) -> bool:
    """Whether a path is one of the pages of the rail: what is filtered there can be saved."""
    return path in _addresses()


def _saved(request: Any) -> dict[str, Any]:
    """The person's views of this list, which of them is open, and whether what is open could be saved."""
    chosen = {key: value for key, value in request.GET.items() if value and key not in {"page", "format"}}
    address = f"{request.path}?{urlencode(chosen)}"
    views = views_of(request.user, request.path)
    filtered = bool(chosen.keys() - {"sort"})
    return {
        "views": views,
        "address": address,
        "open": next((view for view in views if view.address == address), None),
        "may_save": filtered,
    }


@cache
def _address(url: str) -> str:
    """The address of a page that is about nothing in particular."""
    return reverse(url)


@cache
def _addresses() -> dict[str, Entry]:
    return {_address(entry.url): entry for section in SECTIONS for entry in section.entries}


def _entry_at(path: str) -> Entry | None:
    """The page of a section that a page stands under: by its address, or by the thing whose number is in it."""
    for page in (path, *(found for _number, found in _things(path))):
        under = [address for address in _addresses() if page == address or (address != "/desk/" and page.startswith(address))]
        if under:
            return _addresses()[max(under, key=len)]
    return None


def _things(path: str) -> list[tuple[str, str]]:
    """The public numbers in an address, with their pages."""
    found = [(part, page_of(part.split("-", 1)[0], part)) for part in path.split("/") if "-" in part]
    return [(number, page) for number, page in found if page]


def _way_back(path: str, here: Entry | None, held: frozenset[str] | set[str]) -> list[dict[str, Any]]:
    """From the section's page through the thing's own page to here; empty on the page of a section itself."""
    if here is None or path == _address(here.url):
        return []
    home = _address(here.url)
    back: list[dict[str, Any]] = [{"address": home, "text": here.text}] if not here.permissions or here.permissions & held else []
    above = [
        (number, page)
        for number, page in _things(path)
        if page != path
        and (path.startswith(page) if path.startswith(home) else page.startswith(home))
        and resolve(page).func.wushe_permission in held | {"signed-in"}  # type: ignore[attr-defined]  # read where views are listed
    ]
    kinds = [(number.split("-", 1)[0], number) for number, _ in above]
    names = names_of([(kind, number) for kind, number in kinds if kind not in NAMED_AFTER_OTHERS]) if above else {}
    return back + [{"address": page, "text": names.get(number, number)} for number, page in above]


def lead_back(request: Any, address: str, text: object) -> None:
    """Name the page above this one, where the address does not say so or the audit keeps no name."""
    if address != request.path:
        request.led_back = {**getattr(request, "led_back", {}), address: str(text)}


def _named(back: list[dict[str, Any]], led: dict[str, str], here: Entry | None) -> list[dict[str, Any]]:
    """The way back with what the page itself says of it; the page of the section keeps its name."""
    home = reverse(here.url) if here is not None else ""
    for address, text in led.items():
        path = address.partition("?")[0].partition("#")[0]
        known = next((crumb for crumb in back if crumb["address"] == path), None)
        if known is None and path != home:
            back.append({"address": address, "text": text})
        elif known is not None:
            known |= {"address": address, "text": known["text"] if path == home else text}
    return back


def _place(post: Post) -> str:
    return post.region.name if post.region else str(post.body)
