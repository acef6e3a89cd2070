from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushe.kernel.receipts import spaced_code
from wushe.kernel.steps import allowed
from wushe.organisations import actions
from wushe.organisations.actions import ApplicationDraft
from wushe.organisations.models import Filing
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import filing_by_number, papers_of, returned_line
from wushe.organisations.states import PROCEDURE, Step
from wushe.policies.queries import policy_for, policy_where
from wushe.regions.models import Level
from wushe.web.common import words
from wushe.web.common.access import permission, require_here, require_open, step_scope
from wushe.web.common.filing_form import ApplicationForm, typed_of
from wushe.web.common.forms import attempt, typed
from wushe.web.desk.filings.forms import RecordApplicationForm

Write = Callable[[Filing, ApplicationDraft], Filing]


@permission(Permission.RECORD_APPLICATION)
def record_application(request: Any) -> HttpResponse:
    """Enter an application that was handed in on paper."""
    region = step_scope(request).common_place
    policy = policy_where([region], request.on)
    initial = {"place": region} if region.level == Level.COMMUNITY else {}
    form = RecordApplicationForm(typed(request), request.FILES or None, policy=policy, within=region, initial=initial)
    if request.method == "POST" and form.is_valid():
        draft = form.to_draft(form.cleaned_data["place"])
        done = attempt(form, lambda: actions.record_application(draft=draft, by=request.user, at=request.at))
        if done is not None:
            messages.success(
                request, _("The application is entered. Receipt code for the founder: %(code)s") % {"code": spaced_code(done.code)}
            )
            return redirect("desk:filings:detail", done.filing.number)
    context = {
        "form": form,
        "place": region,
        "title": words.step("record_application"),
        "conditions": policy.conditions("filing"),
        "stages": policy.procedure("filing"),
        "filing": None,
    }
    return render(request, "desk/filings/enter.html", context, status=422 if form.errors else 200)


@permission(Permission.RECORD_APPLICATION)
def correct_application(request: Any, number: str) -> HttpResponse:
    """Enter the corrections of a returned paper."""

    def write(row: Filing, draft: ApplicationDraft) -> Filing:
        return actions.correct_application(filing_id=row.pk, draft=draft, by=request.user, at=request.at)

    row = _visible(request, number)
    require_open(request, allowed, PROCEDURE, Step.CORRECT_APPLICATION, state=row.state)
    return _rewrite(request, row, words.step("correct_application"), write)


@permission(Permission.MEND_FILING)
def mend_filing(request: Any, number: str) -> HttpResponse:
    """Mend what the county has returned."""

    def write(row: Filing, draft: ApplicationDraft) -> Filing:
        return actions.mend_filing(filing_id=row.pk, draft=draft, by=request.user, at=request.at)

    row = _visible(request, number)
    require_open(request, returned_line, row)
    return _rewrite(request, row, words.step("mend_filing"), write)


def _visible(request: Any, number: str) -> Filing:
    row = filing_by_number(number, user=request.user, at=request.at)
    require_here(request, region=row.region)
    return row


def _rewrite(request: Any, row: Filing, title: str, write: Write) -> HttpResponse:
    policy = policy_for(row.region, request.on)
    form = ApplicationForm(typed(request), request.FILES or None, policy=policy, kept=papers_of(row), initial=typed_of(row))
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: write(row, form.to_draft(row.region)))
        if done is not None:
            messages.success(request, _("Saved."))
            return redirect("desk:filings:detail", row.number)
    context = {
        "form": form,
        "place": row.region,
        "title": title,
        "conditions": policy.conditions("filing"),
        "stages": policy.procedure("filing"),
        "filing": row,
    }
    return render(request, "desk/filings/enter.html", context, status=422 if form.errors else 200)
