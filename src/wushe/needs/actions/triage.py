from datetime import datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import settle
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired, NotFound
from wushe.kernel.steps import allowed
from wushe.needs.actions.news import tell_recorder
from wushe.needs.errors import SameNeed
from wushe.needs.models import Need
from wushe.needs.permissions import Permission
from wushe.needs.queries import Contact, contact_of, locked, locked_needs
from wushe.needs.states import LIVING, TRANSITIONS, Step


@transaction.atomic
def decline_need(*, need_id: int, reason: str, by: User, at: datetime) -> Need:
    """Answer a need that cannot become a project, with the reason that the resident reads.

    Refuses: NotPermitted, StepNotAllowed, FieldRequired.
    Effects: reported -> declined; audit; the to-do settled.
    """
    need = locked(need_id)
    require(by, Permission.DECLINE_NEED, local_date(at), region=need.region)
    if not reason.strip():
        raise FieldRequired(name="reason")
    _decline(need, reason.strip(), by, at)
    return need


@transaction.atomic
def mark_duplicate(*, need_id: int, of_id: int, by: User, at: datetime) -> Need:
    """Say that a need was reported twice; the other one goes on, also for those that were duplicates of this one.

    Refuses: NotPermitted, StepNotAllowed, NotFound, SameNeed.
    Effects: reported -> declined with the other's number as reason; its own duplicates lead to the other; audit; the to-do settled.
    """
    # both are held, so that of two that are called each other's duplicate at one moment one goes on
    held = {need.pk: need for need in locked_needs([need_id, of_id])}
    need, original = (held.get(pk) for pk in (need_id, of_id))
    if need is None or original is None:
        raise NotFound(kind="need", number=str(need_id if need is None else of_id))
    require(by, Permission.DECLINE_NEED, local_date(at), region=need.region)
    if original.pk == need.pk or original.state not in LIVING or original.region.county_id != need.region.county_id:
        raise SameNeed(need=original.number)
    need.duplicate_of = original
    need.save(update_fields=["duplicate_of"])
    need.duplicates.update(duplicate_of=original, decline_reason=original.number)
    _decline(need, original.number, by, at)
    return need


@transaction.atomic
def reveal_contact(*, need_id: int, reason: str, by: User, at: datetime) -> Contact:
    """Show name, phone and address in clear to someone who says why.

    Refuses: NotPermitted, FieldRequired.
    Effects: an audit entry with the reason.
    Policy: personal information law: least privilege, with a trace.
    """
    need = locked(need_id)
    require(by, Permission.REVEAL_CONTACT, local_date(at), region=need.region)
    if not reason.strip():
        raise FieldRequired(name="reason")
    record(by=by, at=at, verb="needs.contact_revealed", subject=("need", need.number), data={"reason": reason.strip()})
    return contact_of(need)


def _decline(need: Need, reason: str, by: User, at: datetime) -> None:
    need.state = allowed(TRANSITIONS, Step.DECLINE_NEED, state=need.state).target
    need.state_changed_at, need.decline_reason = at, reason
    need.save(update_fields=["state", "state_changed_at", "decline_reason"])
    settle(step="triage_need", subject=("need", need.number), at=at)
    tell_recorder(need, "needs.need_declined", at)
    record(by=by, at=at, verb="needs.need_declined", subject=("need", need.number), data={"reason": reason})
