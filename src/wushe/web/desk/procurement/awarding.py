from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushe.kernel.errors import NotFound
from wushe.projects import actions as projects
from wushe.projects.models import Objection, Project
from wushe.projects.permissions import Permission
from wushe.projects.queries import (
    award_fits,
    experts_of,
    living_award,
    living_tender,
    objection_fits,
    project_by_number,
    ranking,
    score_table,
)
from wushe.web.common.access import permission, require_open
from wushe.web.common.forms import attempt, typed
from wushe.web.common.templatetags.wushe import moment
from wushe.web.desk.procurement.bidding import own_agency
from wushe.web.desk.procurement.forms import AnswerForm, AwardForm, TextForm
from wushe.web.desk.projects.finding import own_project


@permission(Permission.AWARD_TENDER)
def award_tender(request: Any, number: str) -> HttpResponse:
    """Confirm the ranking, with reasons."""
    project = own_project(request, number)
    require_open(request, award_fits, project, request.at)
    tender = living_tender(project)
    if tender is None:
        raise NotFound(kind="tender", number=number)
    # a panel that still has a seat to fill or a sheet to wait for is not looked into
    table = score_table(tender, request.on)
    rows = ranking(tender) if table else []
    form = AwardForm(typed(request), rows=rows, initial={"bid": str(rows[0].bid.pk) if rows else ""})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: projects.award_tender(project_id=project.pk, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The award notice %(number)s is published.") % {"number": done.number})
            return redirect("desk:projects:detail", number)
    context = {
        "form": form,
        "project": project,
        "tender": tender,
        "rows": rows,
        "experts": experts_of(tender),
        "table": table,
    }
    return render(request, "desk/procurement/award_tender.html", context, status=422 if form.errors else 200)


@permission(Permission.ANSWER_OBJECTION)
def objections(request: Any, number: str) -> HttpResponse:
    """The objections to the award."""
    project = own_project(request, number)
    rows = Objection.objects.filter(award__tender__project=project).select_related("agency").order_by("raised_at")
    return render(request, "desk/procurement/objections.html", {"project": project, "rows": rows})


@permission(Permission.RAISE_OBJECTION)
def raise_objection(request: Any, number: str) -> HttpResponse:
    """Challenge the award, as a bidder."""
    project = project_by_number(number, user=request.user, at=request.at)
    agency = own_agency(request)
    require_open(request, objection_fits, project, agency, request.at)
    form = TextForm(typed(request))
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        done = attempt(
            form, lambda: projects.raise_objection(project_id=project.pk, agency=agency, text=text, by=request.user, at=request.at)
        )
        if done is not None:
            messages.success(request, _("Your objection %(number)s is on record.") % {"number": done.number})
            return redirect("desk:projects:detail", number)
    until = _until(project)
    explanation = _("The agreement waits for the answer. Objections are accepted until %(until)s.") % {"until": until} if until else ""
    context = {
        "form": form,
        "project": project,
        "title": _("Object to the award"),
        "explanation": explanation,
        "submit": _("Hand in the objection"),
    }
    return render(request, "desk/delivery/form.html", context, status=422 if form.errors else 200)


@permission(Permission.ANSWER_OBJECTION)
def answer_objection(request: Any, number: str, objection: str) -> HttpResponse:
    """Answer a bidder's challenge."""
    project = own_project(request, number)
    found = Objection.objects.filter(award__tender__project=project, number=objection).select_related("agency").first()
    if found is None:
        raise NotFound(kind="objection", number=objection)
    form = AnswerForm(typed(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = attempt(form, lambda: projects.answer_objection(objection_id=found.pk, by=request.user, at=request.at, **data))
        if done is not None:
            messages.success(request, _("The bidder is told."))
            return redirect("desk:projects:detail", number)
    context = {
        "form": form,
        "project": project,
        "title": _("Answer the objection of %(agency)s") % {"agency": found.agency.name},
        "explanation": found.text,
        "submit": _("Hand in the answer"),
    }
    return render(request, "desk/delivery/form.html", context, status=422 if form.errors else 200)


def _until(project: Project) -> str:
    tender = living_tender(project)
    award = living_award(tender) if tender else None
    return moment(award.objections_until) if award else ""
