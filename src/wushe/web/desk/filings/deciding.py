from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushe.kernel.steps import allowed
from wushe.organisations import actions
from wushe.organisations.models import Filing
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import alike, filing_by_number, groups_like, masked_roster
from wushe.organisations.states import PROCEDURE, FilingState, Step
from wushe.web.common.access import permission, require_here, require_open
from wushe.web.common.forms import attempt, typed
from wushe.web.desk.filings.forms import OpinionForm, ReviewForm
from wushe.web.desk.filings.reading import context_of

OTHER_OUTCOMES = {"refuse": actions.refuse_filing, "return": actions.return_application}


@permission(Permission.REVIEW_APPLICATION)
def review_application(request: Any, number: str) -> HttpResponse:
    """The community passes an application on, or gives it back."""
    row = filing_by_number(number, user=request.user, at=request.at)
    require_here(request, region=row.region)
    require_open(request, allowed, PROCEDURE, Step.PASS_APPLICATION, state=row.state)
    form = _form(request, row)
    if request.method == "POST" and form.is_valid() and (outcome := form.decision("pass", "return")):
        given = form.cleaned_data
        arguments = {"filing_id": row.pk, "opinion": given["opinion"], "by": request.user, "at": request.at}
        if outcome == "return":
            done = attempt(form, lambda: actions.return_application(**arguments))
        else:
            done = attempt(form, lambda: actions.pass_application(**arguments, organisation=given.get("organisation")))
        if done is not None:
            messages.success(request, _("Your opinion is on record."))
            return redirect("desk:filings:detail", number)
    context = context_of(request, row) | {"form": form, "roster": masked_roster(row)}
    return render(request, "desk/filings/review_application.html", context, status=422 if form.errors else 200)


@permission(Permission.DECIDE_FILING)
def decide_filing(request: Any, number: str) -> HttpResponse:
    """The town files the organisation, or says in writing why not; without a review before, it may give the application back."""
    row = filing_by_number(number, user=request.user, at=request.at)
    require_here(request, region=row.region)
    require_open(request, allowed, PROCEDURE, Step.GRANT_FILING, state=row.state)
    form = _form(request, row) if row.state == FilingState.UNDECIDED else OpinionForm(typed(request))
    if request.method == "POST" and form.is_valid() and (outcome := form.decision("grant", *OTHER_OUTCOMES)):
        given = form.cleaned_data
        arguments = {"filing_id": row.pk, "opinion": given["opinion"], "by": request.user, "at": request.at}
        if outcome in OTHER_OUTCOMES:
            done = attempt(form, lambda: OTHER_OUTCOMES[outcome](**arguments))
        else:
            done = attempt(form, lambda: actions.grant_filing(**arguments, organisation=given.get("organisation")))
        if done is not None:
            messages.success(
                request, _("The application is with the founder again.") if outcome == "return" else _("The decision is on record.")
            )
            return redirect("desk:filings:detail", number)
    context = context_of(request, row) | {"form": form, "roster": masked_roster(row), "alike": alike([row])[row.pk]}
    return render(request, "desk/filings/decide_filing.html", context, status=422 if form.errors else 200)


def _form(request: Any, row: Filing) -> ReviewForm:
    """An opinion, and the record that the application belongs to: the group of the same name, until somebody says otherwise."""
    groups = groups_like(row, request.on)
    same = next((group for group in groups if group.name == row.name), None)
    return ReviewForm(typed(request), groups=groups, initial={"organisation": same})
