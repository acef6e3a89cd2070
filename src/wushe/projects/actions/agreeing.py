from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from wushe.accounts.models import Body, User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, notify, settle
from wushe.kernel import numbers
from wushe.kernel.bus import publish
from wushe.kernel.clock import local_date
from wushe.kernel.errors import CheckerIsMaker, FieldRequired, NotPermitted
from wushe.kernel.money import ZERO, share
from wushe.policies.queries import Policy, policy_for
from wushe.projects.actions.news import tell_parties
from wushe.projects.actions.progress import advance
from wushe.projects.actions.wording import content_of, keep_version, signatures_of, terms_of
from wushe.projects.errors import (
    AlreadySigned,
    LastTrancheTooSmall,
    LastTrancheUngated,
    PeriodBackwards,
    TranchesNotWhole,
)
from wushe.projects.events import AgreementSigned
from wushe.projects.models import Agreement, Amendment, Project, Tranche, TrancheState, Trigger
from wushe.projects.permissions import Permission
from wushe.projects.queries import (
    agreement_fits,
    locked,
    out_of_order,
    redrawing_fits,
    subject_of,
)
from wushe.projects.states import ProjectState, Step

WHOLE = Decimal(100)
REDRAWN = (
    *("purchaser", "starts_on", "ends_on", "content", "drawn_up_by", "drawn_up_at"),
    *("purchaser_signed_by", "purchaser_signed_at", "agency_signed_by", "agency_signed_at"),
)
SIDES = {"purchaser": Permission.SIGN_AS_PURCHASER, "agency": Permission.SIGN_AS_AGENCY}


@dataclass(frozen=True, slots=True)
class TrancheDraft:
    """One part of the price: percent of it, and what frees it (a Trigger)."""

    percent: Decimal
    trigger: str


@dataclass(frozen=True, slots=True)
class AgreementDraft:
    """What is decided when the agreement is drawn up; everything else comes from project, tender and bid."""

    purchaser: Body
    starts_on: date
    ends_on: date
    tranches: tuple[TrancheDraft, ...]

    @property
    def triggers(self) -> frozenset[str]:
        """All that frees a tranche."""
        return frozenset(tranche.trigger for tranche in self.tranches)


@transaction.atomic
def draw_up_agreement(*, project_id: int, draft: AgreementDraft, by: User, at: datetime) -> Agreement:
    """Make the agreement out of the data: parties, subject, indicators, price, period, tranches, supervision, breach.

    Refuses: NotPermitted, StepNotAllowed, ObjectionWindowOpen, ObjectionUnanswered, TranchesNotWhole, LastTrancheUngated,
    LastTrancheTooSmall, PeriodBackwards.
    Effects: an Agreement with tranches, unsigned; its first AgreementVersion; audit; to-dos to sign for both sides.
    Policy: `award.objection_working_days`, `agreement.sign_days`, `agreement.last_tranche_min_percent` where there is one,
    the procedure, and the code list `agreement_clauses`.
    """
    project = locked(project_id)
    on = local_date(at)
    require(by, Permission.DRAW_UP_AGREEMENT, on, region=project.region)
    award = agreement_fits(project, at)
    policy = policy_for(project.region, on)
    _check(draft, policy)
    agreement = Agreement.objects.create(
        number=numbers.draw("agreement", place=project.region.county_code, on=on),
        project=project,
        award=award,
        purchaser=draft.purchaser,
        agency=award.bid.agency,
        price=award.price,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        content=content_of(project, award, policy=policy, triggers=draft.triggers),
        drawn_up_by=by,
        drawn_up_at=at,
        sign_by=policy.deadline("agreement.sign_days", local_date(award.at)),
    )
    _lay_tranches(agreement, draft.tranches)
    keep_version(agreement)
    subject = subject_of(project)
    settle(step="draw_up_agreement", subject=subject[:2], at=at)
    _ask_to_sign(project, agreement, at=at)
    record(by=by, at=at, verb="projects.agreement_drawn_up", subject=subject[:2], name=project.title, data={"agreement": agreement.number})
    return agreement


