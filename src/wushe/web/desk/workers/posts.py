from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushe.accounts.queries import scope_of
from wushe.policies.queries import policy_for
from wushe.web.common.access import permission
from wushe.web.common.forms import Form, attempt
from wushe.web.common.listing import lines_response, wants_table
from wushe.web.desk.workers.posting_forms import STATION, GiveUpPostsForm, SetUpPostsForm
from wushe.web.desk.workers.reading import keeps, place_of
from wushe.workforce import actions
from wushe.workforce.models import Establishment
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import establishment_by_number, postings_at, posts_in, posts_like, shown


@permission(Permission.VIEW_WORKERS)
def posts(request: Any) -> HttpResponse:
    """The posts of my places: how many are set up, filled and vacant, and since when."""
    scope = scope_of(request.user, Permission.VIEW_WORKERS, request.on)
    rows = posts_in(scope, request.on)
    totals = {name: sum(getattr(row.standing, name) for row in rows) for name in ("required", "filled", "vacant", "days_this_year")}
    words = place_of(scope.regions[0], request.on).words
    if wants_table(request):
        header = [
            *(_("Workplace"), _("Place"), _("Sort of post"), _("Required"), _("Filled"), _("Vacant"), _("Vacant since")),
            _("Vacant post-days this year"),
        ]
        return lines_response(request, "posts", header, [_line(row, words["positions"]) for row in rows])
    return render(request, "desk/workers/posts.html", {"rows": rows, "totals": totals, "words": words})


def _line(row: Any, positions: Mapping[str, str]) -> list[Any]:
    told = row.standing
    counts = [told.required, told.filled, told.vacant, told.since, told.days_this_year]
    return [str(row.place), row.region.name, positions.get(row.position, row.position), *counts]


@permission(Permission.VIEW_WORKERS)
def posts_of(request: Any, number: str) -> HttpResponse:
    """The posts of one sort at one place: the documents that set them up, and who holds them."""
    row = visible_posts(request, number)
    held = list(postings_at(row.region, row.body, row.position, request.on).select_related("worker__region"))
    context = {
        "row": row,
        "group": posts_like(row, request.on),
        "people": [(posting, shown(posting.worker, keeps=keeps(request, posting.worker)).name) for posting in held],
        "words": place_of(row.region, request.on).words,
    }
    return render(request, "desk/workers/posts_of.html", context)


@permission(Permission.SET_UP_POSTS)
def set_up_posts(request: Any) -> HttpResponse:
    """Enter posts that a document sets up."""
    scope = scope_of(request.user, Permission.SET_UP_POSTS, request.on)
    policy = policy_for(scope.regions[0], request.on)
    form = SetUpPostsForm(request.POST or None, scope=scope, on=request.on, policy=policy, initial={"body": STATION})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.set_up_posts(draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The posts are entered."))
            return redirect("desk:workers:posts_of", done.number)
    return _filled(request, form, None, _("Set up posts"), _("Set them up"))


@permission(Permission.GIVE_UP_POSTS)
def give_up_posts(request: Any, number: str) -> HttpResponse:
    """Let posts end that a document set up."""
    row = visible_posts(request, number)
    form = GiveUpPostsForm(request.POST or None, initial={"until": request.on})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(form, lambda: actions.give_up_posts(establishment=row, by=request.user, at=request.at, **given))
        if done is not None:
            messages.success(request, _("The posts are given up."))
            return redirect("desk:workers:posts")
    return _filled(request, form, row, _("Give up the posts"), _("Give them up"))


def visible_posts(request: Any, number: str) -> Establishment:
    """Posts of my places. Raises NotFound."""
    return establishment_by_number(number, scope_of(request.user, Permission.VIEW_WORKERS, request.on))


def _filled(request: Any, form: Form, row: Establishment | None, title: str, submit: str) -> HttpResponse:
    context = {"form": form, "row": row, "title": title, "submit": submit}
    return render(request, "desk/workers/posts_form.html", context, status=422 if form.errors else 200)
