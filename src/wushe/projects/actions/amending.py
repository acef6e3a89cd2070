from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, put_off, settle
from wushe.kernel.bus import publish
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.kernel.money import CENT, yuan
from wushe.kernel.workdays import end_of_day
from wushe.policies.queries import policy_for
from wushe.projects.actions.agreeing import SIDES, WHOLE, put_signature, refuse_small, require_side
from wushe.projects.actions.news import tell_parties
from wushe.projects.errors import AmendmentEmpty, AmendmentTooLarge, EndsInThePast, LastTrancheTaken, PeriodBackwards
from wushe.projects.events import AgreementAmended
from wushe.projects.models import Agreement, Amendment, Project, Tranche, TrancheState
from wushe.projects.permissions import Permission
from wushe.projects.queries import (
    amendment_fits,
    locked,
    refuse_withdrawn,
    signed_agreement,
    subject_of,
    withdrawal_fits,
)

UNDER_WAY = (TrancheState.REQUESTED, TrancheState.APPROVED, TrancheState.PAID)


@dataclass(frozen=True, slots=True)
class AmendmentDraft:
    """What a signed agreement is to become. A change of price falls on the last tranche."""

    reason: str
    ends_on: date | None = None
    price: Decimal | None = None


@transaction.atomic
def amend_agreement(*, project_id: int, draft: AmendmentDraft, by: User, at: datetime) -> Amendment:
    """Draw up a numbered amendment of a signed agreement; it is in force when both have signed.

    Refuses: NotPermitted, StepNotAllowed, FieldRequired, AmendmentEmpty, PeriodBackwards, EndsInThePast, AmendmentTooLarge,
    LastTrancheTaken, LastTrancheTooSmall.
    Effects: an Amendment, unsigned; audit; to-dos to sign for both sides.
    Policy: `agreement.amendment_max_percent`, `agreement.sign_days`, `agreement.last_tranche_min_percent` where there is one.
    """
    project = locked(project_id)
    on = local_date(at)
    require(by, Permission.AMEND_AGREEMENT, on, region=project.region)
    agreement = amendment_fits(project, at)
    if not draft.reason.strip():
        raise FieldRequired(name="reason")
    changes = _changes(agreement, draft)
    if not changes:
        raise AmendmentEmpty
    _refuse_past(changes, on)
    _within_limit(project, agreement, draft, on)
    sequence = agreement.amendments.count() + 1
    amendment = Amendment.objects.create(
        number=f"{agreement.number}-{sequence:02d}",
        agreement=agreement,
        sequence=sequence,
        changes=changes,
        reason=draft.reason,
        drawn_up_by=by,
        drawn_up_at=at,
    )
    subject = subject_of(project)
    due, county, agency = policy_for(project.region, on).deadline("agreement.sign_days", on), project.region.county, agreement.agency.body
    ask(step="sign_amendment", subject=subject, permission=Permission.SIGN_AS_PURCHASER, region=county, at=at, due_at=due)
    ask(step="sign_amendment", subject=subject, permission=Permission.SIGN_AS_AGENCY, body=agency, at=at, due_at=due)
    record(by=by, at=at, verb="projects.amendment_drawn_up", subject=subject[:2], name=project.title, data={"amendment": amendment.number})
    return amendment


@transaction.atomic
def sign_amendment(*, amendment_id: int, side: str, by: User, at: datetime) -> Amendment:
    """Sign an amendment for one side. With the second signature the agreement and its tranches change.

    Refuses: NotPermitted, StepNotAllowed, AlreadySigned, CheckerIsMaker, EndsInThePast, LastTrancheTaken.
    Effects: the signature; audit; with the second: the Agreement's price and end, the last Tranche, AgreementAmended, the day
    by which delivery ends, news for town and agency.
    """
    project = locked(Amendment.objects.values_list("agreement__project_id", flat=True).get(pk=amendment_id))
    agreement = signed_agreement(project, "sign_amendment", at)
    amendment = Amendment.objects.get(pk=amendment_id)
    require_side(agreement, project, side, by=by, on=local_date(at))
    refuse_withdrawn(project, amendment, "sign_amendment", at)
    _refuse_past(amendment.changes, local_date(at))
    put_signature(amendment, side, step="sign_amendment", by=by, at=at)
    subject = subject_of(project)
    record(
        by=by,
        at=at,
        verb="projects.amendment_signed",
        subject=subject[:2],
        name=project.title,
        data={"amendment": amendment.number, "side": side},
    )
    settle(step="sign_amendment", subject=subject[:2], at=at, permission=SIDES[side])
    if amendment.is_signed:
        _apply(agreement, amendment)
        publish(AgreementAmended(project_id=project.pk, at=at.isoformat()))
        put_off(step="finish_delivery", subject=subject[:2], due_at=end_of_day(agreement.ends_on))
        tell_parties(project, "projects.amendment_in_force", at=at, data={"amendment": amendment.number})
    return amendment