@transaction.atomic
def redraw_agreement(*, project_id: int, draft: AgreementDraft, reason: str, by: User, at: datetime) -> Agreement:
    """Draw up again an agreement that is not in force yet; a signature given so far is void. Number and time to sign stay.

    Refuses: NotPermitted, AgreementInForce, StepNotAllowed, FieldRequired, TranchesNotWhole, LastTrancheUngated, LastTrancheTooSmall,
    PeriodBackwards.
    Effects: the Agreement's terms, content and tranches anew, no signature; an AgreementVersion beside those before; audit with the reason and
    the former terms; to-dos to sign for both sides; news for whoever had signed.
    Policy: as `draw_up_agreement`.
    """
    project = locked(project_id)
    require(by, Permission.DRAW_UP_AGREEMENT, local_date(at), region=project.region)
    agreement = redrawing_fits(project, at)
    if not reason.strip():
        raise FieldRequired(name="reason")
    policy = policy_for(project.region, local_date(at))
    _check(draft, policy)
    former, voided = terms_of(agreement), signatures_of(agreement)
    signers = [user for user in (agreement.purchaser_signed_by, agreement.agency_signed_by) if user is not None]
    agreement.purchaser, agreement.starts_on, agreement.ends_on = draft.purchaser, draft.starts_on, draft.ends_on
    agreement.content = content_of(project, agreement.award, policy=policy, triggers=draft.triggers)
    agreement.drawn_up_by, agreement.drawn_up_at = by, at
    agreement.purchaser_signed_by = agreement.purchaser_signed_at = agreement.agency_signed_by = agreement.agency_signed_at = None
    agreement.save(update_fields=REDRAWN)
    agreement.tranches.all().delete()
    _lay_tranches(agreement, draft.tranches)
    keep_version(agreement, reason=reason, voided=voided)
    subject = subject_of(project)
    data = {"agreement": agreement.number, "reason": reason, "former": {**former, "signed": [each["side"] for each in voided]}}
    record(by=by, at=at, verb="projects.agreement_redrawn", subject=subject[:2], name=project.title, data=data)
    _ask_to_sign(project, agreement, at=at)
    notify(users=signers, verb="projects.agreement_redrawn", subject=subject, at=at, data={"reason": reason})
    return agreement


@transaction.atomic
def sign_agreement(*, project_id: int, side: str, by: User, at: datetime) -> Agreement:
    """Sign for one side, `purchaser` or `agency`. With the second signature the agreement is in force.

    Refuses: NotPermitted, StepNotAllowed, AlreadySigned, CheckerIsMaker.
    Effects: the signature; audit; with the second: awarded -> contracted, the tranches due on signing freed, AgreementSigned, a
    to-do for the agency to enter, news for town and agency.
    Policy: `delivery.start_working_days`.
    """
    project = locked(project_id)
    on = local_date(at)
    if project.state != ProjectState.AWARDED:
        raise out_of_order(project, Step.SIGN_AGREEMENT, at)
    agreement = Agreement.objects.select_related("agency").filter(project=project).first()
    if agreement is None:
        raise out_of_order(project, Step.SIGN_AGREEMENT, at)
    require_side(agreement, project, side, by=by, on=on)
    put_signature(agreement, side, step=Step.SIGN_AGREEMENT, by=by, at=at)
    subject = subject_of(project)
    record(by=by, at=at, verb="projects.agreement_signed", subject=subject[:2], name=project.title, data={"side": side})
    if agreement.is_signed:
        settle(step="sign_agreement", subject=subject[:2], at=at)
        advance(project, Step.SIGN_AGREEMENT, at=at)
        free_tranches(project=project, trigger=Trigger.SIGNED, by=by, at=at)
        publish(AgreementSigned(project_id=project.pk, at=at.isoformat()))
        _ask_to_enter(project, agreement, at=at)
        tell_parties(project, "projects.agreement_in_force", at=at)
    else:
        settle(step="sign_agreement", subject=subject[:2], at=at, permission=SIDES[side])
    return agreement


def _ask_to_enter(project: Project, agreement: Agreement, *, at: datetime) -> None:
    """The clock of the agency runs from the signature, or from the first day of the period when that is later."""
    on = local_date(at)
    ask(
        step="enter_station",
        subject=subject_of(project),
        permission="services.enter_station",
        body=agreement.agency.body,
        at=at,
        due_at=policy_for(project.region, on).deadline("delivery.start_working_days", max(on, agreement.starts_on)),
    )


def require_side(agreement: Agreement, project: Project, side: str, *, by: User, on: date) -> None:
    """Refuse anyone who may not sign for the side. Raises NotPermitted."""
    if side == "purchaser":
        require(by, Permission.SIGN_AS_PURCHASER, on, region=project.region)
    elif side == "agency":
        require(by, Permission.SIGN_AS_AGENCY, on, body_id=agreement.agency.body_id)
    else:
        raise NotPermitted(permission=side)


