"""Plans, courses and sessions are made here."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wushe.accounts.queries import scope_of
from wushe.policies.queries import policy_for, policy_where
from wushe.web.common.access import permission, require_here, require_open
from wushe.web.common.forms import Form, attempt, typed
from wushe.web.desk.navigation import lead_back
from wushe.web.desk.training.forms import CourseCostForm, CourseForm, PlanForm, ReasonForm, SessionForm
from wushe.web.desk.training.reading import visible_course, visible_session
from wushe.workforce import actions
from wushe.workforce.permissions import Permission
from wushe.workforce.queries.training import CLASS_HOUR
from wushe.workforce.rules import refuse_cancelled


@permission(Permission.PLAN_TRAINING)
def plan_training(request: Any) -> HttpResponse:
    """Plan the training of a year."""
    scope = scope_of(request.user, Permission.PLAN_TRAINING, request.on)
    form = PlanForm(typed(request), scope=scope, initial={"year": request.on.year, "region": scope.only_place})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.plan_training(draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The plan is entered."))
            return redirect(reverse("desk:training:courses") + f"?year={done.year}")
    return filled(request, form, _("Plan the training of a year"), _("Enter the plan"), back=reverse("desk:training:courses"))


@permission(Permission.OPEN_COURSE)
def open_course(request: Any) -> HttpResponse:
    """Open a course."""
    scope = scope_of(request.user, Permission.OPEN_COURSE, request.on)
    kinds = policy_where(scope.regions, request.on).codes("training_kinds")
    form = CourseForm(typed(request), scope=scope, kinds=kinds, initial={"year": request.on.year, "region": scope.only_place})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.open_course(draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The course is open. Schedule its sessions."))
            return redirect("desk:training:course", done.number)
    return filled(request, form, _("Open a course"), _("Open the course"), back=reverse("desk:training:courses"))


@permission(Permission.RECORD_COURSE_COST)
def record_course_cost(request: Any, number: str) -> HttpResponse:
    """Enter what a course has cost so far."""
    course = visible_course(request, number)
    require_here(request, region=course.region)
    form = CourseCostForm(typed(request), initial={"cost": course.cost})
    if request.method == "POST" and form.is_valid():
        cost = form.cleaned_data["cost"]
        done = attempt(form, lambda: actions.record_course_cost(course=course, cost=cost, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The cost is entered; it stands beside the plan of the year."))
            return redirect("desk:training:course", number)
    back = reverse("desk:training:course", args=[number])
    return filled(request, form, _("Enter what it cost"), _("Enter the cost"), back=back, of=course.title)


@permission(Permission.SCHEDULE_SESSION)
def schedule_session(request: Any, number: str) -> HttpResponse:
    """Schedule a session of a course."""
    course = visible_course(request, number)
    require_here(request, region=course.region)
    class_hour = policy_for(course.region, request.on).require(CLASS_HOUR).value
    form = SessionForm(typed(request), class_hour=class_hour)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.schedule_session(course=course, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The session is scheduled."))
            return redirect("desk:training:session", done.number)
    back = reverse("desk:training:course", args=[number])
    return filled(request, form, _("Schedule a session"), _("Schedule the session"), back=back, of=course.title)


@permission(Permission.CANCEL_SESSION)
def cancel_session(request: Any, number: str) -> HttpResponse:
    """Cancel a session."""
    session = visible_session(request, number)
    require_here(request, region=session.course.region)
    require_open(request, refuse_cancelled, session)
    form = ReasonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(form, lambda: actions.cancel_session(session=session, reason=reason, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The session is cancelled."))
            return redirect("desk:training:course", session.course.number)
    back = reverse("desk:training:session", args=[number])
    return filled(request, form, _("Cancel the session"), _("Cancel the session"), back=back, of=session.course.title, final=True)


def filled(request: Any, form: Form, title: str, submit: str, *, back: str, of: str = "", final: bool = False) -> HttpResponse:
    """The one page of all plain forms about training."""
    lead_back(request, back, of)
    context = {"form": form, "title": title, "submit": submit, "back": back, "of": of, "is_final": final}
    return render(request, "desk/training/form.html", context, status=422 if form.errors else 200)
