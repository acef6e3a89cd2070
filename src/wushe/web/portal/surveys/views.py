from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from wushe.surveys.actions import answer_survey as answer
from wushe.surveys.queries import invitation_to_answer
from wushe.web.common.access import public
from wushe.web.common.forms import attempt, typed
from wushe.web.common.survey_form import AnswerSurveyForm


@public
@never_cache
def answer_survey(request: Any, token: str) -> HttpResponse:
    """The questions of an invitation, and its one answer."""
    survey = invitation_to_answer(token, request.at).survey
    form = AnswerSurveyForm(typed(request), survey=survey)
    sent = request.method == "POST"
    if sent and form.is_valid() and attempt(form, lambda: answer(token=token, draft=form.to_draft(), at=request.at)):
        return redirect("surveys:thanks")
    return render(request, "portal/surveys/answer_survey.html", {"survey": survey, "form": form}, status=422 if sent else 200)


@public
def thanks(request: HttpRequest) -> HttpResponse:
    """After the answer."""
    return render(request, "portal/surveys/thanks.html")
