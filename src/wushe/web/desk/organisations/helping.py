"""Help to register: which papers are ready, since when the authority has them, and what came of it."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushe.accounts.queries import scope_of
from wushe.kernel.clock import POLICY_ZONE
from wushe.kernel.steps import allowed
from wushe.kernel.workdays import end_of_day
from wushe.organisations import actions
from wushe.organisations.models import RegistrationHelp
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import OPEN_HELP, HelpFilter, help_by_number, helps_in, registration_findings, registration_papers
from wushe.organisations.rules import missing
from wushe.organisations.states import HELP, HelpState
from wushe.policies.queries import policy_for
from wushe.web.common import words
from wushe.web.common.access import permission, require_open, step_scope
from wushe.web.common.filters import Choice
from wushe.web.common.forms import Form, try_or_say, typed
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.desk.organisations.growing import EndForm, HandInForm
from wushe.web.desk.organisations.reading import visible_organisation
from wushe.web.desk.organisations.stepping import take_step

SORTS = {
    "due": ("due_on", "id"),
    "opened": ("opened_on", "id"),
    "name": ("organisation__name", "id"),
    "place": ("organisation__region__code", "id"),
}


@permission(Permission.VIEW_ORGANISATIONS)
def helps(request: Any) -> HttpResponse:
    """Who is helped to register, what is due first on top."""
    scope = scope_of(request.user, Permission.VIEW_ORGANISATIONS, request.on)
    state = request.GET.get("state", OPEN_HELP)
    chosen = HelpFilter(text=request.GET.get("q", ""), state=state)
    listing = Listing(request, helps_in(scope, chosen), SORTS)
    if listing.wants_table:
        return _export(listing)
    states = [(OPEN_HELP, _("On the way")), *((each.value, words.state(each)) for each in HelpState)]
    context = {
        "listing": listing,
        "chosen": chosen,
        "rows": [(row, *_clock(row)) for row in listing],
        "choices": [Choice("state", _("State"), states, state)],
    }
    return render(request, "desk/organisations/helps.html", context)


def _export(listing: Listing) -> HttpResponse:
    header = [
        *(_("Number"), _("Name"), _("Town"), _("Community or village"), _("State"), _("Helped since")),
        *(_("Papers ready"), _("Handed in on"), _("Answer due by"), _("Ended on"), _("Reason")),
    ]

    def line(row: RegistrationHelp) -> list[Any]:
        place = row.organisation.region
        told = [row.organisation.number, row.organisation.name, place.town.name if place.town else "", place.name, words.state(row.state)]
        return [*told, row.opened_on, len(row.ready), row.handed_in_on, row.due_on, row.ended_on, row.reason]

    return table_response(listing, "registration-help", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), line)


def _clock(row: RegistrationHelp) -> tuple[datetime, datetime | None]:
    """Since when it takes, and until when an answer is due."""
    return _morning(row.opened_on), end_of_day(row.due_on) if row.due_on is not None and row.ended_on is None else None


def _morning(on: date) -> datetime:
    return datetime.combine(on, time.min, tzinfo=POLICY_ZONE)


@permission(Permission.VIEW_ORGANISATIONS)
def help_page(request: Any, number: str) -> HttpResponse:
    """One help: the guide of papers with what is ready, the clock, the conditions."""
    row = _help(request, number)
    organisation = row.organisation
    policy = policy_for(organisation.region, request.on)
    papers, findings = registration_papers(policy), registration_findings(policy, organisation, request.on)
    since, due_at = _clock(row)
    context = {
        "row": row,
        "organisation": organisation,
        "papers": papers,
        "source": policy.origin("checklists", "registration_papers").source if papers else None,
        "period": policy.require("registration.period"),
        "waits_for_papers": len([paper for paper in papers if paper.code not in row.ready]),
        "findings": findings,
        "lacking": missing(findings),
        "since": since,
        "handed_in": _morning(row.handed_in_on) if row.handed_in_on else None,
        "due_at": due_at,
        "steps": [str(each.step) for each in HELP.values() if row.state in each.sources and _may(request, row, each.permission)],
        "may_record": row.state == HelpState.HANDED_IN and _may(request, row, Permission.RECORD_REGISTRATION),
    }
    return render(request, "desk/organisations/help.html", context)


@permission(Permission.HELP_TO_REGISTER)
@require_POST
def help_to_register(request: Any, number: str) -> HttpResponse:
    """Begin to help; one press."""
    row = visible_organisation(request, number)
    done = try_or_say(request, lambda: actions.help_to_register(organisation=row, by=request.user, at=request.at))
    return redirect("desk:organisations:help", done.number) if done is not None else redirect("desk:organisations:detail", number)


@permission(Permission.HELP_TO_REGISTER)
@require_POST
def tick_registration_papers(request: Any, number: str) -> HttpResponse:
    """Say which papers are ready."""
    row = _help(request, number)
    ready = request.POST.getlist("ready")
    if try_or_say(request, lambda: actions.tick_registration_papers(row=row, ready=ready, by=request.user, at=request.at)):
        messages.success(request, _("Saved."))
    return redirect("desk:organisations:help", number)


@permission(Permission.HELP_TO_REGISTER)
def hand_in_registration(request: Any, number: str) -> HttpResponse:
    """The papers are with the authority."""
    row = _help(request, number)
    form = HandInForm(typed(request), initial={"handed_in_on": request.on})
    told = {"row": row, "by": request.user, "at": request.at}
    return _step(request, row, "hand_in_registration", form, lambda: actions.hand_in_registration(**form.cleaned_data, **told))


@permission(Permission.RECORD_REGISTRATION)
def record_registration_refusal(request: Any, number: str) -> HttpResponse:
    """The authority has said no."""
    row = _help(request, number)
    form = EndForm(typed(request), initial={"ended_on": request.on})
    told = {"row": row, "by": request.user, "at": request.at}
    return _step(
        request, row, "record_registration_refusal", form, lambda: actions.record_registration_refusal(**form.cleaned_data, **told)
    )


@permission(Permission.HELP_TO_REGISTER)
def end_registration_help(request: Any, number: str) -> HttpResponse:
    """The organisation does not go on for now."""
    row = _help(request, number)
    form = EndForm(typed(request), initial={"ended_on": request.on})
    told = {"row": row, "by": request.user, "at": request.at}
    return _step(request, row, "end_registration_help", form, lambda: actions.end_registration_help(**form.cleaned_data, **told))


def _help(request: Any, number: str) -> RegistrationHelp:
    return help_by_number(number, step_scope(request))


def _may(request: Any, row: RegistrationHelp, permitted: str) -> bool:
    return scope_of(request.user, permitted, request.on).covers(row.organisation.region)


def _step(request: Any, row: RegistrationHelp, step: str, form: Form, take: Callable[[], object]) -> HttpResponse:
    require_open(request, allowed, HELP, step, state=row.state)
    return take_step(request, row.organisation, step, form, take, home=reverse("desk:organisations:help", args=[row.number]))
