from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushe.kernel.errors import NotFound
from wushe.policies.queries import ProcedureStep, policy_for
from wushe.projects import actions as projects
from wushe.projects.models import Project
from wushe.projects.permissions import Permission
from wushe.projects.queries import added_steps, project_by_number, require_actor
from wushe.web.common import words
from wushe.web.common.access import permission, require_here, signed_in
from wushe.web.common.forms import attempt, typed
from wushe.web.common.templatetags.wushe import label
from wushe.web.desk.projects.forms import ReasonForm, StepForm


@signed_in
def complete_step(request: Any, number: str, code: str) -> HttpResponse:
    """Do a step that the place has added, with what was done; the step itself says who may."""
    project, step = _step(request, number, code)
    require_actor(request.user, step, project, request.on)
    form = StepForm(typed(request))
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        done = attempt(form, lambda: projects.complete_step(project_id=project.pk, code=code, text=text, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The step is done."))
            return redirect("desk:projects:detail", number)
    return _page(request, project, step, form, title=label(step), submit=_("Record as done"))


@permission(Permission.WAIVE_STEP)
def waive_step(request: Any, number: str, code: str) -> HttpResponse:
    """Let the project go on without an added step, with the reason on record."""
    project, step = _step(request, number, code)
    require_here(request, region=project.region)
    form = ReasonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(form, lambda: projects.waive_step(project_id=project.pk, code=code, reason=reason, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The step is waived. Town and agency read your reason."))
            return redirect("desk:projects:detail", number)
    return _page(request, project, step, form, title=f"{words.step('waive_step')} · {label(step)}", submit=words.step("waive_step"))


def _step(request: Any, number: str, code: str) -> tuple[Project, ProcedureStep]:
    project = project_by_number(number, user=request.user, at=request.at)
    policy = policy_for(project.region, request.on)
    step = next((each.step for each in added_steps(policy) if each.step.code == code), None)
    if step is None:
        raise NotFound(kind="step", number=code)
    return project, step


def _page(request: Any, project: Project, step: ProcedureStep, form: Any, *, title: str, submit: str) -> HttpResponse:
    explanation = _("%(ends)s (%(source)s).") % {"ends": label(step.ends), "source": words.source(step.source)}
    context = {"form": form, "project": project, "title": title, "explanation": explanation, "submit": submit}
    return render(request, "desk/delivery/form.html", context, status=422 if form.errors else 200)
