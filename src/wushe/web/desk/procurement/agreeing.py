from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from weasyprint import HTML

from wushe.accounts.queries import has_permission, scope_of
from wushe.kernel.errors import NotFound, NotPermitted
from wushe.oversight.queries import sees_evidence
from wushe.policies.queries import policy_for
from wushe.projects import actions as projects
from wushe.projects.models import Agreement, Amendment, Project
from wushe.projects.permissions import Permission
from wushe.projects.queries import living_award, living_tender, project_by_number
from wushe.web.common.access import permission
from wushe.web.common.forms import attempt, try_or_say
from wushe.web.desk.navigation import lead_back
from wushe.web.desk.procurement.capitals import in_capitals
from wushe.web.desk.procurement.forms import TRIGGERS, AgreementForm, AmendmentForm, RedrawForm


@permission(Permission.DRAW_UP_AGREEMENT)
def draw_up_agreement(request: Any, number: str) -> HttpResponse:
    """Make the agreement out of the data; only tranches and dates are decided here."""
    project = project_by_number(number, user=request.user, at=request.at)
    policy = policy_for(project.region, request.on)
    length = project.ends_on - project.starts_on
    starts = max(project.starts_on, request.on + timedelta(days=1))
    initial = {"starts_on": starts, "ends_on": starts + length}
    form = AgreementForm(request.POST or None, project=project, rules=policy.tranches(), initial=initial)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form, lambda: projects.draw_up_agreement(project_id=project.pk, draft=form.to_draft(), by=request.user, at=request.at)
        )
        if done is not None:
            messages.success(request, _("The agreement %(number)s waits for both signatures.") % {"number": done.number})
            return redirect("desk:procurement:agreement", number)
    tender = living_tender(project)
    context = {
        "form": form,
        "project": project,
        "award": living_award(tender) if tender else None,
        "origin": policy.origin("tranches"),
    }
    return render(request, "desk/procurement/draw_up_agreement.html", context, status=422 if form.errors else 200)


@permission(Permission.DRAW_UP_AGREEMENT)
def redraw_agreement(request: Any, number: str) -> HttpResponse:
    """Correct an agreement that is not in force yet."""
    project = project_by_number(number, user=request.user, at=request.at)
    found = _agreement(project)
    initial = {"purchaser": found.purchaser_id, "starts_on": found.starts_on, "ends_on": found.ends_on}
    form = RedrawForm(request.POST or None, project=project, rules=list(found.tranches.order_by("number")), initial=initial)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(
            form,
            lambda: projects.redraw_agreement(project_id=project.pk, draft=form.to_draft(), reason=reason, by=request.user, at=request.at),
        )
        if done is not None:
            messages.success(request, _("The agreement %(number)s waits for both signatures.") % {"number": done.number})
            return redirect("desk:procurement:agreement", number)
    context = {"form": form, "project": project, "agreement": found}
    lead_back(request, reverse("desk:procurement:agreement", args=[number]), _("Agreement"))
    return render(request, "desk/procurement/redraw_agreement.html", context, status=422 if form.errors else 200)


@permission(Permission.VIEW_PROJECT)
def agreement(request: Any, number: str) -> HttpResponse:
    """The agreement on screen, or as PDF: the same text."""
    project = project_by_number(number, user=request.user, at=request.at)
    found = _agreement(project)
    context = {
        "project": project,
        "agreement": found,
        "capitals": in_capitals(found.price),
        "tranches": [{"row": row, "trigger": TRIGGERS[row.trigger]} for row in found.tranches.order_by("number")],  # type: ignore[index]  # a code of the enum
        "amendments": found.amendments.select_related("purchaser_signed_by", "agency_signed_by").order_by("sequence"),
        # how and by whom the work is done is the agency's own business before its rivals
        "sees_plan": sees_evidence(request.user, project, request.on),
        "policy": policy_for(project.region, request.on),
        "side": _side(request, found),
        "request": request,
    }
    if request.GET.get("format") == "pdf":
        html = render_to_string("desk/procurement/agreement_print.html", context)
        response = HttpResponse(HTML(string=html).write_pdf(), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{found.number}.pdf"'
        return response
    return render(request, "desk/procurement/agreement.html", context)


@permission(Permission.VIEW_PROJECT)
@require_POST
def sign_agreement(request: Any, number: str) -> HttpResponse:
    """Sign for my side."""
    project = project_by_number(number, user=request.user, at=request.at)
    side = _side(request, _agreement(project))
    done = try_or_say(request, lambda: projects.sign_agreement(project_id=project.pk, side=side, by=request.user, at=request.at))
    if done is not None:
        messages.success(request, _("The agreement is in force.") if done.is_signed else _("Signed. The other side is asked to sign."))
    return redirect("desk:procurement:agreement", number)


@permission(Permission.AMEND_AGREEMENT)
def amend_agreement(request: Any, number: str) -> HttpResponse:
    """Draw up a numbered amendment."""
    project = project_by_number(number, user=request.user, at=request.at)
    form = AmendmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: projects.amend_agreement(project_id=project.pk, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The amendment %(number)s waits for both signatures.") % {"number": done.number})
            return redirect("desk:procurement:agreement", number)
    limit = policy_for(project.region, request.on).require("agreement.amendment_max_percent")
    explanation = _("A supplement may raise the price by %(percent)s %% at most (%(document)s, %(article)s).") % {
        "percent": limit.value,
        "document": limit.source.document,
        "article": limit.source.article,
    }
    context = {
        "form": form,
        "project": project,
        "title": _("Amend the agreement"),
        "explanation": explanation,
        "submit": _("Draw up the amendment"),
    }
    return render(request, "desk/delivery/form.html", context, status=422 if form.errors else 200)


@permission(Permission.VIEW_PROJECT)
@require_POST
def sign_amendment(request: Any, number: str, amendment: str) -> HttpResponse:
    """Sign an amendment for my side."""
    project = project_by_number(number, user=request.user, at=request.at)
    found = Amendment.objects.filter(agreement__project=project, number=amendment).select_related("agreement__agency").first()
    if found is None:
        raise NotFound(kind="amendment", number=amendment)
    side = _side(request, found.agreement)
    done = try_or_say(request, lambda: projects.sign_amendment(amendment_id=found.pk, side=side, by=request.user, at=request.at))
    if done is not None:
        messages.success(request, _("The amendment is signed."))
    return redirect("desk:procurement:agreement", number)


def _agreement(project: Project) -> Agreement:
    found = (
        Agreement.objects.filter(project=project)
        .select_related("agency__body", "purchaser", "award__tender", "purchaser_signed_by", "agency_signed_by")
        .first()
    )
    if found is None:
        raise NotFound(kind="agreement", number=project.number)
    return found


def _side(request: Any, found: Agreement) -> str:
    if found.agency.body_id in scope_of(request.user, Permission.SIGN_AS_AGENCY, request.on).body_ids:
        return "agency"
    if has_permission(request.user, Permission.SIGN_AS_PURCHASER, request.on):
        return "purchaser"
    if request.method == "POST":
        raise NotPermitted(permission=Permission.SIGN_AS_PURCHASER)
    return ""
