from datetime import datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, notify, settle
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.policies.queries import policy_for
from wushe.projects.actions.news import people_of
from wushe.projects.errors import AlreadyDisqualified
from wushe.projects.models import Bid
from wushe.projects.permissions import Permission
from wushe.projects.queries import bid_count, living_tender, locked, out_of_order, subject_of
from wushe.projects.states import ProjectState, Step


@transaction.atomic
def disqualify_bid(*, bid_id: int, ground: str, reason: str, by: User, at: datetime) -> Bid:
    """Take an opened bid out of the contest, on a ground of the law and with a reason. Nobody scores or ranks it any more.

    Refuses: NotPermitted, StepNotAllowed, AlreadyDisqualified, UnknownCode, FieldRequired.
    Effects: the Bid's disqualification; audit with ground and article; news for the bidder; with too few bids left, the to-dos of scoring
    and award settled and one to cancel the tender.
    Policy: the code list `disqualification_grounds`, `tender.minimum_qualified_bids`, `award.decide_working_days`.
    """
    bid = Bid.objects.select_related("agency").get(pk=bid_id)
    project = locked(bid.tender.project_id)
    on = local_date(at)
    require(by, Permission.DISQUALIFY_BID, on, region=project.region)
    tender = living_tender(project)
    bid.refresh_from_db(fields=["disqualified_at", "withdrawn_at"])
    if project.state != ProjectState.SCORING or tender is None or bid.tender_id != tender.pk or bid.withdrawn_at is not None:
        raise out_of_order(project, "disqualify_bid", at)
    if bid.disqualified_at is not None:
        raise AlreadyDisqualified(bid=bid.number)
    policy = policy_for(project.region, on)
    article = policy.code("disqualification_grounds", ground).extra.get("article", "")
    if not reason.strip():
        raise FieldRequired(name="reason")
    bid.disqualify_ground, bid.disqualify_reason, bid.disqualified_by, bid.disqualified_at = ground, reason.strip(), by, at
    bid.save(update_fields=["disqualify_ground", "disqualify_reason", "disqualified_by", "disqualified_at"])
    subject = subject_of(project)
    data = {"bid": bid.number, "ground": ground, "article": article, "reason": bid.disqualify_reason}
    record(by=by, at=at, verb="projects.bid_disqualified", subject=subject[:2], name=project.title, data=data)
    if not bid_count(tender).is_enough:
        for step in ("score_bids", Step.AWARD_TENDER):
            settle(step=step, subject=subject[:2], at=at)
        ask(
            step=Step.CANCEL_TENDER,
            subject=subject,
            permission=Permission.CANCEL_TENDER,
            region=project.region.county,
            at=at,
            due_at=policy.deadline("award.decide_working_days", on),
        )
    bidder = people_of([bid.agency.body_id], on)
    notify(
        users=bidder, verb="projects.bid_disqualified", subject=subject, at=at, data={"bid": bid.number, "reason": bid.disqualify_reason}
    )
    return bid
