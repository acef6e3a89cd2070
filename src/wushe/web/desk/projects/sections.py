"""What the sections of a project's page need, from the request, the project and its policy. A part of the desk that has a section adds a function here and a template in `sections/`."""

from collections.abc import Callable
from typing import Any

from wushe.accounts.queries import scope_of
from wushe.ledger.queries import project_money
from wushe.oversight.queries import living_evaluation, satisfaction_of, sees_evidence, supervisions_of
from wushe.policies.queries import Policy
from wushe.projects.models import Project, TrancheState
from wushe.projects.permissions import Permission
from wushe.projects.queries import bids_of, experts_of, last_review, living_award, living_tender, needs_of, published_projects
from wushe.projects.states import ProjectState
from wushe.reports.models import Release
from wushe.services.queries import progress_of, star_of

Section = Callable[[Any, Project, Policy], dict[str, Any]]
BEFORE_DELIVERY = frozenset(
    {
        ProjectState.DRAFT,
        ProjectState.UNDER_REVIEW,
        ProjectState.APPROVED,
        ProjectState.TENDERING,
        ProjectState.SCORING,
        ProjectState.AWARDED,
        ProjectState.CONTRACTED,
    }
)


def design(_request: Any, project: Project, policy: Policy) -> dict[str, Any]:
    """Needs, budget lines, indicators, the last review."""
    return {
        "needs": needs_of(project),
        "budget_lines": project.budget_lines.order_by("position"),
        "indicators": project.indicators.order_by("position"),
        "review": last_review(project),
        "categories": {code.code: code for code in policy.codes("budget_categories")},
        "service_field": next((code for code in policy.codes("service_fields") if code.code == project.field), None),
    }


def tender(request: Any, project: Project, _policy: Policy) -> dict[str, Any]:
    """The tender with panel, bids that are open, award and objections."""
    found = living_tender(project)
    if found is None:
        return {"tender": None}
    award = living_award(found)
    mine = scope_of(request.user, Permission.SUBMIT_BID, request.on).body_ids
    return {
        "tender": found,
        "own_bid": found.bids.filter(agency__body__in=mine, withdrawn_at__isnull=True).first() if mine else None,
        "experts": experts_of(found),
        "bids": bids_of(found),
        "award": award,
        "disqualified": found.bids.filter(disqualified_at__isnull=False).select_related("agency").order_by("number") if award else [],
        "objections": award.objections.select_related("agency__body") if award else [],
    }


def money(request: Any, project: Project, _policy: Policy) -> dict[str, Any]:
    """Agreement, tranches, sources, expenses."""
    agreement = getattr(project, "agreement", None)
    tranches = agreement.tranches.order_by("number").select_related("payment") if agreement else []
    return {
        "agreement": agreement,
        "tranches": tranches,
        "paid": TrancheState.PAID,
        "funds": project_money(project.number),
        # what an agency spends on whom is no business of its rivals
        "expenses": project.expenses.order_by("-spent_on", "-pk")[:10] if sees_evidence(request.user, project, request.on) else [],
    }


def delivery(request: Any, project: Project, policy: Policy) -> dict[str, Any]:
    """Entry, progress, star, supervision, evaluation, satisfaction."""
    if project.state in BEFORE_DELIVERY:
        return {"delivering": False}
    looks, waiver = supervisions_of(project), getattr(project, "supervision_waiver", None)
    return {
        "delivering": True,
        "entry": getattr(project, "station_entry", None),
        "progress": progress_of(project, request.on),
        "parts": star_of(project),
        "looks": looks,
        "sees_evidence": sees_evidence(request.user, project, request.on),
        "waiver": waiver,
        "is_waivable": not looks and waiver is None and project.state in {ProjectState.DELIVERING, ProjectState.IN_ACCEPTANCE},
        "evaluation": living_evaluation(project),
        "heard": satisfaction_of(project, policy),
        "acceptance": getattr(project, "acceptance", None),
    }


def related(_request: Any, project: Project, _policy: Policy) -> dict[str, Any]:
    """Where else the project stands: its public page and its open data; the links inside the desk are the template's."""
    return {
        "is_public": published_projects().filter(pk=project.pk).exists(),
        "has_record": Release.objects.filter(ocid=project.ocid).exists(),
    }


SECTIONS: tuple[Section, ...] = (design, tender, money, delivery, related)
