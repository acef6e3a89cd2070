from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushe.organisations.queries import qualified_agencies
from wushe.policies.queries import policy_for
from wushe.projects import actions as projects
from wushe.projects.models import Project
from wushe.projects.permissions import Permission
from wushe.projects.queries import bidder_terms
from wushe.projects.states import Step
from wushe.web.common.access import permission
from wushe.web.common.forms import attempt, typed
from wushe.web.common.templatetags.wushe import label
from wushe.web.desk.projects.finding import own_project
from wushe.web.desk.projects.forms import PublishTenderForm, ReasonForm, moment_of

CLOSING_HOUR = 17


@permission(Permission.PUBLISH_TENDER)
def publish_tender(request: Any, number: str) -> HttpResponse:
    """Publish the tender: the earliest closing time is reckoned, and those who will be invited are shown."""
    project = own_project(request, number, step=Step.PUBLISH_TENDER)
    policy = policy_for(project.region, request.on)
    calendar = policy.calendar()
    notice = int(policy.require("tender.notice_working_days").value)
    methods = []
    for code in policy.codes("tender_methods"):
        working = int(code.extra.get("notice_working_days", notice))
        earliest = max(calendar.add(request.on, working), request.on + timedelta(days=int(code.extra.get("notice_days", 0))))
        methods.append({"code": code, "working": working, "earliest": earliest})
    initial = {
        "method": methods[0]["code"].code,
        "closes_at": moment_of(methods[0]["earliest"], CLOSING_HOUR),
        "eligibility": "\n".join(label(item) for item in policy.qualifications()),
    }
    form = PublishTenderForm(typed(request), request.FILES or None, policy=policy, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: projects.publish_tender(project_id=project.pk, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The tender %(number)s is published and the agencies are invited.") % {"number": done.number})
            return redirect("desk:projects:detail", number)
    agencies = qualified_agencies(project.region.city or project.region, request.on, **bidder_terms(policy))
    context = {"form": form, "project": project, "methods": methods, "agencies": agencies, "criteria": policy.criteria()}
    return render(request, "desk/projects/publish_tender.html", context, status=422 if form.errors else 200)


@permission(Permission.CANCEL_TENDER)
def cancel_tender(request: Any, number: str) -> HttpResponse:
    """End the tender without an award."""
    text = _("All bids end with the tender, and every invited agency reads your reason. The project can be published again.")
    project = own_project(request, number, step=Step.CANCEL_TENDER)
    return _with_reason(request, project, projects.cancel_tender, _("Cancel the tender"), text)


@permission(Permission.TERMINATE_PROJECT)
def terminate_project(request: Any, number: str) -> HttpResponse:
    """End the project before its time."""
    text = _(
        "The project ends for good and its needs are free for another one. A running tender is cancelled with your reason; of the money, only payments that are approved already are still made. This cannot be undone."
    )
    project = own_project(request, number, step=Step.TERMINATE_PROJECT)
    return _with_reason(request, project, projects.terminate_project, _("Terminate the project"), text)


def _with_reason(request: Any, project: Project, action: Any, title: str, explanation: str) -> HttpResponse:
    form = ReasonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: action(project_id=project.pk, reason=reason, by=request.user, at=request.at)) is not None:
            return redirect("desk:projects:detail", project.number)
    context = {"form": form, "project": project, "title": title, "explanation": explanation, "submit": title}
    return render(request, "desk/delivery/form.html", context, status=422 if form.errors else 200)
