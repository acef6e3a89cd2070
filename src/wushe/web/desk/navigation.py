"""The desk's left rail: what each person sees follows from their permissions."""

from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wushe.accounts.models import Post
from wushe.accounts.queries import permissions_of, posts_of
from wushe.inbox.models import Todo
from wushe.inbox.queries import unread_count


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the rail: shown to whoever holds one of the permissions; no permission means everyone."""

    url: str
    text: "str | Promise"
    icon: str
    permissions: frozenset[str] = frozenset()


ENTRIES = (
    Entry("desk:inbox", _("To-dos"), "inbox"),
    Entry("desk:needs:list", _("Needs"), "message-2", frozenset({"needs.view_need"})),
    Entry("desk:projects:list", _("Projects"), "folders", frozenset({"projects.view_project", "projects.score_bids"})),
    Entry("desk:organisations:list", _("Organisations"), "users-group", frozenset({"organisations.view_organisations"})),
    Entry("desk:federations:list", _("Federations"), "affiliate", frozenset({"organisations.view_federation"})),
    Entry("desk:custody:list", _("Money kept for others"), "pig-money", frozenset({"organisations.keep_custody"})),
    Entry("desk:stations:list", _("Stations"), "building-community", frozenset({"stations.view_stations"})),
    Entry("desk:workers:list", _("Workers"), "id-badge-2", frozenset({"workforce.view_workers"})),
    Entry("desk:training:courses", _("Training"), "school", frozenset({"workforce.view_workers"})),
    Entry("desk:exams:list", _("Exams"), "writing", frozenset({"workforce.view_workers"})),
    Entry("desk:filings:list", _("Filings"), "file-certificate", frozenset({"organisations.view_filing"})),
    Entry("desk:imports:list", _("Imports"), "table-import", frozenset({"imports.import_rows"})),
    Entry("desk:money:sources", _("Money"), "coin-yuan", frozenset({"ledger.view_money"})),
    Entry("desk:targets:board", _("Targets"), "target-arrow", frozenset({"needs.view_need", "accounts.view_audit"})),
    Entry("desk:policies:contents", _("Policy"), "book"),
    Entry("desk:places:list", _("Places"), "map-pin", frozenset({"regions.set_settlement"})),
    Entry("desk:users:list", _("Users"), "user-cog", frozenset({"accounts.manage_users"})),
    Entry("desk:audit", _("Audit"), "history", frozenset({"accounts.view_audit"})),
)


def rail(request: HttpRequest) -> dict[str, object]:
    """Context for every page of the desk: the rail and the counts."""
    if not request.path.startswith("/desk/") or not request.user.is_authenticated:
        return {}
    held = permissions_of(request.user, request.on)  # type: ignore[attr-defined]
    entries = [
        {
            "address": address,
            "text": entry.text,
            "icon": entry.icon,
            "here": request.path == address or (address != "/desk/" and request.path.startswith(address)),
        }
        for entry, address in _entries()
        if not entry.permissions or entry.permissions & held
    ]
    return {
        "rail": entries,
        "my_posts": [{"role": post.role, "place": _place(post)} for post in posts_of(request.user, request.on)],  # type: ignore[attr-defined]
        "todo_count": Todo.objects.open().for_user(request.user, request.at).count(),  # type: ignore[attr-defined]
        "news_count": unread_count(request.user),
    }


@cache
def _entries() -> tuple[tuple[Entry, str], ...]:
    return tuple((entry, reverse(entry.url)) for entry in ENTRIES)


def _place(post: Post) -> str:
    return post.region.name if post.region else str(post.body)
