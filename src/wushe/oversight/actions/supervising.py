from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import settle
from wushe.kernel import numbers
from wushe.kernel.bus import publish
from wushe.kernel.clock import local_date
from wushe.oversight.actions.answering import ask_for_answers
from wushe.oversight.actions.proving import Proof, keep
from wushe.oversight.errors import (
    CorrectedTooEarly,
    EvidenceMissing,
    FindingsMissing,
    ItemsUnanswered,
    PointsOutOfRange,
    VisitOutsideDelivery,
)
from wushe.oversight.events import ProjectSupervised
from wushe.oversight.models import Finding, Supervision, SupervisionMark
from wushe.oversight.permissions import Permission
from wushe.oversight.queries import second_look_fits, supervision_fits
from wushe.policies.queries import Policy, policy_for
from wushe.projects.actions import block_tranches, free_tranches, tell_parties
from wushe.projects.models import Project, Trigger
from wushe.projects.queries import locked, subject_of


@dataclass(frozen=True, slots=True)
class MarkDraft:
    """Points for one item of the checklist, what was seen, and a file that shows it."""

    item: str
    points: Decimal
    evidence: str = ""
    file: Proof | None = None


@dataclass(frozen=True, slots=True)
class SupervisionDraft:
    """One look: the marks, an opinion, and what is to be corrected by when."""

    held_on: date
    marks: tuple[MarkDraft, ...]
    opinion: str = ""
    findings: tuple[str, ...] = ()
    correct_by: date | None = None


@transaction.atomic
def supervise_project(*, project_id: int, draft: SupervisionDraft, by: User, at: datetime) -> Supervision:
    """Hold the first look of a mid-term supervision. Passing frees the tranche that waits for it, failing holds back what was not asked for yet.

    Refuses: NotPermitted, StepNotAllowed, SecondLookFirst, VisitOutsideDelivery, ItemsUnanswered, PointsOutOfRange, EvidenceMissing,
    FindingsMissing, CorrectedTooEarly, and what `store_file` refuses of a file.
    Effects: a Supervision with marks, their files and findings; tranches freed or blocked; audit; ProjectSupervised; with findings a to-do for the
    agency to answer, also when the look is passed; news for town and agency.
    Policy: the checklist `supervision`, `supervision.pass_mark`.
    """
    project = _project(project_id, by, at)
    supervision_fits(project, at)
    return _hold(project, draft, first=None, by=by, at=at)


@transaction.atomic
def hold_second_look(*, supervision_id: int, draft: SupervisionDraft, by: User, at: datetime) -> Supervision:
    """Look again after the corrections. Passing frees what was held back.

    Refuses: NotPermitted, StepNotAllowed, FindingsUnanswered, VisitOutsideDelivery, ItemsUnanswered, PointsOutOfRange, EvidenceMissing,
    FindingsMissing, CorrectedTooEarly.
    Effects: as `supervise_project`; the first look has its second.
    Policy: as `supervise_project`.
    """
    first = Supervision.objects.select_for_update(of=("self",)).get(pk=supervision_id)
    project = _project(first.project_id, by, at)
    second_look_fits(project, first, at)
    return _hold(project, draft, first=first, by=by, at=at)


def _project(project_id: int, by: User, at: datetime) -> Project:
    project = locked(project_id)
    require(by, Permission.SUPERVISE_PROJECT, local_date(at), region=project.region)
    return project


def _hold(project: Project, draft: SupervisionDraft, *, first: Supervision | None, by: User, at: datetime) -> Supervision:
    on = local_date(at)
    policy = policy_for(project.region, on)
    _refuse_day(project, draft.held_on, first, on)
    maxima = _checked(policy, draft)
    score = sum((mark.points for mark in draft.marks), Decimal(0))
    pass_mark = Decimal(str(policy.require("supervision.pass_mark").value))
    passed = score >= pass_mark
    findings = tuple(text.strip() for text in draft.findings if text.strip())
    _refuse_findings(draft, findings, passed=passed)
    supervision = Supervision.objects.create(
        number=numbers.draw("supervision", place=project.region.county_code, on=on),
        project=project,
        first=first,
        held_on=draft.held_on,
        score=score,
        pass_mark=pass_mark,
        passed=passed,
        opinion=draft.opinion,
        correct_by=draft.correct_by if findings else None,
        supervised_by=by,
        at=at,
    )
    SupervisionMark.objects.bulk_create(
        SupervisionMark(
            supervision=supervision,
            item=mark.item,
            points=mark.points,
            maximum=maxima[mark.item],
            evidence=mark.evidence,
            file=keep(mark.file, by=by, at=at),
        )
        for mark in draft.marks
    )
    Finding.objects.bulk_create(Finding(supervision=supervision, text=text) for text in findings)
    _note(project, supervision, by=by, at=at)
    publish(ProjectSupervised(project_id=project.pk, at=at.isoformat()))
    _follow_up(project, supervision, by=by, at=at)
    return supervision


def _refuse_day(project: Project, held_on: date, first: Supervision | None, on: date) -> None:
    """A visit lies between the entry into the station, or the look before, and today."""
    earliest = first.held_on if first else project.station_entry.entered_on
    if not earliest <= held_on <= on:
        raise VisitOutsideDelivery(day=held_on, earliest=earliest, latest=on)


def _refuse_findings(draft: SupervisionDraft, findings: tuple[str, ...], *, passed: bool) -> None:
    """Whatever is to be corrected has its day, after the visit; a failed look has something to be corrected."""
    if not findings:
        if not passed:
            raise FindingsMissing
        return
    if draft.correct_by is None:
        raise FindingsMissing
    if draft.correct_by <= draft.held_on:
        raise CorrectedTooEarly(day=draft.correct_by, held_on=draft.held_on)


def _checked(policy: Policy, draft: SupervisionDraft) -> dict[str, Decimal]:
    items = {item.code: item for item in policy.checklist("supervision")}
    missing = set(items) - {mark.item for mark in draft.marks}
    if missing:
        raise ItemsUnanswered(missing=tuple(sorted(missing)))
    maxima = {code: Decimal(str(item.points)) for code, item in items.items()}
    for mark in draft.marks:
        maximum = maxima.get(mark.item, Decimal(0))
        if not 0 <= mark.points <= maximum:
            raise PointsOutOfRange(item=mark.item, points=mark.points, maximum=maximum)
        if items[mark.item].evidence and mark.points > 0 and not mark.evidence.strip() and mark.file is None:
            raise EvidenceMissing(item=mark.item)
    return maxima


def _verb(supervision: Supervision) -> str:
    return "oversight.project_supervised" if supervision.first_id is None else "oversight.second_look_held"


def _note(project: Project, supervision: Supervision, *, by: User, at: datetime) -> None:
    record(
        by=by,
        at=at,
        verb=_verb(supervision),
        subject=("project", project.number),
        name=project.title,
        data={"supervision": supervision.number, "score": str(supervision.score), "passed": supervision.passed},
    )


def _follow_up(project: Project, supervision: Supervision, *, by: User, at: datetime) -> None:
    subject = subject_of(project)
    tell_parties(project, _verb(supervision), at=at, data={"passed": supervision.passed})
    settle(step="supervise_project", subject=subject[:2], at=at)
    settle(step="hold_second_look", subject=subject[:2], at=at)
    if supervision.passed:
        free_tranches(project=project, trigger=Trigger.MIDTERM_PASS, by=by, at=at)
    else:
        block_tranches(project=project, trigger=Trigger.MIDTERM_PASS, reason=supervision.number, by=by, at=at)
    ask_for_answers(project, at=at)
