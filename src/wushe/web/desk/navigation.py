"""The desk's left rail, the tabs of its sections and the way back: what each person sees follows from their permissions."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wushe.accounts.models import Post
from wushe.accounts.queries import permissions_of, posts_of, views_of
from wushe.audit.queries import names_of
from wushe.inbox.models import Todo
from wushe.inbox.queries import unread_count
from wushe.web.common.links import page_of

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of a section: shown to whoever holds one of the permissions; no permission means everyone."""

    url: str
    text: Words
    icon: str
    permissions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """One line of the rail. Its pages are tabs; a person who may open only one of them finds that one on the rail."""

    text: Words
    icon: str
    entries: tuple[Entry, ...]


NEEDS = frozenset({"needs.view_need"})
PROJECTS = frozenset({"projects.view_project"})
ORGANISATIONS = frozenset({"organisations.view_organisations"})
STATIONS = frozenset({"stations.view_stations"})
WORKERS = frozenset({"workforce.view_workers"})
# the audit calls the steps of an annual check after the organisations that it looks at
NAMED_AFTER_OTHERS = frozenset({"annual"})
MONEY = frozenset({"ledger.view_money"})
CUSTODY = frozenset({"organisations.view_custody", "organisations.keep_custody"})

SECTIONS = (
    Section(_("To-dos"), "inbox", (Entry("desk:inbox", _("To-dos"), "inbox"),)),
    Section(
        _("Needs"),
        "message-2",
        (Entry("desk:needs:list", _("Needs"), "message-2", NEEDS), Entry("desk:needs:board", _("Board"), "layout-grid", NEEDS)),
    ),
    Section(
        _("Projects"),
        "folders",
        (
            Entry("desk:projects:list", _("Projects"), "folders", PROJECTS | {"projects.score_bids"}),
            Entry("desk:oversight:rounds", _("Rounds of supervision"), "checklist", PROJECTS),
        ),
    ),
    Section(
        _("Organisations"),
        "users-group",
        (
            Entry("desk:organisations:list", _("Organisations"), "users-group", ORGANISATIONS),
            Entry("desk:filings:list", _("Filings"), "file-certificate", frozenset({"organisations.view_filing"})),
            Entry("desk:federations:list", _("Federations"), "affiliate", frozenset({"organisations.view_federation"})),
            Entry("desk:incubation:list", _("Incubation bases"), "plant-2", ORGANISATIONS),
            Entry("desk:annual:list", _("Annual check"), "calendar-check", ORGANISATIONS),
            Entry("desk:organisations:classes", _("Guidance by class"), "heart-handshake", ORGANISATIONS),
            Entry("desk:organisations:gaps", _("Gaps"), "chart-dots", ORGANISATIONS),
            Entry("desk:organisations:rates", _("Registered and filed"), "percentage", ORGANISATIONS),
            Entry("desk:organisations:helps", _("Help to register"), "lifebuoy", ORGANISATIONS),
            Entry("desk:organisations:supports", _("Support"), "gift", ORGANISATIONS),
            Entry("desk:organisations:premises", _("Shared premises"), "home-2", ORGANISATIONS),
            Entry("desk:organisations:accountants", _("Accountants"), "calculator", ORGANISATIONS),
            Entry("desk:organisations:sanctions", _("Sanctions"), "ban", ORGANISATIONS),
        ),
    ),
    Section(
        _("Stations"),
        "building-community",
        (
            Entry("desk:stations:list", _("Stations"), "building-community", STATIONS),
            Entry("desk:stations:coverage", _("Coverage"), "chart-line", STATIONS),
            Entry("desk:stations:standards", _("Standard, station by station"), "ruler-2", STATIONS),
            Entry("desk:stations:remedies", _("Remedies"), "tool", STATIONS),
            Entry("desk:stations:costs", _("Cost per person served"), "receipt-yuan", STATIONS),
            Entry("desk:stations:offices", _("Free offices"), "key", STATIONS),
            Entry("desk:stations:commitments", _("Commitments"), "rosette-discount-check", STATIONS),
            Entry("desk:stations:duties", _("Duties of the year"), "calendar-check", STATIONS),
            Entry("desk:stations:rooms", _("Use of rooms"), "door", STATIONS),
            Entry("desk:stations:lights", _("Five lights of the communities"), "traffic-lights", STATIONS),
        ),
    ),
    Section(
        _("Workers"),
        "id-badge-2",
        (
            Entry("desk:workers:list", _("Workers"), "id-badge-2", WORKERS),
            Entry("desk:workers:communities", _("Places and their people"), "map-2", WORKERS),
            Entry("desk:workers:structures", _("Bodies of the communities"), "building", WORKERS),
            Entry("desk:workers:posts", _("Posts and vacancies"), "armchair", WORKERS),
            Entry("desk:training:courses", _("Training"), "school", WORKERS),
            Entry("desk:exams:list", _("Exams"), "writing", WORKERS),
            Entry("desk:coaching:appraisals", _("Appraisals"), "message-star", WORKERS),
            Entry("desk:coaching:pairings", _("Mentors and apprentices"), "users", WORKERS),
            Entry("desk:coaching:studies", _("Degree studies"), "school-bell", WORKERS),
            Entry("desk:workers:allowances", _("Allowances"), "cash", frozenset({"workforce.register_worker"})),
        ),
    ),
    Section(
        _("Money"),
        "coin-yuan",
        (
            Entry("desk:money:sources", _("Sources of money"), "coin-yuan", MONEY),
            Entry("desk:money:journal", _("Journal"), "book-2", MONEY),
            Entry("desk:custody:list", _("Money kept for others"), "pig-money", CUSTODY),
        ),
    ),
    Section(
        _("Targets and policy"),
        "target-arrow",
        (
            Entry("desk:targets:board", _("Targets"), "target-arrow", frozenset({"needs.view_need", "accounts.view_audit"})),
            Entry("desk:places:pilots", _("Pilots"), "flag-3", frozenset({"needs.view_need", "accounts.view_audit"})),
            Entry("desk:policies:contents", _("Policy"), "book"),
        ),
    ),
    Section(
        _("Administration"),
        "settings",
        (
            Entry("desk:users:list", _("Users"), "user-cog", frozenset({"accounts.manage_users"})),
            Entry("desk:places:list", _("Places"), "map-pin", frozenset({"regions.set_settlement", "regions.record_population"})),
            Entry("desk:imports:list", _("Imports"), "table-import", frozenset({"imports.import_rows"})),
            Entry("desk:audit", _("Audit"), "history", frozenset({"accounts.view_audit"})),
        ),
    ),
)


