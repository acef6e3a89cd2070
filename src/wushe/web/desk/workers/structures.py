"""The bodies of the communities: who sits in them, how long their terms run, and what is missing."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.accounts.queries import scope_of
from wushe.kernel.errors import NotFound
from wushe.kernel.steps import refuse_withdrawn
from wushe.policies.queries import Code, policy_for, policy_where
from wushe.regions.models import Region
from wushe.regions.queries import region_by_code
from wushe.web.common.access import permission, require_open, step_scope
from wushe.web.common.filters import Choice
from wushe.web.common.forms import DateInput, Form, attempt, typed
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.common.place_filter import place_filter
from wushe.web.common.templatetags.wushe import label
from wushe.web.desk.workers.forms import options
from wushe.web.desk.workers.posting_forms import WithdrawPostingForm
from wushe.web.desk.workers.reading import keeps
from wushe.workforce import actions
from wushe.workforce.actions import TermDraft
from wushe.workforce.models import Term
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import (
    STRUCTURE_STATES,
    BodyStanding,
    bodies_of,
    elected_bodies,
    shown,
    structured_places,
    structures_of,
    term_by_number,
    terms_of,
    unsettled_in,
)

STATE_WORDS = {
    "no_term": gettext_lazy("no term entered"),
    "term_over": gettext_lazy("term over"),
    "nobody": gettext_lazy("nobody entered"),
}


class TermForm(Form):
    """A term of an elected body."""

    body = forms.ChoiceField(label=gettext_lazy("Body"))
    name = forms.CharField(label=gettext_lazy("Name of the term"), max_length=60, help_text=gettext_lazy("For example: the tenth."))
    since = forms.DateField(label=gettext_lazy("First day of office"), widget=DateInput())
    until = forms.DateField(label=gettext_lazy("First day after the term"), widget=DateInput())
    document = forms.CharField(
        label=gettext_lazy("Document"), max_length=200, required=False, help_text=gettext_lazy("Of the election or the appointment.")
    )

    def __init__(self, *args: Any, bodies: Iterable[Code], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = options(bodies)  # type: ignore[attr-defined]  # a choice field

    def to_draft(self, region: Region) -> TermDraft:
        """The term."""
        return TermDraft(region=region, **self.cleaned_data)


@permission(Permission.VIEW_WORKERS)
def structures(request: Any) -> HttpResponse:
    """The communities of my places, each with its bodies."""
    chosen, places = place_filter(request, scope_of(request.user, Permission.VIEW_WORKERS, request.on))
    state = request.GET.get("state", "")
    state = state if state in STRUCTURE_STATES else ""
    policy = policy_where(chosen.regions, request.on)
    listing = Listing(request, structured_places(chosen, policy, state, request.on), {"place": ("code",)})
    bodies = bodies_of(policy)
    if listing.wants_table:
        rows = list(listing.rows.iterator(chunk_size=EXPORT_CHUNK))
        found = structures_of(rows, policy, request.on)
        header = [
            _("Place"),
            _("Town"),
            *(f"{label(body)} · {text}" for body in bodies for text in (_("Members of the body"), _("Term"), _("State"))),
        ]

        def line(place: Region) -> list[Any]:
            cells = [cell for each in found[place.pk] for cell in (len(each.members), each.term and each.term.name, _word(each))]
            return [place.name, place.town.name if place.town else "", *cells]

        return table_response(listing, "structures", header, rows, line)
    found = structures_of(listing, policy, request.on)
    counts = unsettled_in(structured_places(chosen, policy, "", request.on), policy, request.on)
    context = {
        "listing": listing,
        "bodies": bodies,
        "rows": [(place, [(each, _word(each)) for each in found[place.pk]]) for place in listing],
        "alarms": [(STATE_WORDS[name], number, listing.address(state=name)) for name, number in counts.items() if number],
        "policy": policy,
        "choices": [places, Choice("state", _("Situation"), STATE_WORDS.items(), state)],
    }
    return render(request, "desk/workers/structures.html", context)


def _word(standing: BodyStanding) -> str:
    return str(STATE_WORDS[standing.state]) if standing.state else ""


@permission(Permission.VIEW_WORKERS)
def structure(request: Any, code: str) -> HttpResponse:
    """The bodies of one community: members, terms, station."""
    place = _visible(request, code)
    policy = policy_for(place, request.on)
    standings = structures_of([place], policy, request.on)[place.pk]
    context = {
        "place": place,
        "rows": [(each, _word(each), _members(request, each)) for each in standings],
        "terms": terms_of(place),
        "words": {body.code: label(body) for body in bodies_of(policy)},
        "positions": {position.code: label(position) for position in policy.codes("positions")},
    }
    return render(request, "desk/workers/structure.html", context)


def _members(request: Any, standing: BodyStanding) -> list[tuple[Any, str]]:
    return [(each, shown(each.worker, keeps=keeps(request, each.worker)).name) for each in standing.members]


@permission(Permission.RECORD_TERM)
def record_term(request: Any, code: str) -> HttpResponse:
    """Enter a term."""
    place = _visible(request, code)
    bodies = elected_bodies(policy_for(place, request.on))
    form = TermForm(typed(request), bodies=bodies, initial={"body": request.GET.get("body", "")})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.record_term(draft=form.to_draft(place), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The term is entered. Its members are those who hold the posts."))
            return redirect("desk:workers:structure", code)
    return _filled(request, form, place, _("Enter a term"), _("Enter the term"))


@permission(Permission.VIEW_WORKERS)
def term(request: Any, number: str) -> HttpResponse:
    """Where the audit leads: the bodies of the community."""
    return redirect("desk:workers:structure", _term(request, number).region.code)


@permission(Permission.WITHDRAW_TERM)
def withdraw_term(request: Any, number: str) -> HttpResponse:
    """Take a term back that was entered by mistake."""
    found = _term(request, number)
    require_open(request, refuse_withdrawn, "withdraw_term", found.withdrawn_on)
    form = WithdrawPostingForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: actions.withdraw_term(term=found, reason=reason, by=request.user, at=request.at)) is not None:
            return redirect("desk:workers:structure", found.region.code)
    title = _("Withdraw the term “%(name)s”") % {"name": found.name}
    return _filled(request, form, found.region, title, _("Withdraw the term"))


def _term(request: Any, number: str) -> Term:
    return term_by_number(number, step_scope(request))


def _visible(request: Any, code: str) -> Region:
    """A community of my places. Raises NotFound."""
    place = region_by_code(code)
    if place is None or not step_scope(request).covers(place):
        raise NotFound(kind="region", number=code)
    return place


def _filled(request: Any, form: Form, place: Region, title: str, submit: str) -> HttpResponse:
    context = {"form": form, "place": place, "title": title, "submit": submit}
    return render(request, "desk/workers/term_form.html", context, status=422 if form.errors else 200)
