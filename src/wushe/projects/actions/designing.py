from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, settle
from wushe.kernel import numbers
from wushe.kernel.bus import publish
from wushe.kernel.clock import local_date
from wushe.kernel.errors import NotFound
from wushe.kernel.money import ZERO, yuan
from wushe.needs.actions import adopt_needs, release_needs
from wushe.needs.queries import locked_needs
from wushe.needs.states import NeedState
from wushe.policies.queries import policy_for
from wushe.projects.actions.adding import ask_for_open_step
from wushe.projects.actions.progress import advance
from wushe.projects.errors import DesignIncomplete, NeedElsewhere, NeedNotFree, PartNotPositive, PeriodBackwards
from wushe.projects.events import DesignSubmitted
from wushe.projects.models import BudgetLine, DesignVersion, Indicator, Project, ProjectNeed
from wushe.projects.permissions import Permission
from wushe.projects.queries import in_order, locked, subject_of
from wushe.projects.states import Step
from wushe.regions.models import Region


@dataclass(frozen=True, slots=True)
class BudgetDraft:
    """One line of the budget; `category` is a code of the pack's budget categories."""

    category: str
    text: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class IndicatorDraft:
    """One number that the delivery must reach; `kind` is an IndicatorKind."""

    kind: str
    text: str
    target: Decimal


@dataclass(frozen=True, slots=True)
class DesignDraft:
    """A project as the town writes it; the budget is the sum of its lines."""

    title: str
    summary: str
    service_users: str
    goals: str
    expected_persons: int
    field: str
    starts_on: date
    ends_on: date
    budget_lines: tuple[BudgetDraft, ...] = ()
    indicators: tuple[IndicatorDraft, ...] = ()
    need_ids: tuple[int, ...] = ()


@transaction.atomic
def draft_project(*, region: Region, draft: DesignDraft, by: User, at: datetime) -> Project:
    """Make several needs into one project draft.

    Refuses: NotPermitted, UnknownCode, DesignIncomplete, PeriodBackwards, PartNotPositive, NotFound, NeedElsewhere, NeedNotFree.
    Effects: a Project with budget lines, indicators and needs; the needs are adopted; an audit entry; a to-do to submit it.
    Policy: the code lists `service_fields`, `budget_categories`; `design.working_days`.
    """
    on = local_date(at)
    require(by, Permission.DRAFT_PROJECT, on, region=region)
    policy = policy_for(region, on)
    policy.code("service_fields", draft.field)
    number = numbers.draw("project", place=region.county_code, on=on)
    project = Project.objects.create(
        number=number,
        ocid=f"{settings.OCID_PREFIX}-{number}",
        region=region,
        pack_version=policy.pack_version,
        state_changed_at=at,
        created_at=at,
        created_by=by,
        **_columns(draft),
    )
    _write_parts(project, draft, by=by, at=at)
    record(
        by=by, at=at, verb="projects.project_drafted", subject=("project", number), name=project.title, data={"needs": len(draft.need_ids)}
    )
    ask(
        step=Step.SUBMIT_DESIGN,
        subject=subject_of(project),
        permission=Permission.SUBMIT_DESIGN,
        region=region,
        at=at,
        due_at=policy.deadline("design.working_days", on),
    )
    ask_for_open_step(project, at=at)
    return project


@transaction.atomic
def revise_design(*, project_id: int, draft: DesignDraft, by: User, at: datetime) -> Project:
    """Change a draft, or a design that the county returned.

    Refuses: StepNotAllowed, and what `draft_project` refuses.
    Effects: the Project and its parts; needs adopted and released; an audit entry.
    Policy: the code lists `service_fields`, `budget_categories`.
    """
    project = locked(project_id)
    on = local_date(at)
    require(by, Permission.DRAFT_PROJECT, on, region=project.region)
    in_order(project, Step.SUBMIT_DESIGN, at)
    policy_for(project.region, on).code("service_fields", draft.field)
    columns = _columns(draft)
    for name, value in columns.items():
        setattr(project, name, value)
    project.save(update_fields=list(columns))
    project.budget_lines.all().delete()
    project.indicators.all().delete()
    _write_parts(project, draft, by=by, at=at)
    record(by=by, at=at, verb="projects.design_revised", subject=("project", project.number), name=project.title)
    return project


