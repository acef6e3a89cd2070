from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.accounts.models import BodyKind
from wushe.accounts.queries import scope_of
from wushe.policies.queries import policy_where
from wushe.web.common.access import permission, require_open, step_scope
from wushe.web.common.filters import Choice
from wushe.web.common.forms import Form, attempt, typed
from wushe.web.common.listing import rows_response, wants_table
from wushe.web.common.targets.board import chosen_day
from wushe.web.common.templatetags.wushe import label
from wushe.web.desk.navigation import lead_back
from wushe.web.desk.workers.posting_forms import STATION, GiveUpPostsForm, RegisterEmployerForm, SetUpPostsForm
from wushe.web.desk.workers.reading import keeps, place_of
from wushe.workforce import actions
from wushe.workforce.models import Establishment
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import Posts, employers_in, establishment_by_number, postings_at, posts_in, posts_like, shown
from wushe.workforce.rules import refuse_given_up

PLACE, VACANT = "place", "vacant"
UNIT_WORDS = {
    PLACE: gettext_lazy("Communities, towns, the county themselves"),
    BodyKind.STATION: gettext_lazy("Stations and rooms"),
    BodyKind.AGENCY: gettext_lazy("Agencies"),
    BodyKind.ORGANISATION: gettext_lazy("Organisations"),
}


@permission(Permission.VIEW_WORKERS)
def posts(request: Any) -> HttpResponse:
    """The posts of my places on a day: how many are set up, filled and vacant, and since when; by sort of employer."""
    scope, on = scope_of(request.user, Permission.VIEW_WORKERS, request.on), min(chosen_day(request), request.on)
    here, employers = place_of(scope.common_place, on), list(employers_in(scope))
    kinds = {code.code: label(code) for code in here.policy.codes("employer_kinds")}
    of_body = {employer.body_id: employer.kind for employer in employers}
    sorted_posts = [(row, unit_of(row, of_body)) for row in posts_in(scope, on)]
    unit, state = request.GET.get("unit", ""), request.GET.get("state", "")
    rows = [row for row, own in sorted_posts if unit in ("", own) and (state != VACANT or row.standing.vacant)]
    if wants_table(request):
        return _export(request, rows, here.words["positions"])
    totals = {name: sum(getattr(row.standing, name) for row in rows) for name in ("required", "filled", "vacant", "days_this_year")}
    words = {**UNIT_WORDS, **kinds}
    context = {
        "rows": rows,
        "totals": totals,
        "words": here.words,
        "sorts": _sorts(sorted_posts, [employer.kind for employer in employers], words),
        "unit": unit,
        "state": state,
        "on": on,
        "is_today": on == request.on,
        "choices": [
            Choice("unit", _("Employer"), words.items(), unit),
            Choice("state", _("Situation"), [(VACANT, _("vacant"))], state),
        ],
    }
    return render(request, "desk/workers/posts.html", context)


def unit_of(row: Posts, of_body: dict[int, str]) -> str:
    """The sort of employer at which posts are set up."""
    if row.body is None:
        return PLACE
    return of_body.get(row.body.pk, row.body.kind)


def _sorts(rows: Iterable[tuple[Posts, str]], employers: Iterable[str], words: dict[str, Any]) -> list[dict[str, Any]]:
    """Per sort of employer: how many there are, with how many posts; those of the register without posts too."""
    count, units, posts_set_up, filled = Counter(employers), Counter[str](), Counter[str](), Counter[str]()
    seen = set()
    for row, unit in rows:
        key = (unit, row.region.pk, row.body.pk if row.body else None)
        units[unit] += key not in seen
        seen.add(key)
        posts_set_up[unit] += row.standing.required
        filled[unit] += min(row.standing.filled, row.standing.required)
    return [
        {"code": code, "text": text, "units": count[code] or units[code], "posts": posts_set_up[code], "filled": filled[code]}
        for code, text in words.items()
        if count[code] or units[code]
    ]


