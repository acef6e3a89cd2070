"""What the sections of a project's page need, from the request, the project and its policy. A part of the desk that has a section adds a function here and a template in `sections/`."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Exists, FilteredRelation, OuterRef, Q

from wushe.accounts.queries import scope_of
from wushe.ledger.queries import project_money
from wushe.oversight.queries import satisfaction_of, sees_evidence, supervisions_of
from wushe.policies.queries import Policy
from wushe.projects.models import Award, Bid, Project, Refund
from wushe.projects.permissions import Permission
from wushe.projects.queries import (
    contest_of,
    is_published,
    last_review,
    needs_under,
    papers_of,
    refunds_of,
    seat_to_leave,
    tranches_of,
)
from wushe.projects.states import ProjectState
from wushe.reports.models import Release
from wushe.services.queries import led_by, made_of, progress_of
from wushe.web.desk.project_parts import with_ways

# what a project in delivery has once at most. Read by itself: with place and agreement too, the database would plan longer than it reads
ONCE = (
    "station_entry__station",
    "station_entry__worker",
    "supervision_waiver",
    "satisfaction__survey",
    "acceptance",
    "living_evaluation__evaluator",
)
NEED_SHOWN = ("number", "wish", "region__name", *(f"region__{level}" for level in ("province", "city", "county", "town", "community")))
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
# the approval writes the first release, and a project may have ended before it
BEFORE_A_RELEASE = frozenset({ProjectState.DRAFT, ProjectState.UNDER_REVIEW, ProjectState.TERMINATED})


def design(_request: Any, project: Project, policy: Policy) -> dict[str, Any]:
    """Needs, budget lines, indicators, the last review."""
    return {
        "needs": needs_under(project).only(*NEED_SHOWN),
        "budget_lines": project.budget_lines.order_by("position"),
        "indicators": project.indicators.order_by("position"),
        "review": last_review(project),
        "categories": {code.code: code for code in policy.codes("budget_categories")},
        "service_field": next((code for code in policy.codes("service_fields") if code.code == project.field), None),
    }


def tender(request: Any, project: Project, _policy: Policy) -> dict[str, Any]:
    """The tender with panel, own bid and award; and whether the project has a public page, which it has from its first tender on."""
    contest = contest_of(project)
    if contest is None:
        return {"tender": None, "is_public": is_published(project, None)}
    found, award = contest.tender, contest.award
    out = found.bids.filter(disqualified_at__isnull=False).select_related("agency").only("disqualify_reason", "agency__name")
    mine = scope_of(request.user, Permission.SUBMIT_BID, request.on).body_ids
    own = found.bids.filter(agency__body__in=mine, withdrawn_at__isnull=True).first() if mine else None
    return {
        "tender": found,
        "is_public": is_published(project, found),
        "papers": papers_of(found) if contest.has_papers else [],
        "own_bid": own,
        "may_object": own is not None and award is not None and _may_object(own, award, project, request.at),
        "experts": found.experts.seated(),
        # every point is locked by the award
        "own_seat": seat_to_leave(found, request.user) if award is None else None,
        "award": award,
        "disqualified": out.order_by("number") if award and contest.has_disqualified else [],
    }


def _may_object(own: Bid, award: Award, project: Project, at: datetime) -> bool:
    in_time = project.state == ProjectState.AWARDED and at <= award.objections_until
    return in_time and not award.objections.filter(agency=own.agency_id).exists()


def money(request: Any, project: Project, _policy: Policy) -> dict[str, Any]:
    """Agreement, tranches, sources, expenses; and whether the reader sees what shows the work."""
    agreement = getattr(project, "agreement", None)
    # what an agency spends on whom is no business of its rivals
    sees = sees_evidence(request.user, project, request.on)
    return {
        "agreement": agreement,
        "tranches": tranches_of(agreement) if agreement else [],
        "funds": project_money(project.number),
        "expenses": with_ways(request, project.expenses.select_related("need__region")).order_by("-spent_on", "-pk")[:10] if sees else [],
        "sees_evidence": sees,
    }


def delivery(request: Any, project: Project, policy: Policy) -> dict[str, Any]:
    """Entry, progress, star, supervision, evaluation, satisfaction, what was given back."""
    if project.state in BEFORE_DELIVERY:
        return {"delivering": False}
    beside = _beside(project)
    entry, looks, waiver, made = (
        getattr(beside, "station_entry", None),
        supervisions_of(project),
        getattr(beside, "supervision_waiver", None),
        made_of(project),
    )
    return {
        "delivering": True,
        "entry": entry,
        "lead": led_by(entry, project.agreement) if entry else None,
        "progress": progress_of(project, request.on, made),
        "parts": made.parts,
        "looks": looks,
        "waiver": waiver,
        "is_waivable": not looks and waiver is None and project.state in {ProjectState.DELIVERING, ProjectState.IN_ACCEPTANCE},
        "evaluation": getattr(beside, "living_evaluation", None),
        "heard": satisfaction_of(beside, policy),
        "acceptance": getattr(beside, "acceptance", None),
        "refunds": refunds_of(project) if beside.has_refunds else [],
    }


def _beside(project: Project) -> Any:
    living = FilteredRelation("evaluations", condition=Q(evaluations__superseded_at__isnull=True))
    refunds = Exists(Refund.objects.filter(project=OuterRef("pk")))
    return Project.objects.annotate(living_evaluation=living, has_refunds=refunds).select_related(*ONCE).get(pk=project.pk)


def related(_request: Any, project: Project, _policy: Policy) -> dict[str, Any]:
    """Where else the project stands: its open data; the links inside the desk are the template's."""
    return {"has_record": project.state not in BEFORE_A_RELEASE or Release.objects.filter(ocid=project.ocid).exists()}


SECTIONS: tuple[Section, ...] = (design, tender, money, delivery, related)
