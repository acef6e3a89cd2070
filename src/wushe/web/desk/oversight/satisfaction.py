from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushe.oversight import actions as oversight
from wushe.oversight.permissions import Permission
from wushe.oversight.queries import found_survey, satisfaction_of, survey_of
from wushe.oversight.rules import ASKED_IN
from wushe.policies.queries import policy_for
from wushe.projects.queries import project_by_number
from wushe.surveys import actions as surveys
from wushe.surveys.permissions import Permission as Surveys
from wushe.surveys.queries import sheets_of
from wushe.surveys.rules import LOWEST, SCALE, kind_of
from wushe.web.common.access import permission, require_here
from wushe.web.common.forms import attempt, try_or_say, typed
from wushe.web.common.qr import qr_svg
from wushe.web.desk.oversight.forms import InvitationsForm, PaperAnswerForm, PaperForm
from wushe.web.desk.projects.finding import own_project

MOST_SHEETS = 200
LONGEST_SERIAL = 9


@permission(Permission.OPEN_SATISFACTION)
def open_satisfaction(request: Any, number: str) -> HttpResponse:
    """Ask the service users: make invitations, shown once as links and QR codes to print."""
    project = own_project(request, number)
    form = InvitationsForm(typed(request))
    sheets: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        tokens = attempt(
            form,
            lambda: oversight.open_satisfaction(
                project_id=project.pk, invitations=data["invitations"], group=data["group"], by=request.user, at=request.at
            ),
        )
        for token in tokens or []:
            address = request.build_absolute_uri(reverse("surveys:answer_survey", args=[token]))
            sheets.append({"address": address, "code": qr_svg(address)})
        if sheets:
            messages.success(request, _("The invitations are shown now and never again. Print this page or copy the links."))
    policy = policy_for(project.region, request.on)
    context = {
        "form": form,
        "project": project,
        "sheets": sheets,
        "paper": PaperForm(auto_id="paper_%s"),
        "heard": satisfaction_of(project, policy),
        "minimum": policy.require("satisfaction.minimum_answers"),
        "period": policy.require("satisfaction.open_days"),
        "survey": found_survey(project),
        "asks": project.state in ASKED_IN,
    }
    return render(request, "desk/oversight/open_satisfaction.html", context, status=422 if form.errors else 200)


@permission(Permission.OPEN_SATISFACTION)
@require_POST
def print_sheets(request: Any, number: str) -> HttpResponse:
    """Make paper sheets and lead to their print."""
    project = own_project(request, number)
    form = PaperForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Enter how many sheets, from 1 to 200."))
        return redirect("desk:oversight:open-satisfaction", number)
    given = form.cleaned_data
    made = try_or_say(request, lambda: oversight.print_sheets(project_id=project.pk, by=request.user, at=request.at, **given))
    if not made:
        return redirect("desk:oversight:open-satisfaction", number)
    return redirect(reverse("desk:oversight:sheets", args=[number]) + f"?first={made[0]}&last={made[-1]}")


@permission(Surveys.ENTER_PAPER_ANSWER)
def sheets(request: Any, number: str) -> HttpResponse:
    """The sheets to print, all or those from one number to another; those that came back are left out."""
    project = project_by_number(number, user=request.user, at=request.at)
    survey = survey_of(project)
    require_here(request, region=survey.region)
    rows = sheets_of(survey).filter(answered_at__isnull=True)
    first, last = (request.GET.get(name, "") for name in ("first", "last"))
    if first.isdecimal() and last.isdecimal() and max(len(first), len(last)) <= LONGEST_SERIAL:
        rows = rows.filter(serial__gte=int(first), serial__lte=int(last))
    chinese = (get_language() or "").startswith("zh")
    asked = [(kind_of(question) == SCALE, question["zh" if chinese else "en"]) for question in survey.questions]
    context = {
        "project": project,
        "survey": survey,
        "rows": rows[:MOST_SHEETS],
        "questions": asked,
        "has_words": any(not is_scale for is_scale, _text in asked),
        "marks": range(survey.highest, LOWEST - 1, -1),
        "highest": survey.highest,
    }
    return render(request, "desk/oversight/sheets.html", context)


@permission(Surveys.ENTER_PAPER_ANSWER)
def enter_paper_answer(request: Any, number: str) -> HttpResponse:
    """Type what stands on a sheet; the next one follows."""
    project = project_by_number(number, user=request.user, at=request.at)
    survey = survey_of(project)
    require_here(request, region=survey.region)
    form = PaperAnswerForm(typed(request), survey=survey)
    if request.method == "POST" and form.is_valid():
        serial = form.cleaned_data["serial"]
        done = attempt(
            form, lambda: surveys.enter_paper_answer(survey=survey, serial=serial, draft=form.to_draft(), by=request.user, at=request.at)
        )
        if done is not None:
            messages.success(request, _("Sheet %(serial)s is entered.") % {"serial": serial})
            return redirect("desk:oversight:enter-paper-answer", number)
    rows = sheets_of(survey)
    context = {
        "form": form,
        "project": project,
        "survey": survey,
        "made": rows.count(),
        "entered": rows.filter(answered_at__isnull=False).count(),
    }
    return render(request, "desk/oversight/enter_paper_answer.html", context, status=422 if form.errors else 200)
