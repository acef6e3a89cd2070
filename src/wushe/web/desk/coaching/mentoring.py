"""Professionals who guide others at work: who with whom, what has been learned, when they met."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.accounts.queries import Scope, require, scope_of
from wushe.policies.queries import Policy, policy_for, policy_where
from wushe.web.common.access import permission, require_here, require_open, signed_in
from wushe.web.common.filters import Choice
from wushe.web.common.forms import attempt, typed
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.common.templatetags.wushe import label
from wushe.web.desk.coaching.forms import ConfirmSkillsForm, EndPairingForm, LogPairingForm, PairWorkersForm
from wushe.web.desk.coaching.showing import filled, name_of, own_scope
from wushe.workforce import actions
from wushe.workforce.models import Pairing
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import PAIRING_STATES, pairing_by_number, pairings_in
from wushe.workforce.rules import refuse_ended_pairing, refuse_oneself

SILENCE = "mentoring.silence"
SORTS = {
    "place": ("region__code", "number"),
    "since": ("-since", "number"),
    "last": ("last_held", "number"),
    "mastered": ("-mastered", "number"),
}
STATE_WORDS = {
    "running": gettext_lazy("running"),
    "silent": gettext_lazy("have not met for long"),
    "ended": gettext_lazy("pair ended"),
}


@permission(Permission.VIEW_WORKERS)
def pairings(request: Any) -> HttpResponse:
    """The pairs of my places."""
    state = request.GET.get("state", "running")
    scope = own_scope(request)
    silence = policy_where(scope.regions, request.on).require(SILENCE)
    since = request.on - timedelta(days=int(silence.value))
    rows = pairings_in(scope, state if state in PAIRING_STATES else "", request.on, silent_since=since)
    listing = Listing(request, rows, SORTS)
    if listing.wants_table:
        return _export(request, listing)
    context = {
        "listing": listing,
        "rows": [(each, name_of(request, each.mentor), name_of(request, each.apprentice)) for each in listing],
        "silent_since": since,
        "choices": [Choice("state", _("Situation"), STATE_WORDS.items(), state)],
    }
    return render(request, "desk/coaching/pairings.html", context)


@permission(Permission.PAIR_WORKERS)
def pair_workers(request: Any) -> HttpResponse:
    """Let somebody guide somebody."""
    scope = scope_of(request.user, Permission.PAIR_WORKERS, request.on)
    around = dict.fromkeys(place.county or place for place in scope.regions)
    form = PairWorkersForm(
        typed(request),
        mentors=Scope(regions=tuple(around)),
        apprentices=scope,
        on=request.on,
        skills=policy_where(scope.regions, request.on).codes("mentoring_skills"),
        initial={"since": request.on, "apprentice": request.GET.get("apprentice", ""), "mentor": request.GET.get("mentor", "")},
    )
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.pair_workers(draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("They are a pair. Enter their meetings here."))
            return redirect("desk:coaching:pairing", done.number)
    back = reverse("desk:coaching:pairings")
    return filled(request, form, _("Pair a mentor with an apprentice"), _("Make them a pair"), back=back, of=_("Mentors and apprentices"))


@signed_in
def pairing(request: Any, number: str) -> HttpResponse:
    """One pair: the check list of skills, and its meetings."""
    found = _visible(request, number)
    words = _words(policy_for(found.region, request.on))
    sessions = list(found.sessions.order_by("-held_on"))
    keeps_it = scope_of(request.user, Permission.LOG_PAIRING, request.on).covers(found.region)
    runs = found.until is None
    context = {
        "pairing": found,
        "mentor": name_of(request, found.mentor),
        "apprentice": name_of(request, found.apprentice),
        "skills": [(words.get(each.skill, each.skill), each.mastered_on) for each in found.skills.order_by("pk")],
        "sessions": [(each, [words.get(skill, skill) for skill in each.skills]) for each in sessions],
        "minutes": sum(each.minutes for each in sessions),
        "may_log": runs and (keeps_it or found.mentor.user_id == request.user.pk),
        "may_end": runs and keeps_it,
    }
    return render(request, "desk/coaching/pairing.html", context)


@signed_in
def log_pairing(request: Any, number: str) -> HttpResponse:
    """Enter a meeting of the two."""
    found = _guided(request, number, Permission.LOG_PAIRING)
    require_open(request, refuse_ended_pairing, found)
    form = LogPairingForm(typed(request), skills=_choices(request, found), initial={"held_on": request.on})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.log_pairing(pairing=found, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The meeting is entered."))
            return redirect("desk:coaching:pairing", number)
    return _form(request, form, found, _("Enter a meeting"), _("Enter the meeting"))


@signed_in
def confirm_skills(request: Any, number: str) -> HttpResponse:
    """Tick what has been learned."""
    found = _guided(request, number, Permission.CONFIRM_SKILLS)
    require_open(request, refuse_ended_pairing, found)
    require_open(request, refuse_oneself, found.apprentice, request.user)
    form = ConfirmSkillsForm(typed(request), skills=_choices(request, found, mastered_on__isnull=True))
    if request.method == "POST" and form.is_valid():
        skills = form.cleaned_data["skills"]
        done = attempt(form, lambda: actions.confirm_skills(pairing=found, skills=skills, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("It is kept what has been learned."))
            return redirect("desk:coaching:pairing", number)
    return _form(request, form, found, _("Confirm skills"), _("Confirm the skills"))


@permission(Permission.END_PAIRING)
def end_pairing(request: Any, number: str) -> HttpResponse:
    """Let a pairing end."""
    found = _visible(request, number)
    require_here(request, region=found.region)
    require_open(request, refuse_ended_pairing, found)
    form = EndPairingForm(typed(request), initial={"until": request.on})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(form, lambda: actions.end_pairing(pairing=found, by=request.user, at=request.at, **given))
        if done is not None:
            messages.success(request, _("The pairing has ended."))
            return redirect("desk:coaching:pairing", number)
    return _form(request, form, found, _("End the pairing"), _("End it"))


def _visible(request: Any, number: str) -> Pairing:
    return pairing_by_number(number, request.user, own_scope(request))


def _guided(request: Any, number: str, step: Permission) -> Pairing:
    """The pair for its mentor, or for who may take the step at its place. Raises NotFound, NotPermitted."""
    found = _visible(request, number)
    if found.mentor.user_id != request.user.pk:
        require(request.user, step, request.on, region=found.region)
    return found


def _words(policy: Policy) -> dict[str, str]:
    return {code.code: label(code) for code in policy.codes("mentoring_skills")}


def _choices(request: Any, found: Pairing, **chosen: Any) -> list[tuple[str, str]]:
    words = _words(policy_for(found.region, request.on))
    return [(each.skill, words.get(each.skill, each.skill)) for each in found.skills.filter(**chosen).order_by("pk")]


def _form(request: Any, form: Any, found: Pairing, title: str, submit: str) -> HttpResponse:
    pair = f"{name_of(request, found.mentor)} → {name_of(request, found.apprentice)}"
    return filled(request, form, title, submit, back=reverse("desk:coaching:pairing", args=[found.number]), of=pair)


def _export(request: Any, listing: Listing) -> HttpResponse:
    header = [
        *(_("Number"), _("Mentor"), _("Apprentice"), _("Place"), _("Since"), _("Until"), _("Meetings"), _("Minutes"), _("Last meeting")),
        *(_("Skills to learn"), _("Skills learned")),
    ]

    def line(row: Any) -> list[Any]:
        who = [row.number, name_of(request, row.mentor), name_of(request, row.apprentice), row.region.name, row.since, row.until]
        return [*who, row.meetings, row.minutes, row.last_held, row.wanted, row.mastered]

    return table_response(listing, "pairings", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), line)
