import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, settle
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.encryption import decrypt, encrypt
from wushe.kernel.errors import FieldRequired
from wushe.kernel.money import ZERO, yuan
from wushe.organisations.models import Organisation
from wushe.organisations.queries import qualification_of
from wushe.policies.queries import policy_for
from wushe.projects.errors import AgencyNotQualified, AlreadyBid, PriceOverCeiling
from wushe.projects.models import Bid, Tender
from wushe.projects.permissions import Permission
from wushe.projects.queries import (
    bidder_terms,
    bidding_fits,
    locked,
    out_of_order,
    subject_of,
)

SEAL = "projects.bid"


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Someone who will do the work, with the certificate that shows they can."""

    name: str
    role: str
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class BidDraft:
    """An offer: price in yuan, plan, team."""

    price: Decimal
    plan: str
    team: tuple[TeamMember, ...] = ()


@transaction.atomic
def submit_bid(*, project_id: int, agency: Organisation, draft: BidDraft, by: User, at: datetime) -> Bid:
    """Hand in a sealed bid.

    Refuses: NotPermitted, StepNotAllowed, BidTooLate, AgencyNotQualified, PriceOverCeiling, AlreadyBid, FieldRequired.
    Effects: a Bid whose content is encrypted until opening; audit with the digest only; the agency's to-do settled.
    Policy: `agency.minimum_professionals`, `qualifications`, `tender.open_days`; the closing time is the server's.
    """
    project = locked(project_id)
    on = local_date(at)
    require(by, Permission.SUBMIT_BID, on, body_id=agency.body_id)
    tender = bidding_fits(project, at)
    checks = qualification_of(agency, on, **bidder_terms(policy_for(project.region, on)))
    missing = tuple(str(check.condition) for check in checks if not check.met)
    if missing:
        raise AgencyNotQualified(missing=missing)
    _check(draft, tender)
    content = json.dumps(_content(draft), ensure_ascii=False, sort_keys=True)
    bid = Bid(
        number=numbers.draw("bid", place=project.region.county_code, on=on),
        tender=tender,
        agency=agency,
        sealed=encrypt(content, context=SEAL),
        digest=hashlib.sha256(content.encode()).hexdigest(),
        submitted_at=at,
        submitted_by=by,
    )
    try:
        with transaction.atomic():
            bid.save(force_insert=True)
    except IntegrityError as error:
        held = tender.bids.filter(agency=agency, withdrawn_at__isnull=True).values_list("number", flat=True).first()
        raise AlreadyBid(bid=held or "") from error
    subject = ("project", project.number)
    record(by=by, at=at, verb="projects.bid_submitted", subject=subject, name=project.title, data={"bid": bid.number, "digest": bid.digest})
    settle(step="submit_bid", subject=subject, at=at, body=agency.body)
    return bid


@transaction.atomic
def withdraw_bid(*, bid_id: int, by: User, at: datetime) -> Bid:
    """Take a bid back before closing; another can be handed in.

    Refuses: NotPermitted, StepNotAllowed, BidTooLate.
    Effects: the Bid's withdrawal; the agency's to-do open again; audit.
    """
    bid = Bid.objects.select_related("agency__body", "tender").get(pk=bid_id)
    project = locked(bid.tender.project_id)
    require(by, Permission.SUBMIT_BID, local_date(at), body_id=bid.agency.body_id)
    tender = bidding_fits(project, at)
    bid.refresh_from_db(fields=["withdrawn_at"])
    if bid.withdrawn_at is not None or bid.tender_id != tender.pk:
        raise out_of_order(project, "withdraw_bid", at)
    bid.withdrawn_at = at
    bid.save(update_fields=["withdrawn_at"])
    subject = subject_of(project)
    ask(step="submit_bid", subject=subject, permission=Permission.SUBMIT_BID, body=bid.agency.body, at=at, due_at=tender.closes_at)
    record(by=by, at=at, verb="projects.bid_withdrawn", subject=subject[:2], name=project.title, data={"bid": bid.number})
    return bid


def unseal(bid: Bid) -> dict[str, Any]:
    """The content of a bid: price as text, plan, team. Only the opening of bids and the bidder may ask."""
    content: dict[str, Any] = json.loads(decrypt(bid.sealed, context=SEAL))
    return content


def _check(draft: BidDraft, tender: Tender) -> None:
    if not draft.plan.strip():
        raise FieldRequired(name="plan")
    if not draft.team:
        raise FieldRequired(name="team")
    if draft.price <= ZERO:
        raise FieldRequired(name="price")
    if draft.price > tender.ceiling:
        raise PriceOverCeiling(price=draft.price, ceiling=tender.ceiling)


def _content(draft: BidDraft) -> dict[str, Any]:
    team = [{"name": member.name, "role": member.role, "certificate": member.certificate} for member in draft.team]
    return {"price": str(yuan(draft.price)), "plan": draft.plan, "team": team}
