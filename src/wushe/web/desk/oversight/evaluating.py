from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushe.oversight import actions as oversight
from wushe.oversight.models import Evaluation
from wushe.oversight.permissions import Permission
from wushe.oversight.queries import computed_items, living_evaluation, report_of, satisfaction_of, sees_evidence
from wushe.policies.queries import policy_for
from wushe.projects.models import Project
from wushe.projects.permissions import Permission as Projects
from wushe.projects.queries import project_by_number
from wushe.projects.states import Step
from wushe.services.queries import progress_of
from wushe.web.common.access import permission, require_here
from wushe.web.common.forms import attempt, typed
from wushe.web.desk.oversight.forms import AcceptanceForm, AppointEvaluatorForm, ConflictForm, EvaluationForm
from wushe.web.desk.oversight.report import as_docx, as_pdf
from wushe.web.desk.projects.finding import own_project


@permission(Permission.APPOINT_EVALUATOR)
def appoint_evaluator(request: Any, number: str) -> HttpResponse:
    """Choose the third party."""
    project = own_project(request, number)
    form = AppointEvaluatorForm(typed(request))
    if request.method == "POST" and form.is_valid():
        evaluator = form.cleaned_data["evaluator"]
        done = attempt(
            form, lambda: oversight.appoint_evaluator(project_id=project.pk, evaluator=evaluator, by=request.user, at=request.at)
        )
        if done is not None:
            messages.success(request, _("%(name)s is asked to evaluate.") % {"name": evaluator.name})
            return redirect("desk:projects:detail", number)
    context = {"form": form, "project": project, "title": _("Appoint the evaluator"), "submit": _("Appoint the evaluator")}
    return render(request, "desk/delivery/form.html", context, status=422 if form.errors else 200)


@permission(Permission.EVALUATE_PROJECT)
def declare_conflict(request: Any, number: str) -> HttpResponse:
    """Declare, as the evaluator, whether there is a conflict of interest."""
    project, _evaluation = _appointed(request, number)
    form = ConflictForm(typed(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = attempt(form, lambda: oversight.declare_conflict(project_id=project.pk, by=request.user, at=request.at, **data))
        if done is not None:
            return redirect("desk:projects:detail" if done.has_conflict else "desk:oversight:evaluate-project", number)
    context = {
        "form": form,
        "project": project,
        "title": _("Declare conflicts of interest"),
        "explanation": _("Only an evaluator who is independent of purchaser, agency and town may evaluate."),
        "submit": _("Declare"),
    }
    return render(request, "desk/delivery/form.html", context, status=422 if form.errors else 200)


@permission(Permission.EVALUATE_PROJECT)
def evaluate_project(request: Any, number: str) -> HttpResponse:
    """Fill in the judged items; computed items stand beside them with their numbers."""
    project, evaluation = _appointed(request, number)
    if evaluation is not None and evaluation.has_conflict is None:
        return redirect("desk:oversight:declare-conflict", number)
    policy = policy_for(project.region, request.on)
    rubric = policy.rubric("evaluation")
    form = EvaluationForm(typed(request), request.FILES or None, rubric=rubric)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: oversight.evaluate_project(project_id=project.pk, draft=form.to_draft(), by=request.user, at=request.at),
        )
        if done is not None:
            messages.success(
                request, _("The report %(number)s is handed in: %(score)s points.") % {"number": done.number, "score": done.score}
            )
            return redirect("desk:oversight:report", number)
    rows = {row["item"].code: row for row in form.rows()}
    context = {
        "form": form,
        "project": project,
        "rubric": rubric,
        "rows": rows,
        "computed": computed_items(project, rubric, request.on),
        "heard": satisfaction_of(project, policy),
        "progress": progress_of(project, request.on),
    }
    return render(request, "desk/oversight/evaluate_project.html", context, status=422 if form.errors else 200)


@permission(Projects.VIEW_PROJECT)
def report(request: Any, number: str) -> HttpResponse:
    """The evaluation report as it was handed in, on screen, as PDF or as DOCX: the same data."""
    project = project_by_number(number, user=request.user, at=request.at)
    handed_in = project.evaluations.filter(superseded_at__isnull=True, submitted_at__isnull=False)
    evaluation = handed_in.select_related("evaluator", "submitted_by", "project__region", "project__agreement__agency").first()
    context = {
        "project": project,
        "report": report_of(evaluation, request.on) if evaluation else None,
        "sees_evidence": sees_evidence(request.user, project, request.on),
        "request": request,
    }
    wanted = request.GET.get("format")
    if wanted == "pdf":
        return as_pdf(context)
    if wanted == "docx":
        return as_docx(context)
    return render(request, "desk/oversight/report.html", context)


@permission(Permission.ACCEPT_PROJECT)
def accept_project(request: Any, number: str) -> HttpResponse:
    """Accept the work, or send it back."""
    project = own_project(request, number, step=Step.ACCEPT_PROJECT)
    form = AcceptanceForm(typed(request))
    if request.method == "POST" and form.is_valid() and (outcome := form.decision("accept", "refuse")):
        opinion = form.cleaned_data["opinion"]
        if outcome == "refuse":
            sent_back = attempt(
                form, lambda: oversight.refuse_acceptance(project_id=project.pk, reason=opinion, by=request.user, at=request.at)
            )
            if sent_back is not None:
                messages.success(request, _("The work is sent back to the agency."))
                return redirect("desk:projects:detail", number)
        else:
            done = attempt(form, lambda: oversight.accept_project(project_id=project.pk, opinion=opinion, by=request.user, at=request.at))
            if done is not None:
                messages.success(
                    request, _("The project is accepted. The last tranche is free, and the residents are asked for their verdict.")
                )
                return redirect("desk:projects:detail", number)
    policy = policy_for(project.region, request.on)
    context = {
        "form": form,
        "project": project,
        "evaluation": living_evaluation(project),
        "heard": satisfaction_of(project, policy),
        "minimum": policy.require("satisfaction.minimum_answers"),
        "progress": progress_of(project, request.on),
    }
    return render(request, "desk/oversight/accept_project.html", context, status=422 if form.errors else 200)


def _appointed(request: Any, number: str) -> tuple[Project, Evaluation | None]:
    """A project with its evaluation, for the evaluator that was appointed. Raises NotFound, NotPermitted."""
    project = project_by_number(number, user=request.user, at=request.at)
    evaluation = living_evaluation(project)
    require_here(request, body_id=evaluation.evaluator_id if evaluation is not None else None)
    return project, evaluation