def rail(request: HttpRequest) -> dict[str, object]:
    """Context for every page of the desk: the rail, the tabs or the way back, and the counts."""
    if not request.path.startswith("/desk/") or not request.user.is_authenticated:
        return {}
    held = permissions_of(request.user, request.on)  # type: ignore[attr-defined]
    here = _entry_at(request.path)
    lines, tabs = [], []
    for section in SECTIONS:
        open_to_me = [entry for entry in section.entries if not entry.permissions or entry.permissions & held]
        if not open_to_me:
            continue
        shown: Section | Entry = section if len(open_to_me) > 1 else open_to_me[0]
        current = here in open_to_me
        lines.append({"address": _address(open_to_me[0].url), "text": shown.text, "icon": shown.icon, "here": current})
        if current and len(open_to_me) > 1:
            tabs = [{"address": _address(each.url), "text": each.text, "here": each == here} for each in open_to_me]
    crumbs = _named(_way_back(request.path, here, held), getattr(request, "led_back", {}), here)
    return {
        "rail": lines,
        "tabs": [] if crumbs else tabs,
        "crumbs": crumbs,
        "saved": _saved(request) if is_list(request.path) else None,
        "my_posts": [{"role": post.role, "place": _place(post)} for post in posts_of(request.user, request.on)],  # type: ignore[attr-defined]
        "todo_count": Todo.objects.open().for_user(request.user, request.at).count(),  # type: ignore[attr-defined]
        "news_count": unread_count(request.user),
    }


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
        and resolve(page).func.wushe_permission in held | {"signed-in"}  # type: ignore[attr-defined]
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