@transaction.atomic
def withdraw_amendment(*, amendment_id: int, reason: str, by: User, at: datetime) -> Amendment:
    """Take back an amendment that is not in force, whatever has become of the project since; a signature given so far is void.

    Refuses: NotPermitted, AgreementInForce, StepNotAllowed, FieldRequired.
    Effects: the Amendment's withdrawal, its number stays; to-dos to sign settled; audit; news for town and agency.
    """
    project = locked(Amendment.objects.values_list("agreement__project_id", flat=True).get(pk=amendment_id))
    require(by, Permission.AMEND_AGREEMENT, local_date(at), region=project.region)
    amendment = Amendment.objects.get(pk=amendment_id)
    withdrawal_fits(project, amendment, at)
    if not reason.strip():
        raise FieldRequired(name="reason")
    amendment.withdrawn_by, amendment.withdrawn_at, amendment.withdraw_reason = by, at, reason.strip()
    amendment.save(update_fields=["withdrawn_by", "withdrawn_at", "withdraw_reason"])
    subject, data = subject_of(project), {"amendment": amendment.number, "reason": reason.strip()}
    settle(step="sign_amendment", subject=subject[:2], at=at)
    record(by=by, at=at, verb="projects.amendment_withdrawn", subject=subject[:2], name=project.title, data=data)
    tell_parties(project, "projects.amendment_withdrawn", at=at, data=data)
    return amendment


def _changes(agreement: Agreement, draft: AmendmentDraft) -> dict[str, list[str]]:
    changes = {}
    if draft.ends_on is not None and draft.ends_on != agreement.ends_on:
        changes["ends_on"] = [agreement.ends_on.isoformat(), draft.ends_on.isoformat()]
    if draft.price is not None and yuan(draft.price) != agreement.price:
        changes["price"] = [str(agreement.price), str(yuan(draft.price))]
    return changes


def _refuse_past(changes: dict[str, list[str]], on: date) -> None:
    """What is recorded lies on or before its own day: an end that is not past leaves none of it outside the agreement."""
    if "ends_on" in changes:
        ends_on = date.fromisoformat(changes["ends_on"][1])
        if ends_on < on:
            raise EndsInThePast(ends_on=ends_on, earliest=on)


def _within_limit(project: Project, agreement: Agreement, draft: AmendmentDraft, on: date) -> None:
    if draft.ends_on is not None and draft.ends_on <= agreement.starts_on:
        raise PeriodBackwards(starts_on=agreement.starts_on, ends_on=draft.ends_on)
    if draft.price is None:
        return
    policy = policy_for(project.region, on)
    limit = policy.require("agreement.amendment_max_percent")
    maximum = Decimal(str(limit.value))
    original = Decimal(agreement.content["price"])
    percent = (draft.price - original) * 100 / original
    if percent > maximum:
        # no cent above the limit is rounded away, and the sentence shows that it is above
        told = max(percent.quantize(CENT), maximum + CENT)
        raise AmendmentTooLarge(percent=told, maximum=maximum, source=limit.source)
    price = yuan(draft.price)
    _last_tranche(agreement, price)
    refuse_small(_percents(agreement, price)[-1], policy)


def _last_tranche(agreement: Agreement, price: Decimal) -> Tranche:
    """The tranche that takes up a new price. It may have been asked for since the amendment was drawn up."""
    last = agreement.tranches.order_by("-number")[0]
    if last.state in UNDER_WAY or last.amount + price - agreement.price <= 0 or _percents(agreement, price)[-1] <= 0:
        raise LastTrancheTaken(left=last.amount)
    return last


def _percents(agreement: Agreement, price: Decimal) -> list[Decimal]:
    """What share of a new price each tranche is, in their order; the last is the rest."""
    amounts = list(agreement.tranches.order_by("number").values_list("amount", flat=True))
    before = [(amount * WHOLE / price).quantize(Decimal("0.01")) for amount in amounts[:-1]]
    return [*before, WHOLE - sum(before)]


def _apply(agreement: Agreement, amendment: Amendment) -> None:
    if "ends_on" in amendment.changes:
        agreement.ends_on = date.fromisoformat(amendment.changes["ends_on"][1])
    if "price" in amendment.changes:
        price = Decimal(amendment.changes["price"][1])
        last = _last_tranche(agreement, price)
        tranches = list(agreement.tranches.order_by("number"))
        for row, percent in zip(tranches, _percents(agreement, price), strict=True):
            row.percent = percent
        tranches[-1].amount = last.amount + price - agreement.price
        Tranche.objects.bulk_update(tranches, ["percent", "amount"])
        agreement.price = price
    agreement.save(update_fields=["ends_on", "price"])
