from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.files.actions import store_file
from wushe.files.actions.storing import Upload
from wushe.files.models import File
from wushe.inbox.actions import ask, settle
from wushe.kernel import numbers
from wushe.kernel.bus import publish
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired, PolicySource
from wushe.kernel.workdays import end_of_day
from wushe.organisations.models import Organisation
from wushe.organisations.queries import qualified_agencies
from wushe.policies.queries import Code, Policy, policy_for
from wushe.projects.actions.news import tell
from wushe.projects.actions.progress import advance, ask_to_publish
from wushe.projects.errors import MethodNeedsReason, NoticeTooShort, TooFewQualifiedAgencies
from wushe.projects.events import TenderCancelled, TenderPublished
from wushe.projects.models import Invitation, Project, Tender, TenderDocument
from wushe.projects.permissions import Permission
from wushe.projects.queries import bidder_terms, in_order, living_tender, locked, subject_of
from wushe.projects.states import Step


@dataclass(frozen=True, slots=True)
class NoticePaper:
    """A paper that is published with the notice."""

    upload: Upload
    name: str


@dataclass(frozen=True, slots=True)
class TenderDraft:
    """What the county decides at publication; `method` is a code of the pack's tender methods."""

    method: str
    closes_at: datetime
    eligibility: str
    method_reason: str = ""
    documents: tuple[NoticePaper, ...] = ()


@transaction.atomic
def publish_tender(*, project_id: int, draft: TenderDraft, by: User, at: datetime) -> Tender:
    """Open the project for bids: the public page with its papers, the notice clock and the invitations in one act.

    Refuses: NotPermitted, StepNotAllowed, UnknownCode, MethodNeedsReason, NoticeTooShort, TooFewQualifiedAgencies, and what
    `store_file` refuses of a paper.
    Effects: a Tender with frozen criteria; its TenderDocuments; an Invitation for each qualified agency; approved -> tendering; audit;
    TenderPublished; to-dos for the agencies and for the opening; news for town and agencies.
    Policy: `tender_methods`, `tender.open_days`, `tender.notice_working_days`, `tender.invite_minimum`, `agency.minimum_professionals`, `qualifications`, the scoring criteria.
    """
    project = locked(project_id)
    on = local_date(at)
    require(by, Permission.PUBLISH_TENDER, on, region=project.region)
    in_order(project, Step.PUBLISH_TENDER, at)
    policy = policy_for(project.region, on)
    method = policy.code("tender_methods", draft.method)
    notice_days = _notice_days(policy, method, draft, at)
    agencies = list(qualified_agencies(project.region.city or project.region, on, **bidder_terms(policy)))
    _enough(policy, method, agencies)
    tender = Tender.objects.create(
        number=numbers.draw("tender", place=project.region.county_code, on=on),
        project=project,
        method=draft.method,
        method_reason=draft.method_reason,
        ceiling=project.budget,
        eligibility=draft.eligibility,
        criteria=_frozen_criteria(policy),
        notice_days=notice_days,
        published_at=at,
        published_by=by,
        closes_at=draft.closes_at,
    )
    papers = [store_file(upload=paper.upload, name=paper.name, by=by, at=at) for paper in draft.documents]
    TenderDocument.objects.bulk_create(TenderDocument(tender=tender, file=paper) for paper in papers)
    Invitation.objects.bulk_create(Invitation(tender=tender, agency=agency, at=at) for agency in agencies)
    advance(project, Step.PUBLISH_TENDER, at=at)
    _announce(project, tender, agencies, papers, by=by, at=at)
    publish(TenderPublished(project_id=project.pk, at=at.isoformat()))
    return tender


@transaction.atomic
def cancel_tender(*, project_id: int, reason: str, by: User, at: datetime) -> Tender:
    """End a tender without an award; the project can be published again.

    Refuses: NotPermitted, StepNotAllowed, FieldRequired.
    Effects: the Tender's cancellation; tendering or scoring -> approved; to-dos settled; audit; TenderCancelled; news for town and
    invited agencies; a to-do to publish again.
    Policy: procurement law: bidders are told the reason; `publication.working_days`.
    """
    project = locked(project_id)
    require(by, Permission.CANCEL_TENDER, local_date(at), region=project.region)
    in_order(project, Step.CANCEL_TENDER, at)
    if not reason.strip():
        raise FieldRequired(name="reason")
    tender = living_tender(project)
    assert tender is not None  # noqa: S101 -- a project that is out to tender has a living tender
    tender.cancelled_at = at
    tender.cancel_reason = reason
    tender.save(update_fields=["cancelled_at", "cancel_reason"])
    advance(project, Step.CANCEL_TENDER, at=at)
    panel = ("appoint_experts", "release_expert", "declare_interests", "score_bids")
    for step in ("submit_bid", *panel, Step.OPEN_BIDS, Step.AWARD_TENDER, Step.CANCEL_TENDER):
        settle(step=step, subject=("project", project.number), at=at)
    ask_to_publish(project, at=at)
    record(
        by=by,
        at=at,
        verb="projects.tender_cancelled",
        subject=("project", project.number),
        name=project.title,
        data={"tender": tender.number, "reason": reason},
    )
    publish(TenderCancelled(project_id=project.pk, at=at.isoformat()))
    bodies = list(tender.invitations.values_list("agency__body_id", flat=True))
    tell(project, "projects.tender_cancelled", at=at, bodies=bodies, data={"reason": reason})
    return tender


