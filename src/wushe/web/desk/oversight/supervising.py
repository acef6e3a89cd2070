from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushe.kernel.errors import NotFound
from wushe.oversight import actions as oversight
from wushe.oversight.models import Supervision
from wushe.oversight.permissions import Permission
from wushe.oversight.queries import second_look_fits, sees_evidence, supervision_by_number, supervision_fits, waiver_fits
from wushe.policies.queries import policy_for
from wushe.projects.models import Project
from wushe.projects.permissions import Permission as Projects
from wushe.projects.queries import project_by_number, tranches_held_back
from wushe.web.common.access import permission, require_open
from wushe.web.common.forms import attempt, typed
from wushe.web.desk.oversight.forms import AnswerFindingsForm, SupervisionForm, WaiverForm
from wushe.web.desk.projects.finding import own_project


@permission(Permission.SUPERVISE_PROJECT)
def supervise_project(request: Any, number: str) -> HttpResponse:
    """Hold the first look of a mid-term supervision."""
    project = own_project(request, number)
    require_open(request, supervision_fits, project, request.at)
    return _look(request, project, None)


@permission(Permission.SUPERVISE_PROJECT)
def hold_second_look(request: Any, number: str, look: str) -> HttpResponse:
    """Look again after the corrections."""
    project = own_project(request, number)
    first = _found(project, look)
    require_open(request, second_look_fits, project, first, request.at)
    return _look(request, project, first)


@permission(Permission.WAIVE_SUPERVISION)
def waive_supervision(request: Any, number: str) -> HttpResponse:
    """Let the project go on without it, with the reason on record."""
    project = own_project(request, number)
    require_open(request, waiver_fits, project, request.at)
    form = WaiverForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(form, lambda: oversight.waive_supervision(project_id=project.pk, reason=reason, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The supervision is waived. Your reason is on record."))
            return redirect("desk:projects:detail", number)
    explanation = _(
        "The tranche that waits for the supervision becomes free, and the reason is published. Whoever waives does not accept the project."
    )
    title = _("Waive the mid-term supervision")
    context = {"form": form, "project": project, "title": title, "explanation": explanation, "submit": title}
    return render(request, "desk/delivery/form.html", context, status=422 if form.errors else 200)


@permission(Projects.VIEW_PROJECT)
def supervision(request: Any, number: str, look: str) -> HttpResponse:
    """One look, item by item, with what shows it; for those who see the project's evidence."""
    project = project_by_number(number, user=request.user, at=request.at)
    if not sees_evidence(request.user, project, request.on):
        raise NotFound(kind="supervision", number=look)
    found = supervision_by_number(project, look)
    names = {item.code: item for item in policy_for(project.region, found.held_on).checklist("supervision")}
    items = [{"mark": mark, "name": names.get(mark.item)} for mark in found.marks.all()]
    return render(request, "desk/oversight/supervision.html", {"project": project, "look": found, "items": items})


@permission(Permission.ANSWER_FINDINGS)
def answer_findings(request: Any, number: str, look: str) -> HttpResponse:
    """Say, as the agency, how each finding was corrected."""
    project = own_project(request, number)
    first = _found(project, look)
    form = AnswerFindingsForm(typed(request), findings=first.findings.filter(answered_at__isnull=True).order_by("pk"))
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form, lambda: oversight.answer_findings(supervision_id=first.pk, answers=form.answers(), by=request.user, at=request.at)
        )
        if done is not None:
            messages.success(request, _("Your answers are on record and the county is told."))
            return redirect("desk:projects:detail", number)
    context = {"form": form, "project": project, "title": _("Correct the findings"), "submit": _("Hand in the corrections")}
    return render(request, "desk/delivery/form.html", context, status=422 if form.errors else 200)


def _found(project: Project, look: str) -> Supervision:
    found = project.supervisions.filter(number=look).first()
    if found is None:
        raise NotFound(kind="supervision", number=look)
    return found


def _look(request: Any, project: Project, first: Supervision | None) -> HttpResponse:
    policy = policy_for(project.region, request.on)
    days = policy.require("supervision.correction_days")
    initial = {"held_on": request.on, "correct_by": request.on + timedelta(days=int(days.value))}
    form = SupervisionForm(typed(request), request.FILES or None, items=policy.checklist("supervision"), initial=initial)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: _hold(request, project, first, form))
        if done is not None:
            messages.success(request, _told(project, done))
            return redirect("desk:projects:detail", project.number)
    context = {
        "form": form,
        "project": project,
        "first": first,
        "pass_mark": policy.require("supervision.pass_mark"),
        "origin": policy.origin("checklists", "supervision"),
    }
    return render(request, "desk/oversight/supervise_project.html", context, status=422 if form.errors else 200)


def _told(project: Project, look: Supervision) -> str:
    """What the look does to the money, tranche by tranche: what is asked for, and what waits for something else, it leaves alone."""
    if look.passed:
        return _("The look is passed with %(score)s points. What waited for it is free.") % {"score": look.score}
    held = tranches_held_back(project)
    if not held:
        return _("The look fails with %(score)s points. No tranche is held back: each is asked for, paid, or waits for something else.") % {
            "score": look.score
        }
    said = _("The look fails with %(score)s points. Held back until a second look is passed: tranche %(tranches)s.")
    return said % {"score": look.score, "tranches": _(", ").join(map(str, held))}


def _hold(request: Any, project: Project, first: Supervision | None, form: SupervisionForm) -> Supervision:
    draft = form.to_draft()
    if first is None:
        return oversight.supervise_project(project_id=project.pk, draft=draft, by=request.user, at=request.at)
    return oversight.hold_second_look(supervision_id=first.pk, draft=draft, by=request.user, at=request.at)
