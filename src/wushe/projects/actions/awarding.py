from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, notify, settle
from wushe.kernel import numbers
from wushe.kernel.bus import publish
from wushe.kernel.clock import local_date
from wushe.kernel.errors import CheckerIsMaker, FieldRequired, NotFound
from wushe.organisations.models import Organisation
from wushe.policies.queries import Policy, policy_for
from wushe.projects.actions.news import tell
from wushe.projects.actions.progress import advance, ask_for_award
from wushe.projects.errors import (
    AlreadyAnswered,
    NotTheFirstRanked,
    PanelNotDone,
    TooFewBids,
    TooFewExperts,
)
from wushe.projects.events import AwardWithdrawn, TenderAwarded
from wushe.projects.models import Award, LostBid, Objection, Project, Tender
from wushe.projects.permissions import Permission
from wushe.projects.queries import (
    Ranked,
    award_fits,
    bid_count,
    bids_of,
    locked,
    objection_fits,
    ranking,
    subject_of,
)
from wushe.projects.states import Step


@dataclass(frozen=True, slots=True)
class AwardDraft:
    """Which bid wins and why. `against_ranking` says why another than the first wins, `lost` by bid id why a bid does not."""

    bid_id: int
    reasons: str
    against_ranking: str = ""
    lost: dict[int, str] = field(default_factory=dict)


@transaction.atomic
def award_tender(*, project_id: int, draft: AwardDraft, by: User, at: datetime) -> Award:
    """Confirm the panel's ranking: the award notice with all totals, and the objections window.

    A bidder who lost and for whom no reason is given reads the reasons of the award.

    Refuses: NotPermitted, AlreadyAwarded, StepNotAllowed, TooFewBids, PanelNotDone, TooFewExperts, CheckerIsMaker, FieldRequired,
    NotFound, NotTheFirstRanked.
    Effects: an Award with a LostBid for each bid that does not win; scoring -> awarded; audit; TenderAwarded; news for the town and every bidder; a to-do to draw up the agreement after the window.
    Policy: `tender.minimum_qualified_bids`, `tender.minimum_experts`, `award.objection_working_days`.
    """
    project = locked(project_id)
    on = local_date(at)
    require(by, Permission.AWARD_TENDER, on, region=project.region)
    policy = policy_for(project.region, on)
    tender = award_fits(project, at)
    count = bid_count(tender)
    if not count.is_enough:
        raise TooFewBids(received=count.valid, required=count.required, source=count.source)
    rows, recommended_by = _recommendation(tender, by, policy)
    if not draft.reasons.strip():
        raise FieldRequired(name="reasons")
    chosen = next((row for row in rows if row.bid.pk == draft.bid_id), None)
    if chosen is None:
        raise NotFound(kind="bid", number=str(draft.bid_id))
    if chosen.place != 1 and not draft.against_ranking.strip():
        raise NotTheFirstRanked(first=rows[0].bid.agency.body.name)
    award = Award.objects.create(
        number=numbers.draw("award", place=project.region.county_code, on=on),
        tender=tender,
        bid=chosen.bid,
        price=chosen.price,
        ranking=[_row(row) for row in rows],
        reasons="\n".join(filter(None, [draft.reasons.strip(), draft.against_ranking.strip()])),
        recommended_by=recommended_by,
        awarded_by=by,
        at=at,
        objections_until=policy.deadline("award.objection_working_days", on),
    )
    lost = [
        LostBid(award=award, bid=row.bid, reason=draft.lost.get(row.bid.pk, "").strip() or draft.reasons.strip())
        for row in rows
        if row is not chosen
    ]
    LostBid.objects.bulk_create(lost)
    advance(project, Step.AWARD_TENDER, at=at)
    _announce(project, tender, award, sign_by=policy.deadline("agreement.sign_days", on), by=by, at=at)
    publish(TenderAwarded(project_id=project.pk, at=at.isoformat()))
    return award


@transaction.atomic
def raise_objection(*, project_id: int, agency: Organisation, text: str, by: User, at: datetime) -> Objection:
    """Challenge the award, as a bidder, inside the window.

    Refuses: NotPermitted, StepNotAllowed, NotABidder, ObjectionWindowClosed, AlreadyObjected, FieldRequired.
    Effects: an Objection; audit; a to-do for the county with the clock of the law.
    Policy: `award.objection_working_days`, `objection.reply_working_days`.
    """
    project = locked(project_id)
    on = local_date(at)
    require(by, Permission.RAISE_OBJECTION, on, body_id=agency.body_id)
    award = objection_fits(project, agency, at)
    if not text.strip():
        raise FieldRequired(name="text")
    policy = policy_for(project.region, on)
    objection = Objection.objects.create(
        number=numbers.draw("objection", place=project.region.county_code, on=on),
        award=award,
        agency=agency,
        text=text,
        raised_by=by,
        raised_at=at,
        due_at=policy.deadline("objection.reply_working_days", on),
    )
    subject = subject_of(project)
    record(by=by, at=at, verb="projects.objection_raised", subject=subject[:2], name=project.title, data={"objection": objection.number})
    ask(
        step="answer_objection",
        subject=subject,
        permission=Permission.ANSWER_OBJECTION,
        region=project.region.county,
        at=at,
        due_at=objection.due_at,
    )
    return objection


