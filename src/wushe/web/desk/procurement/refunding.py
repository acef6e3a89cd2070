"""Money that the agency was paid and did not spend: recorded by finance, approved by the county."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushe.kernel.errors import NotFound
from wushe.ledger.queries import project_money
from wushe.projects import actions as projects
from wushe.projects.models import Project, Refund
from wushe.projects.permissions import Permission
from wushe.projects.queries import judging_fits, refund_fits
from wushe.web.common.access import permission, require_open
from wushe.web.common.forms import attempt, try_or_say, typed
from wushe.web.desk.procurement.forms import ReasonForm, RefundForm
from wushe.web.desk.projects.finding import own_project


@permission(Permission.RECORD_REFUND)
def record_refund(request: Any, number: str) -> HttpResponse:
    """Record what came back after the end of a project."""
    project = own_project(request, number)
    require_open(request, refund_fits, project, request.at)
    form = RefundForm(typed(request), request.FILES or None, funds=project_money(project.number), initial={"refunded_on": request.on})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: projects.record_refund(project_id=project.pk, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("%(number)s is recorded. The county is asked to approve it.") % {"number": done.number})
            return redirect("desk:procurement:payments", number)
    context = {
        "form": form,
        "project": project,
        "title": _("Record unspent money given back"),
        "explanation": _(
            "What the agency was paid and did not spend goes back to its source. It is booked when the county has approved it."
        ),
        "submit": _("Record the money given back"),
        "with_files": True,
    }
    return render(request, "desk/delivery/form.html", context, status=422 if form.errors else 200)


@permission(Permission.APPROVE_REFUND)
@require_POST
def approve_refund(request: Any, number: str, refund: str) -> HttpResponse:
    """Approve what was recorded: the source has the money again."""
    project = own_project(request, number)
    found = _refund(project, refund)
    if try_or_say(request, lambda: projects.approve_refund(refund_id=found.pk, by=request.user, at=request.at)) is not None:
        messages.success(request, _("The money is back at its source and can be committed anew."))
    return redirect("desk:procurement:payments", number)


@permission(Permission.APPROVE_REFUND)
def refuse_refund(request: Any, number: str, refund: str) -> HttpResponse:
    """Refuse what was recorded, with the reason."""
    project = own_project(request, number)
    found = _refund(project, refund)
    require_open(request, judging_fits, project, found, "refuse_refund", request.at)
    form = ReasonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(form, lambda: projects.refuse_refund(refund_id=found.pk, reason=reason, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("%(number)s is refused; nothing is booked.") % {"number": done.number})
            return redirect("desk:procurement:payments", number)
    title = _("Refuse %(number)s: %(amount)s yuan given back") % {"number": found.number, "amount": f"{found.amount:,.2f}"}
    context = {"form": form, "project": project, "title": title, "submit": _("Refuse")}
    return render(request, "desk/delivery/form.html", context, status=422 if form.errors else 200)


def _refund(project: Project, number: str) -> Refund:
    found = Refund.objects.filter(project=project, number=number).first()
    if found is None:
        raise NotFound(kind="refund", number=number)
    return found
