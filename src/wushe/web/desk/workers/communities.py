"""Place by place: residents and posts, who answers for social work, the two teams, and what is missing."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.accounts.queries import scope_of
from wushe.kernel.errors import NotFound
from wushe.policies.queries import Policy, Target, policy_where
from wushe.regions.models import Level
from wushe.regions.queries import region_by_code
from wushe.web.common.access import permission, step_scope
from wushe.web.common.filters import Choice
from wushe.web.common.links import page_of_article
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.common.place_filter import place_filter
from wushe.web.desk.workers.reading import keeps
from wushe.workforce.models import Posting
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import (
    LOCAL,
    PLACE_STATES,
    PROFESSIONAL,
    Crew,
    PlaceRules,
    alarms_in,
    crews_of,
    grid_rule,
    place_rules,
    shown,
    staffed_places,
)

SORTS = {"place": ("code",), "residents": ("-residents", "code"), "set_up": ("-set_up", "code"), "filled": ("-filled", "code")}
LEVELS = {"community": Level.COMMUNITY, "town": Level.TOWN}
LEVEL_WORDS = {"community": gettext_lazy("Communities and villages"), "town": gettext_lazy("Towns and streets")}
STATE_WORDS = {
    "no_leader": gettext_lazy("without a responsible leader"),
    "short": gettext_lazy("fewer posts than the policy asks"),
    "vacant": gettext_lazy("posts vacant"),
    "unpaired": gettext_lazy("one of the two teams is missing"),
    "grids": gettext_lazy("too few or too many grids"),
}


@permission(Permission.VIEW_WORKERS)
def communities(request: Any) -> HttpResponse:
    """The places of my places, each with its people and what is missing there."""
    chosen, places = place_filter(request, scope_of(request.user, Permission.VIEW_WORKERS, request.on))
    level = request.GET.get("level", "")
    level = level if level in LEVELS else "community"
    state = request.GET.get("state", "")
    policy = policy_where(chosen.regions, request.on)
    rows = staffed_places(chosen, LEVELS[level], policy, state if state in PLACE_STATES else "", request.on)
    listing = Listing(request, rows, SORTS)
    if listing.wants_table:
        return _export(request, listing, policy)
    crews, rules = crews_of(listing, policy, request.on), place_rules(policy)
    context = {
        "listing": listing,
        "rows": [_row(request, each, crews[each.pk], rules) for each in listing],
        "alarms": _alarms(listing, alarms_in(staffed_places(chosen, LEVELS[level], policy, "", request.on), policy, request.on)),
        "rules": [_rule(each) for each in (*rules.posts, *rules.leaders)],
        "policy": policy,
        "grids": grid_rule(policy),
        "level": level,
        "levels": [(name, text, listing.address(level=name)) for name, text in LEVEL_WORDS.items()],
        "choices": [
            places,
            Choice("state", _("Situation"), STATE_WORDS.items(), state),
        ],
    }
    return render(request, "desk/workers/communities.html", context)


@permission(Permission.PLACE_WORKER)
def leader(request: Any, code: str) -> HttpResponse:
    """Where a to-do leads: the communities of the same town that have no responsible leader."""
    place = region_by_code(code)
    if place is None or not step_scope(request).covers(place):
        raise NotFound(kind="place", number=code)
    query = urlencode({"state": "no_leader", "place": place.town.code if place.town else place.code})
    return redirect(f"{reverse('desk:workers:communities')}?{query}")


def _alarms(listing: Listing, counts: dict[str, int]) -> list[dict[str, Any]]:
    """What is missing somewhere, with its number and the list of these places."""
    return [
        {"text": STATE_WORDS[state], "number": number, "address": listing.address(state=state)}
        for state, number in counts.items()
        if number
    ]


def _rule(target: Target) -> dict[str, Any]:
    return {"target": target, "page": page_of_article(target.source)}


def _named(request: Any, posting: Posting) -> dict[str, Any]:
    return {"posting": posting, "name": shown(posting.worker, keeps=keeps(request, posting.worker)).name}


def _row(request: Any, place: Any, crew: Crew, rules: PlaceRules) -> dict[str, Any]:
    return {
        "place": place,
        "leaders": [_named(request, each) for each in crew.leaders],
        "wants_leader": rules.wants_leader(place) is not None,
        "rule": rules.post_rule(place),
        "is_short": place.required is not None and place.set_up < place.required,
        "vacant": max(place.set_up - place.filled, 0),
        "licensed": crew.licensed,
        "crew": crew,
        "professional": [_named(request, each) for each in crew.teams[PROFESSIONAL]],
        "local": [_named(request, each) for each in crew.teams[LOCAL]],
        "off_grid": [_named(request, each) for each in crew.off_grid],
    }


def _export(request: Any, listing: Listing, policy: Policy) -> HttpResponse:
    places = list(listing.rows.iterator(chunk_size=EXPORT_CHUNK))
    crews = crews_of(places, policy, request.on)
    header = [
        *(_("Place"), _("Town"), _("Residents"), _("Counted in"), _("Counted by"), _("Posts asked for"), _("Posts set up"), _("Filled")),
        *(
            _("Filled by licensed people"),
            _("Staff of the community"),
            _("Licensed staff"),
            _("Share licensed"),
            _("Responsible leader"),
            _("Leader since"),
            _("Professional team"),
            _("Local team"),
        ),
    ]

    def names(postings: list[Posting]) -> str:
        return _(", ").join(_named(request, each)["name"] for each in postings)

    def line(place: Any) -> list[Any]:
        crew = crews[place.pk]
        counted = [place.residents, place.counted_in, place.counted_by, place.required, place.set_up, place.filled]
        leader = [names(crew.leaders), crew.leaders[0].since if crew.leaders else None]
        teams = [names(crew.teams[team]) for team in (PROFESSIONAL, LOCAL)]
        staff = [len(crew.staff), crew.licensed_staff, None if crew.licensed_share is None else round(crew.licensed_share, 4)]
        return [place.name, place.town.name if place.town else "", *counted, crew.licensed, *staff, *leader, *teams]

    return table_response(listing, "places-staff", header, places, line)