def _notice_days(policy: Policy, method: Code, draft: TenderDraft, at: datetime) -> int:
    if method.extra.get("needs_reason") and not draft.method_reason.strip():
        raise MethodNeedsReason(method=method.code)
    limit = max(_notices(policy, method, local_date(at)), key=lambda notice: notice.earliest)
    published, closes = local_date(at), local_date(draft.closes_at)
    if closes < limit.earliest:
        given = policy.calendar().between(published, closes) if limit.is_working_days else (closes - published).days
        raise NoticeTooShort(
            required_days=limit.days,
            given_days=given,
            is_working_days=limit.is_working_days,
            earliest=limit.earliest,
            source=limit.source,
        )
    return limit.days


@dataclass(frozen=True, slots=True)
class _Notice:
    days: int
    is_working_days: bool
    earliest: date
    source: PolicySource


def _notices(policy: Policy, method: Code, published: date) -> Iterator[_Notice]:
    """Every limit on the notice of a method: the calendar days of the law, working days of the pack."""
    methods = policy.origin("codes", "tender_methods").source
    if "notice_days" in method.extra:
        days, law = int(method.extra["notice_days"]), policy.require("tender.open_days")
        source = law.source if days == int(law.value) else methods
        yield _Notice(days, is_working_days=False, earliest=published + timedelta(days=days), source=source)
    if "notice_working_days" in method.extra or "notice_days" not in method.extra:
        general = policy.require("tender.notice_working_days")
        days = int(method.extra.get("notice_working_days", general.value))
        source = methods if "notice_working_days" in method.extra else general.source
        yield _Notice(days, is_working_days=True, earliest=policy.calendar().add(published, days), source=source)


def _enough(policy: Policy, method: Code, agencies: list[Organisation]) -> None:
    minimum = policy.require("tender.invite_minimum")
    required = int(method.extra.get("invite_minimum", minimum.value))
    if len(agencies) < required:
        raise TooFewQualifiedAgencies(found=len(agencies), required=required, source=minimum.source)


def _frozen_criteria(policy: Policy) -> list[dict[str, Any]]:
    return [
        {
            "code": criterion.code,
            "zh": criterion.zh,
            "en": criterion.en,
            "max_points": str(Decimal(criterion.max_points)),
            "text": criterion.text,
            "text_en": criterion.text_en,
            "formula": criterion.formula,
        }
        for criterion in policy.criteria()
    ]


def _announce(project: Project, tender: Tender, agencies: list[Organisation], papers: list[File], *, by: User, at: datetime) -> None:
    subject = subject_of(project)
    settle(step=Step.PUBLISH_TENDER, subject=subject[:2], at=at)
    for agency in agencies:
        ask(step="submit_bid", subject=subject, permission=Permission.SUBMIT_BID, body=agency.body, at=at, due_at=tender.closes_at)
    county = project.region.county
    panel = Permission.APPOINT_EXPERTS
    ask(step="appoint_experts", subject=subject, permission=panel, region=county, at=at, due_at=tender.closes_at)
    opening = end_of_day(local_date(tender.closes_at))
    ask(
        step=Step.OPEN_BIDS,
        subject=subject,
        permission=Permission.OPEN_BIDS,
        region=county,
        at=at,
        starts_at=tender.closes_at,
        due_at=opening,
    )
    record(
        by=by,
        at=at,
        verb="projects.tender_published",
        subject=subject[:2],
        name=project.title,
        data={
            "tender": tender.number,
            "closes_at": tender.closes_at.isoformat(),
            "invited": len(agencies),
            "papers": [paper.sha256 for paper in papers],
        },
    )
    tell(project, "projects.tender_published", at=at, bodies=[agency.body_id for agency in agencies])