@transaction.atomic
def answer_objection(*, objection_id: int, upheld: bool, answer: str, by: User, at: datetime) -> Objection:
    """Answer a bidder's challenge. An upheld one withdraws the award; the panel's scores stand and another award follows.

    Refuses: NotPermitted, AlreadyAnswered, FieldRequired.
    Effects: the Objection's answer; when upheld: the award withdrawn, awarded -> scoring, a to-do to award again, news for the
    town and every bidder, AwardWithdrawn; audit; news for whoever objected.
    Policy: `award.decide_working_days`.
    """
    project = locked(Objection.objects.values_list("award__tender__project_id", flat=True).get(pk=objection_id))
    objection = Objection.objects.select_related("award__tender", "agency", "raised_by").get(pk=objection_id)
    require(by, Permission.ANSWER_OBJECTION, local_date(at), region=project.region)
    if objection.answered_at is not None:
        raise AlreadyAnswered(objection=objection.number)
    if not answer.strip():
        raise FieldRequired(name="answer")
    objection.upheld, objection.answer, objection.answered_by, objection.answered_at = upheld, answer, by, at
    objection.save(update_fields=["upheld", "answer", "answered_by", "answered_at"])
    subject = subject_of(project)
    if upheld and objection.award.withdrawn_at is None:
        advance(project, Step.WITHDRAW_AWARD, at=at)
        objection.award.withdrawn_at = at
        objection.award.save(update_fields=["withdrawn_at"])
        settle(step="draw_up_agreement", subject=subject[:2], at=at)
        ask_for_award(project, at=at)
        publish(AwardWithdrawn(project_id=project.pk, at=at.isoformat()))
        tell(project, "projects.award_withdrawn", at=at, bodies=_bidders(objection.award.tender))
    # that of a withdrawn award may be answered after one to the award that followed it was raised
    if not Objection.objects.filter(award__tender__project=project, answered_at__isnull=True).exists():
        settle(step="answer_objection", subject=subject[:2], at=at)
    record(
        by=by,
        at=at,
        verb="projects.objection_answered",
        subject=subject[:2],
        name=project.title,
        data={"objection": objection.number, "upheld": upheld},
    )
    notify(users=[objection.raised_by], verb="projects.objection_answered", subject=subject, at=at, data={"upheld": upheld})
    return objection


def _recommendation(tender: Tender, by: User, policy: Policy) -> tuple[list[Ranked], User]:
    panel = list(tender.experts.seated().select_related("user").order_by("locked_at", "pk"))
    waiting = tuple(expert.user.name for expert in panel if expert.locked_at is None)
    rows = ranking(tender)
    if waiting:
        raise PanelNotDone(waiting=waiting)
    smallest = policy.require("tender.minimum_experts")
    if len(panel) < int(smallest.value):
        raise TooFewExperts(seated=len(panel), required=int(smallest.value), source=smallest.source)
    if by.pk in {expert.user_id for expert in panel}:
        raise CheckerIsMaker(step=str(Step.AWARD_TENDER))
    return rows, panel[-1].user


def _row(row: Ranked) -> dict[str, Any]:
    return {
        "place": row.place,
        "bid": row.bid.number,
        "agency": row.bid.agency.body.name,
        "total": str(row.total),
        "price": str(row.price),
    }


def _announce(project: Project, tender: Tender, award: Award, *, sign_by: datetime, by: User, at: datetime) -> None:
    subject = subject_of(project)
    for step in (Step.AWARD_TENDER, "appoint_experts"):
        settle(step=step, subject=subject[:2], at=at)
    ask(
        step="draw_up_agreement",
        subject=subject,
        permission=Permission.DRAW_UP_AGREEMENT,
        region=project.region.county,
        at=at,
        starts_at=award.objections_until,
        due_at=sign_by,
    )
    record(
        by=by,
        at=at,
        verb="projects.tender_awarded",
        subject=subject[:2],
        name=project.title,
        data={"award": award.number, "ranking": award.ranking},
    )
    tell(project, "projects.tender_awarded", at=at, bodies=_bidders(tender), data={"award": award.number})


def _bidders(tender: Tender) -> list[int]:
    return list(bids_of(tender).values_list("agency__body_id", flat=True))
