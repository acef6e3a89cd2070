"""Who belongs to a federation, who sits on its board, what members promise, and what the federation says of their records."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.kernel.steps import refuse_withdrawn
from wushe.organisations.actions.days import refuse_disorder
from wushe.organisations.actions.life import locked_organisation
from wushe.organisations.errors import (
    AlreadyMember,
    DatesOutOfOrder,
    MemberElsewhere,
    NotAPeer,
    PeerReviewed,
)
from wushe.organisations.models import BoardSeat, MemberComment, Membership, Organisation, PeerReview, Pledge
from wushe.organisations.permissions import Permission
from wushe.organisations.rules import refuse_no_federation, refuse_past_member, refuse_struck_off, refuse_vacated
from wushe.policies.queries import policy_for


@dataclass(frozen=True, slots=True)
class MembershipDraft:
    """Who joins: an organisation of the register, or somebody who is named only."""

    kind: str
    joined_on: date
    name: str = ""
    organisation: Organisation | None = None


@dataclass(frozen=True, slots=True)
class SeatDraft:
    """Who takes which seat, perhaps for a member."""

    person: str
    position: str
    seated_on: date
    membership: Membership | None = None


@transaction.atomic
def admit_member(*, federation: Organisation, draft: MembershipDraft, by: User, at: datetime) -> Membership:
    """Take somebody into a federation.

    Refuses: NotPermitted, NotAFederation, FieldRequired, UnknownCode, StepNotAllowed, AlreadyMember, MemberElsewhere, DatesOutOfOrder,
    DayInFuture.
    Effects: a Membership; audit.
    Policy: the list `federation_member_kinds`.
    """
    federation, on = locked_federation(federation, Permission.ADMIT_MEMBER, by, at)
    policy_for(federation.region, on).code("federation_member_kinds", draft.kind)
    name = draft.organisation.name if draft.organisation is not None else draft.name.strip()
    if not name:
        raise FieldRequired(name="name")
    if draft.organisation is not None:
        refuse_struck_off("admit_member", locked_organisation(draft.organisation))
    if draft.organisation is not None and federation.region_id not in draft.organisation.region.ancestor_ids:
        raise MemberElsewhere(organisation=name)
    refuse_disorder(on, founded_on=federation.founded_on, joined_on=draft.joined_on)
    same = Q(name=name) if draft.organisation is None else Q(name=name) | Q(organisation=draft.organisation)
    known = federation.memberships.filter(same, left_on__isnull=True).first()
    if known is not None:
        raise AlreadyMember(name=known.name, joined_on=known.joined_on)
    membership = Membership.objects.create(
        federation=federation, kind=draft.kind, name=name, organisation=draft.organisation, joined_on=draft.joined_on
    )
    _note(federation, by, at, verb="organisations.member_admitted", member=name, kind=draft.kind)
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, left_on: date, reason: str, by: User, at: datetime) -> Membership:
    """A member leaves.

    Refuses: NotPermitted, NotAFederation, MembershipEnded, FieldRequired, DatesOutOfOrder, DayInFuture.
    Effects: the Membership's last day and the reason; audit.
    """
    federation, on = locked_federation(membership.federation, Permission.END_MEMBERSHIP, by, at)
    membership = _running(membership)
    if not reason.strip():
        raise FieldRequired(name="reason")
    refuse_disorder(on, joined_on=membership.joined_on, left_on=left_on)
    if left_on == membership.joined_on:
        raise DatesOutOfOrder(first="joined_on", second="left_on")
    membership.left_on, membership.leaving_reason = left_on, reason.strip()
    membership.save(update_fields=["left_on", "leaving_reason"])
    _note(federation, by, at, verb="organisations.membership_ended", member=membership.name, reason=reason.strip())
    return membership


@transaction.atomic
def fill_board_seat(*, federation: Organisation, draft: SeatDraft, by: User, at: datetime) -> BoardSeat:
    """Somebody takes a seat on the board.

    Refuses: NotPermitted, NotAFederation, FieldRequired, MembershipEnded, DatesOutOfOrder, DayInFuture.
    Effects: a BoardSeat; audit.
    """
    federation, on = locked_federation(federation, Permission.FILL_BOARD_SEAT, by, at)
    for name in ("person", "position"):
        if not getattr(draft, name).strip():
            raise FieldRequired(name=name)
    membership = _running(draft.membership) if draft.membership is not None else None
    refuse_disorder(on, founded_on=federation.founded_on, seated_on=draft.seated_on)
    seat = BoardSeat.objects.create(
        federation=federation,
        person=draft.person.strip(),
        position=draft.position.strip(),
        membership=membership,
        seated_on=draft.seated_on,
    )
    _note(federation, by, at, verb="organisations.board_seat_filled", position=seat.position)
    return seat


@transaction.atomic
def vacate_board_seat(*, seat: BoardSeat, vacated_on: date, by: User, at: datetime) -> BoardSeat:
    """Somebody leaves the board.

    Refuses: NotPermitted, NotAFederation, SeatVacated, DatesOutOfOrder, DayInFuture.
    Effects: the BoardSeat's last day; audit.
    """
    federation, on = locked_federation(seat.federation, Permission.VACATE_BOARD_SEAT, by, at)
    seat = BoardSeat.objects.select_for_update(of=("self",), no_key=True).get(pk=seat.pk)
    refuse_vacated(seat)
    refuse_disorder(on, seated_on=seat.seated_on, vacated_on=vacated_on)
    if vacated_on == seat.seated_on:
        raise DatesOutOfOrder(first="seated_on", second="vacated_on")
    seat.vacated_on = vacated_on
    seat.save(update_fields=["vacated_on"])
    _note(federation, by, at, verb="organisations.board_seat_vacated", position=seat.position)
    return seat


@transaction.atomic
def record_pledge(*, membership: Membership, text: str, pledged_on: date, by: User, at: datetime) -> Pledge:
    """A member promises the others something.

    Refuses: NotPermitted, NotAFederation, MembershipEnded, FieldRequired, DatesOutOfOrder, DayInFuture.
    Effects: a Pledge; audit.
    """
    federation, on = locked_federation(membership.federation, Permission.RECORD_PLEDGE, by, at)
    membership = _running(membership)
    if not text.strip():
        raise FieldRequired(name="text")
    refuse_disorder(on, joined_on=membership.joined_on, pledged_on=pledged_on)
    pledge = Pledge.objects.create(membership=membership, text=text.strip(), pledged_on=pledged_on)
    _note(federation, by, at, verb="organisations.pledge_recorded", member=membership.name)
    return pledge


@transaction.atomic
def record_peer_review(
    *, membership: Membership, reviewer: Membership, reviewed_on: date, keeps: bool, text: str, by: User, at: datetime
) -> PeerReview:
    """One member has looked at whether another keeps to what the members promised.

    Refuses: NotPermitted, NotAFederation, MembershipEnded (of either), NotAPeer, FieldRequired, PeerReviewed, DatesOutOfOrder, DayInFuture.
    Effects: a PeerReview; audit.
    """
    federation, on = locked_federation(membership.federation, Permission.RECORD_PEER_REVIEW, by, at)
    membership, reviewer = _running(membership), _running(reviewer)
    if reviewer.pk == membership.pk or reviewer.federation_id != federation.pk:
        raise NotAPeer(name=reviewer.name)
    if not text.strip():
        raise FieldRequired(name="text")
    refuse_disorder(on, joined_on=max(membership.joined_on, reviewer.joined_on), reviewed_on=reviewed_on)
    if membership.peer_reviews.standing().filter(reviewer=reviewer, reviewed_on=reviewed_on).exists():
        raise PeerReviewed(reviewer=reviewer.name, reviewed_on=reviewed_on)
    told = {"reviewed_on": reviewed_on, "keeps": keeps, "text": text.strip()}
    review = PeerReview.objects.create(membership=membership, reviewer=reviewer, **told)
    _note(federation, by, at, verb="organisations.peer_review_recorded", member=membership.name, reviewer=reviewer.name)
    return review


@transaction.atomic
def withdraw_peer_review(*, review: PeerReview, reason: str, by: User, at: datetime) -> PeerReview:
    """Take back a peer review that was recorded by mistake; also that of a member who has left.

    Refuses: NotPermitted, NotAFederation, StepNotAllowed, FieldRequired.
    Effects: the PeerReview, withdrawn; audit.
    """
    federation, on = locked_federation(review.membership.federation, Permission.WITHDRAW_PEER_REVIEW, by, at)
    review.refresh_from_db(fields=["withdrawn_on"])
    refuse_withdrawn("withdraw_peer_review", review.withdrawn_on)
    if not reason.strip():
        raise FieldRequired(name="reason")
    review.withdrawn_on, review.reason = on, reason.strip()
    review.save(update_fields=["withdrawn_on", "reason"])
    names = {"member": review.membership.name, "reviewer": review.reviewer.name}
    _note(federation, by, at, verb="organisations.peer_review_withdrawn", **names, reason=review.reason)
    return review


@transaction.atomic
def comment_on_member(*, membership: Membership, text: str, by: User, at: datetime) -> MemberComment:
    """The federation says something of a member's record; the record stays as it is.

    Refuses: NotPermitted, NotAFederation, MembershipEnded, FieldRequired.
    Effects: a MemberComment; audit.
    """
    federation, _on = locked_federation(membership.federation, Permission.COMMENT_ON_MEMBER, by, at)
    membership = _running(membership)
    if not text.strip():
        raise FieldRequired(name="text")
    comment = MemberComment.objects.create(membership=membership, text=text.strip(), by=by, at=at)
    _note(federation, by, at, verb="organisations.member_commented", member=membership.name)
    return comment


def locked_federation(federation: Organisation, permission: Permission, by: User, at: datetime) -> tuple[Organisation, date]:
    """The living federation, locked for a step that this person may take, and the day."""
    locked, on = locked_organisation(federation), local_date(at)
    require(by, permission, on, region=locked.region, body_id=locked.body_id)
    refuse_no_federation(locked, on)
    return locked, on


def _running(membership: Membership) -> Membership:
    locked = Membership.objects.select_for_update(of=("self",), no_key=True).get(pk=membership.pk)
    refuse_past_member(locked)
    return locked


def _note(federation: Organisation, by: User, at: datetime, *, verb: str, **data: str) -> None:
    record(by=by, at=at, verb=verb, subject=("federation", federation.number), name=federation.name, data=data)
