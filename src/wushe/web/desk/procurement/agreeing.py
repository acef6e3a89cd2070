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
from wushe.policies.queries import Policy, policy_for
from wushe.projects import actions as projects
from wushe.projects.models import Agreement, Amendment, Project
from wushe.projects.permissions import Permission
from wushe.projects.queries import (
    AMENDABLE,
    agreement_fits,
    amendment_fits,
    living_award,
    living_tender,
    project_by_number,
    redrawing_fits,
    withdrawal_fits,
)
from wushe.web.common import words
from wushe.web.common.access import permission, require_open
from wushe.web.common.forms import attempt, try_or_say, typed
from wushe.web.desk.navigation import lead_back
from wushe.web.desk.procurement.forms import AgreementForm, AmendmentForm, RedrawForm, WithdrawForm
from wushe.web.desk.procurement.texts import in_force, signatures_on, text_of, void_signatures
from wushe.web.desk.projects.finding import own_project


@permission(Permission.DRAW_UP_AGREEMENT)
def draw_up_agreement(request: Any, number: str) -> HttpResponse:
    """Make the agreement out of the data; only tranches and dates are decided here."""
    project = own_project(request, number)
    require_open(request, agreement_fits, project, request.at)
    policy = policy_for(project.region, request.on)
    length = project.ends_on - project.starts_on
    starts = max(project.starts_on, request.on + timedelta(days=1))
    initial = {"starts_on": starts, "ends_on": starts + length}
    form = AgreementForm(typed(request), project=project, rules=policy.tranches(), initial=initial)
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
        **_clauses_at(policy),
    }
    return render(request, "desk/procurement/draw_up_agreement.html", context, status=422 if form.errors else 200)


@permission(Permission.DRAW_UP_AGREEMENT)
def redraw_agreement(request: Any, number: str) -> HttpResponse:
    """Correct an agreement that is not in force yet."""
    project = own_project(request, number)
    require_open(request, redrawing_fits, project, request.at)
    found = _agreement(project)
    initial = {"purchaser": found.purchaser_id, "starts_on": found.starts_on, "ends_on": found.ends_on}
    form = RedrawForm(typed(request), project=project, rules=list(found.tranches.order_by("number")), initial=initial)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(
            form,
            lambda: projects.redraw_agreement(project_id=project.pk, draft=form.to_draft(), reason=reason, by=request.user, at=request.at),
        )
        if done is not None:
            messages.success(request, _("The agreement %(number)s waits for both signatures.") % {"number": done.number})
            return redirect("desk:procurement:agreement", number)
    context = {"form": form, "project": project, "agreement": found, **_clauses_at(policy_for(project.region, request.on))}
    lead_back(request, reverse("desk:procurement:agreement", args=[number]), _("Agreement"))
    return render(request, "desk/procurement/redraw_agreement.html", context, status=422 if form.errors else 200)


@permission(Permission.VIEW_PROJECT)
def agreement(request: Any, number: str) -> HttpResponse:
    """The agreement on screen, or as PDF: the same text."""
    project = project_by_number(number, user=request.user, at=request.at)
    found = _agreement(project)
    versions = list(found.versions.order_by("version"))
    signed = found.amendments.select_related("purchaser_signed_by", "agency_signed_by", "withdrawn_by").order_by("sequence")
    amendments = [{"row": row, "signatures": signatures_on(row, versions[-1])} for row in signed]
    context = {
        "project": project,
        "agreement": found,
        **text_of(versions[-1], signatures_on(found, versions[-1])),
        "versions": versions,
        "amendments": amendments,
        "in_force": in_force(found, signed),
        "amendable": project.state in AMENDABLE,
        "pending": any(not row.is_signed and row.withdrawn_at is None for row in signed),
        # how and by whom the work is done is the agency's own business before its rivals
        "sees_plan": sees_evidence(request.user, project, request.on),
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
def agreement_version(request: Any, number: str, version: int) -> HttpResponse:
    """The agreement as it stood before it was drawn up again."""
    project = project_by_number(number, user=request.user, at=request.at)
    found = _agreement(project)
    following = found.versions.filter(version=version + 1).first()
    shown = found.versions.filter(version=version).first()
    if shown is None or following is None:
        raise NotFound(kind="agreement", number=f"{found.number} · {version}")
    context = {
        "project": project,
        "agreement": found,
        **text_of(shown, void_signatures(shown, following)),
        "following": following,
        "sees_plan": sees_evidence(request.user, project, request.on),
    }
    lead_back(request, reverse("desk:procurement:agreement", args=[number]), _("Agreement"))
    return render(request, "desk/procurement/agreement_version.html", context)


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
    project = own_project(request, number)
    require_open(request, amendment_fits, project, request.at)
    form = AmendmentForm(typed(request))
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: projects.amend_agreement(project_id=project.pk, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The amendment %(number)s waits for both signatures.") % {"number": done.number})
            return redirect("desk:procurement:agreement", number)
    limit = policy_for(project.region, request.on).require("agreement.amendment_max_percent")
    explanation = _("A supplement may raise the price by %(percent)s %% at most (%(document)s, %(article)s).") % {
        "percent": limit.value,
        "document": words.document(limit.source),
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
    found = _amendment(project, amendment)
    side = _side(request, found.agreement)
    done = try_or_say(request, lambda: projects.sign_amendment(amendment_id=found.pk, side=side, by=request.user, at=request.at))
    if done is not None:
        messages.success(request, _("The amendment is signed."))
    return redirect("desk:procurement:agreement", number)


@permission(Permission.AMEND_AGREEMENT)
def withdraw_amendment(request: Any, number: str, amendment: str) -> HttpResponse:
    """Take back an amendment that is not in force."""
    project = own_project(request, number)
    found = _amendment(project, amendment)
    require_open(request, withdrawal_fits, project, found, request.at)
    form = WithdrawForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(form, lambda: projects.withdraw_amendment(amendment_id=found.pk, reason=reason, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The amendment %(number)s is withdrawn. Both sides are told.") % {"number": done.number})
            return redirect("desk:procurement:agreement", number)
    title = _("Withdraw the amendment %(number)s") % {"number": found.number}
    explanation = _(
        "It stays on the agreement's page with your reason; a signature given so far is void. After that another amendment can be drawn up."
    )
    context = {"form": form, "project": project, "title": title, "explanation": explanation, "submit": _("Withdraw the amendment")}
    lead_back(request, reverse("desk:procurement:agreement", args=[number]), _("Agreement"))
    return render(request, "desk/delivery/form.html", context, status=422 if form.errors else 200)


def _clauses_at(policy: Policy) -> dict[str, Any]:
    clauses = [clause for clause in policy.codes("agreement_clauses") if not clause.retired]
    return {"clauses": clauses, "clauses_origin": policy.origin("codes", "agreement_clauses")}


def _amendment(project: Project, number: str) -> Amendment:
    found = Amendment.objects.filter(agreement__project=project, number=number).select_related("agreement__agency").first()
    if found is None:
        raise NotFound(kind="amendment", number=number)
    return found


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
