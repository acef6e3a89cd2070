from typing import Any

from django.db.models import Count, F
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wushe.accounts.models import Post, User
from wushe.accounts.permissions import Permission
from wushe.accounts.queries import people_in, places_elsewhere, scope_of, user_by_number
from wushe.audit.queries import NEWEST_FIRST, entries_of
from wushe.inbox.models import Todo
from wushe.kernel.clock import POLICY_ZONE
from wushe.web.common import words
from wushe.web.common.access import permission, step_scope
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.desk.navigation import lead_back
from wushe.web.desk.users.forms import FindUsersForm

SORTS = {
    "name": ("name", "username"),
    "username": ("username",),
    "last": ("last_login", "username"),
}


@permission(Permission.MANAGE_USERS)
def users(request: Any) -> HttpResponse:
    """Everybody who acts in my places: their posts, whether they may sign in, when they last did."""
    scope = scope_of(request.user, Permission.MANAGE_USERS, request.on)
    form = FindUsersForm(request.GET, scope=scope)
    listing = Listing(request, people_in(scope, form.to_filter(), request.on), SORTS)
    if listing.wants_table:
        return _export(listing)
    context = {"listing": listing, "form": form}
    return render(request, "desk/users/list.html", context)


def _export(listing: Listing) -> HttpResponse:
    header = [
        _("Number"),
        _("Full name"),
        _("User name"),
        _("Role"),
        _("Place"),
        _("Name of the post"),
        _("May sign in"),
        _("Last sign-in"),
    ]

    def line(person: Any) -> list[str]:
        posts: list[Post] = person.held
        return [
            person.number,
            person.name,
            person.username,
            _("; ").join(words.role(post.role) for post in posts),
            _("; ").join(str(post.region or post.body) for post in posts),
            _("; ").join(post.title for post in posts if post.title),
            _("yes") if person.is_active else _("no"),
            person.last_login.astimezone(POLICY_ZONE).isoformat(timespec="minutes") if person.last_login else "",
        ]

    return table_response(listing, "users", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), line)


@permission(Permission.MANAGE_USERS)
def user(request: Any, number: str) -> HttpResponse:
    """One person: their posts, what waits for them, and what became of the account."""
    person = visible_user(request, number)
    scope = scope_of(request.user, Permission.MANAGE_USERS, request.on)
    waiting = Todo.objects.open().for_user(person, request.at).order_by().values_list("step")
    context = {
        "person": person,
        "posts": Post.objects.filter(user=person)
        .select_related("region", "body__region")
        .order_by(F("until").desc(nulls_first=True), "-since"),
        "waiting": sorted(waiting.annotate(times=Count("id")), key=lambda row: -row[1]),
        "elsewhere": places_elsewhere(person, scope, request.on),
        "is_own": person.pk == request.user.pk,
        "timeline": entries_of("user", number).order_by(*NEWEST_FIRST),
    }
    return render(request, "desk/users/detail.html", context)


def visible_user(request: Any, number: str) -> User:
    """A person whom this administrator sees. Raises NotFound."""
    found = user_by_number(number, step_scope(request))
    lead_back(request, reverse("desk:users:detail", args=[number]), found.name)
    return found