def _export(request: Any, rows: list[Posts], positions: Any) -> HttpResponse:
    header = [
        *(_("Workplace"), _("Place"), _("Sort of post"), _("Documents"), _("Required"), _("Filled"), _("Vacant"), _("Vacant since")),
        _("Vacant post-days this year"),
    ]

    def line(row: Posts) -> list[Any]:
        standing, documents = row.standing, _("; ").join(document.document for document in row.documents)
        where = [row.place, row.region.name, positions.get(row.position, row.position), documents]
        return [*where, standing.required, standing.filled, standing.vacant, standing.since, standing.days_this_year]

    return rows_response(request, "posts", header, rows, line)


@permission(Permission.VIEW_WORKERS)
def posts_of(request: Any, number: str) -> HttpResponse:
    """The posts of one sort at one place on a day: the documents that set them up, and who holds them."""
    row, on = visible_posts(request, number), min(chosen_day(request), request.on)
    on = max(on, row.since)
    held = list(postings_at(row.region, row.body, row.position, on).select_related("worker__region"))
    context = {
        "row": row,
        "group": posts_like(row, on),
        "on": on,
        "is_today": on == request.on,
        "people": [(posting, shown(posting.worker, keeps=keeps(request, posting.worker)).name) for posting in held],
        "words": place_of(row.region, on).words,
    }
    return render(request, "desk/workers/posts_of.html", context)


@permission(Permission.SET_UP_POSTS)
def set_up_posts(request: Any) -> HttpResponse:
    """Enter posts that a document sets up."""
    scope = scope_of(request.user, Permission.SET_UP_POSTS, request.on)
    policy = policy_where(scope.regions, request.on)
    units = [employer.body for employer in employers_in(scope)]
    form = SetUpPostsForm(typed(request), scope=scope, on=request.on, policy=policy, units=units, initial={"body": STATION})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.set_up_posts(draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The posts are entered."))
            return redirect("desk:workers:posts_of", done.number)
    return _filled(request, form, None, _("Set up posts"), _("Set them up"))


@permission(Permission.REGISTER_EMPLOYER)
def register_employer(request: Any) -> HttpResponse:
    """Enter an office or institution with posts of social work."""
    scope = scope_of(request.user, Permission.REGISTER_EMPLOYER, request.on)
    kinds = policy_where(scope.regions, request.on).codes("employer_kinds")
    form = RegisterEmployerForm(typed(request), scope=scope, kinds=kinds, initial={"region": scope.only_place})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: actions.register_employer(by=request.user, at=request.at, **given)) is not None:
            messages.success(request, _("The employer is entered. Set up its posts."))
            return redirect("desk:workers:set_up_posts")
    return _filled(request, form, None, _("Enter an employer"), _("Enter the employer"))


@permission(Permission.GIVE_UP_POSTS)
def give_up_posts(request: Any, number: str) -> HttpResponse:
    """Let posts end that a document set up."""
    row = visible_posts(request, number)
    require_open(request, refuse_given_up, row)
    form = GiveUpPostsForm(typed(request), initial={"until": request.on})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(form, lambda: actions.give_up_posts(establishment=row, by=request.user, at=request.at, **given))
        if done is not None:
            messages.success(request, _("The posts are given up."))
            return redirect("desk:workers:posts")
    return _filled(request, form, row, _("Give up the posts"), _("Give them up"))


def visible_posts(request: Any, number: str) -> Establishment:
    """Posts of my places. Raises NotFound."""
    return establishment_by_number(number, step_scope(request))


def _filled(request: Any, form: Form, row: Establishment | None, title: str, submit: str) -> HttpResponse:
    if row is not None:
        lead_back(request, reverse("desk:workers:posts_of", args=[row.number]), row.document)
    context = {"form": form, "row": row, "title": title, "submit": submit}
    return render(request, "desk/workers/posts_form.html", context, status=422 if form.errors else 200)