@transaction.atomic
def submit_design(*, project_id: int, by: User, at: datetime) -> Project:
    """Report a project to the county.

    Refuses: NotPermitted, StepNotAllowed, DesignIncomplete.
    Effects: a DesignVersion; draft -> under review; audit; DesignSubmitted; a to-do for the county's reviewers.
    Policy: `review.working_days`.
    """
    project = locked(project_id)
    on = local_date(at)
    require(by, Permission.SUBMIT_DESIGN, on, region=project.region)
    in_order(project, Step.SUBMIT_DESIGN, at)
    missing = _missing(project)
    if missing:
        raise DesignIncomplete(missing=missing)
    project.version += 1
    project.submitted_by = by
    project.save(update_fields=["version", "submitted_by"])
    advance(project, Step.SUBMIT_DESIGN, at=at)
    DesignVersion.objects.create(project=project, version=project.version, content=content_of(project), submitted_at=at, submitted_by=by)
    record(
        by=by,
        at=at,
        verb="projects.design_submitted",
        subject=("project", project.number),
        name=project.title,
        data={"version": project.version},
    )
    settle(step=Step.SUBMIT_DESIGN, subject=("project", project.number), at=at)
    ask(
        step="review_design",
        subject=subject_of(project),
        permission=Permission.REVIEW_DESIGN,
        region=project.region.county,
        at=at,
        due_at=policy_for(project.region, on).deadline("review.working_days", on),
    )
    publish(DesignSubmitted(project_id=project.pk, at=at.isoformat()))
    return project


def content_of(project: Project) -> dict[str, Any]:
    """The design as plain values, for a version and for comparing versions."""
    return {
        "title": project.title,
        "summary": project.summary,
        "service_users": project.service_users,
        "goals": project.goals,
        "expected_persons": project.expected_persons,
        "field": project.field,
        "starts_on": project.starts_on.isoformat(),
        "ends_on": project.ends_on.isoformat(),
        "budget": str(project.budget),
        "budget_lines": [
            {"category": line.category, "text": line.text, "amount": str(line.amount)} for line in project.budget_lines.order_by("position")
        ],
        "indicators": [
            {"kind": indicator.kind, "text": indicator.text, "target": str(indicator.target)}
            for indicator in project.indicators.order_by("position")
        ],
        "needs": list(project.project_needs.filter(released_at__isnull=True).order_by("need_id").values_list("need__number", flat=True)),
    }


def _columns(draft: DesignDraft) -> dict[str, Any]:
    missing = tuple(name for name in ("title", "budget_lines") if not getattr(draft, name))
    if missing:
        raise DesignIncomplete(missing=missing)
    if draft.ends_on <= draft.starts_on:
        raise PeriodBackwards(starts_on=draft.starts_on, ends_on=draft.ends_on)
    for position, line in enumerate(draft.budget_lines, start=1):
        if yuan(line.amount) <= ZERO:
            raise PartNotPositive(part="budget_lines", position=position)
    for position, indicator in enumerate(draft.indicators, start=1):
        if yuan(indicator.target) <= ZERO:
            raise PartNotPositive(part="indicators", position=position)
    plain = {"title", "summary", "service_users", "goals", "expected_persons", "field", "starts_on", "ends_on"}
    columns = {name: getattr(draft, name) for name in sorted(plain)}
    return columns | {"budget": sum((yuan(line.amount) for line in draft.budget_lines), ZERO)}


def _write_parts(project: Project, draft: DesignDraft, *, by: User, at: datetime) -> None:
    policy = policy_for(project.region, local_date(at))
    for line in draft.budget_lines:
        policy.code("budget_categories", line.category)
    BudgetLine.objects.bulk_create(
        BudgetLine(project=project, position=position, category=line.category, text=line.text, amount=yuan(line.amount))
        for position, line in enumerate(draft.budget_lines, start=1)
    )
    Indicator.objects.bulk_create(
        Indicator(project=project, position=position, **asdict(indicator)) for position, indicator in enumerate(draft.indicators, start=1)
    )
    _write_needs(project, draft, by=by, at=at)


def _write_needs(project: Project, draft: DesignDraft, *, by: User, at: datetime) -> None:
    held = set(project.project_needs.filter(released_at__isnull=True).values_list("need_id", flat=True))
    wanted = set(draft.need_ids)
    if held - wanted:
        project.project_needs.filter(need_id__in=held - wanted, released_at__isnull=True).update(released_at=at)
        release_needs(need_ids=sorted(held - wanted), by=by, at=at)
    if wanted - held:
        _refuse_needs(project, wanted - held)
        adopt_needs(need_ids=sorted(wanted - held), project=subject_of(project), by=by, at=at)
        ProjectNeed.objects.bulk_create(ProjectNeed(project=project, need_id=pk) for pk in sorted(wanted - held))


def _refuse_needs(project: Project, need_ids: set[int]) -> None:
    found = {need.pk: need for need in locked_needs(need_ids)}
    for pk in sorted(need_ids):
        if pk not in found:
            raise NotFound(kind="need", number=str(pk))
        if project.region_id not in found[pk].region.ancestor_ids:
            raise NeedElsewhere(need=found[pk].number, place=project.region.name)
        if found[pk].state != NeedState.REPORTED:
            raise NeedNotFree(need=found[pk].number)


def _missing(project: Project) -> tuple[str, ...]:
    parts = {
        "needs": project.project_needs.filter(released_at__isnull=True).exists(),
        "indicators": project.indicators.exists(),
        "budget_lines": project.budget_lines.exists(),
        "service_users": bool(project.service_users.strip()),
        "goals": bool(project.goals.strip()),
        "summary": bool(project.summary.strip()),
    }
    return tuple(name for name, there in parts.items() if not there)
