"""The steps of a life that are entered with their day and their paper: one form each."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wushe.kernel.steps import allowed
from wushe.organisations import actions
from wushe.organisations.models import Organisation
from wushe.organisations.permissions import Permission
from wushe.organisations.rules import state_of
from wushe.organisations.states import TRANSITIONS
from wushe.policies.queries import policy_for
from wushe.web.common.access import permission, require_open
from wushe.web.common.forms import Form, typed
from wushe.web.common.templatetags.wushe import label
from wushe.web.desk.organisations.forms import DayForm, DeregistrationForm, RegistrationForm, WithPaper
from wushe.web.desk.organisations.reading import visible_organisation
from wushe.web.desk.organisations.stepping import take_step

Take = Callable[[Organisation, dict[str, Any]], Organisation]


@permission(Permission.BEGIN_PREPARING)
def begin_preparing(request: Any, number: str) -> HttpResponse:
    """A group of people has begun to prepare an organisation."""
    form = DayForm(typed(request), request.FILES or None, initial={"day": request.on})

    def take(row: Organisation, given: dict[str, Any]) -> Organisation:
        return actions.begin_preparing(
            organisation=row, preparing_on=given["day"], document=given["document"], scan=form.scanned(), by=request.user, at=request.at
        )

    return _step(request, visible_organisation(request, number), "begin_preparing", form, take)


@permission(Permission.RECORD_FILING)
def record_filing(request: Any, number: str) -> HttpResponse:
    """An organisation was filed before filings were done here."""
    row = visible_organisation(request, number)
    form = DayForm(typed(request), request.FILES or None)

    def take(row: Organisation, given: dict[str, Any]) -> Organisation:
        return actions.record_filing(
            organisation=row, filed_on=given["day"], document=given["document"], scan=form.scanned(), by=request.user, at=request.at
        )

    steps = " → ".join(label(stage) for stage in policy_for(row.region, request.on).procedure("filing"))
    explanation = _("For filings of earlier years. New ones go through the application: %(steps)s.") % {"steps": steps}
    return _step(request, row, "record_filing", form, take, explanation=explanation)


@permission(Permission.RENEW_FILING)
def renew_filing(request: Any, number: str) -> HttpResponse:
    """A filing holds for another period."""
    form = WithPaper(typed(request), request.FILES or None)

    def take(row: Organisation, given: dict[str, Any]) -> Organisation:
        return actions.renew_filing(organisation=row, document=given["document"], scan=form.scanned(), by=request.user, at=request.at)

    return _step(request, visible_organisation(request, number), "renew_filing", form, take)


@permission(Permission.RECORD_REGISTRATION)
def record_registration(request: Any, number: str) -> HttpResponse:
    """The registration authority has made the organisation a legal person."""
    form = RegistrationForm(typed(request), request.FILES or None)

    def take(row: Organisation, given: dict[str, Any]) -> Organisation:
        return actions.record_registration(
            organisation=row,
            registered_on=given["day"],
            uscc=given["uscc"],
            document=given["document"],
            scan=form.scanned(),
            by=request.user,
            at=request.at,
        )

    return _step(request, visible_organisation(request, number), "record_registration", form, take)


@permission(Permission.DEREGISTER_ORGANISATION)
def deregister_organisation(request: Any, number: str) -> HttpResponse:
    """An organisation is over."""
    form = DeregistrationForm(typed(request), request.FILES or None, initial={"day": request.on})

    def take(row: Organisation, given: dict[str, Any]) -> Organisation:
        return actions.deregister_organisation(
            organisation=row,
            deregistered_on=given["day"],
            reason=given["reason"],
            document=given["document"],
            scan=form.scanned(),
            by=request.user,
            at=request.at,
        )

    explanation = _("From that day it counts nowhere. Its entry and its history stay.")
    return _step(request, visible_organisation(request, number), "deregister_organisation", form, take, explanation=explanation)


def _step(request: Any, row: Organisation, step: str, form: Form, take: Take, *, explanation: str = "") -> HttpResponse:
    require_open(request, allowed, TRANSITIONS, step, state=state_of(row, request.on))
    return take_step(request, row, step, form, lambda: take(row, form.cleaned_data), explanation=explanation)