def put_signature(paper: Agreement | Amendment, side: str, *, step: str, by: User, at: datetime) -> None:
    """Sign an agreement or an amendment for a side. Raises AlreadySigned, and CheckerIsMaker for one person on both sides."""
    if getattr(paper, f"{side}_signed_at") is not None:
        raise AlreadySigned(side=side)
    if by.pk in {paper.purchaser_signed_by_id, paper.agency_signed_by_id}:
        raise CheckerIsMaker(step=str(step))
    setattr(paper, f"{side}_signed_at", at)
    setattr(paper, f"{side}_signed_by", by)
    paper.save(update_fields=[f"{side}_signed_at", f"{side}_signed_by"])


def free_tranches(*, project: Project, trigger: str, by: User, at: datetime) -> int:
    """Free every waiting tranche of a trigger, and whatever was held back, in the caller's transaction. Returns how many.

    Effects: Tranches -> free; an audit entry; to-dos for the agency to ask for the money.
    Policy: `payment.request_working_days`.
    """
    due_now = Q(trigger=trigger, state=TrancheState.WAITING) | Q(state=TrancheState.BLOCKED)
    freed = Tranche.objects.filter(due_now, agreement__project=project).update(state=TrancheState.FREE, freed_at=at, block_reason="")
    if freed:
        subject = subject_of(project)
        agency = project.agreement.agency.body
        record(by=by, at=at, verb="projects.tranches_freed", subject=subject[:2], name=project.title, data={"trigger": str(trigger)})
        due = policy_for(project.region, local_date(at)).deadline("payment.request_working_days", local_date(at))
        ask(step="request_payment", subject=subject, permission=Permission.REQUEST_PAYMENT, body=agency, at=at, due_at=due)
    return freed


def block_tranches(*, project: Project, trigger: str, reason: str, by: User, at: datetime) -> int:
    """Hold back, with a reason, what the agency has not asked for: free tranches, and those that wait for the trigger. Returns how many.

    Those that wait for another trigger go on waiting.

    Effects: Tranches -> blocked; the to-do to ask for the money settled; an audit entry; in the caller's transaction.
    """
    held_now = Q(trigger=trigger, state=TrancheState.WAITING) | Q(state=TrancheState.FREE)
    tranches = list(Tranche.objects.filter(held_now, agreement__project=project).values_list("number", flat=True).order_by("number"))
    if tranches:
        held = Tranche.objects.filter(agreement__project=project, number__in=tranches)
        held.update(state=TrancheState.BLOCKED, block_reason=reason)
        subject = subject_of(project)
        settle(step="request_payment", subject=subject[:2], at=at)
        data = {"trigger": str(trigger), "reason": reason, "tranches": tranches}
        record(by=by, at=at, verb="projects.tranches_blocked", subject=subject[:2], name=project.title, data=data)
    return len(tranches)


def _check(draft: AgreementDraft, policy: Policy) -> None:
    total = sum((tranche.percent for tranche in draft.tranches), ZERO)
    if total != WHOLE or any(tranche.percent <= 0 or tranche.trigger not in Trigger.values for tranche in draft.tranches):
        raise TranchesNotWhole(total=total, source=policy.origin("tranches").source)
    if draft.tranches[-1].trigger != Trigger.FINAL_PASS:
        raise LastTrancheUngated
    refuse_small(draft.tranches[-1].percent, policy)
    if draft.ends_on <= draft.starts_on:
        raise PeriodBackwards(starts_on=draft.starts_on, ends_on=draft.ends_on)


def refuse_small(percent: Decimal, policy: Policy) -> None:
    """Refuse a last tranche below the share that the policy keeps back until acceptance, where it names one. Raises LastTrancheTooSmall."""
    smallest = policy.value("agreement.last_tranche_min_percent")
    if smallest is not None and percent < smallest.value:
        raise LastTrancheTooSmall(minimum=Decimal(str(smallest.value)), source=smallest.source)


def _ask_to_sign(project: Project, agreement: Agreement, *, at: datetime) -> None:
    subject, due = subject_of(project), agreement.sign_by
    ask(step="sign_agreement", subject=subject, permission=Permission.SIGN_AS_PURCHASER, region=project.region.county, at=at, due_at=due)
    ask(step="sign_agreement", subject=subject, permission=Permission.SIGN_AS_AGENCY, body=agreement.agency.body, at=at, due_at=due)


def _lay_tranches(agreement: Agreement, drafts: tuple[TrancheDraft, ...]) -> None:
    left = agreement.price
    rows = []
    for number, draft in enumerate(drafts, start=1):
        amount = left if number == len(drafts) else share(agreement.price, draft.percent)
        left -= amount
        rows.append(Tranche(agreement=agreement, number=number, percent=draft.percent, amount=amount, trigger=draft.trigger))
    Tranche.objects.bulk_create(rows)
