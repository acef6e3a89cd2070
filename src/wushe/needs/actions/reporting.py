import json
import secrets
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.db import IntegrityError, transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.audit.actions.recording import Actor
from wushe.inbox.actions import ask
from wushe.kernel import numbers
from wushe.kernel.actors import RESIDENT
from wushe.kernel.bus import publish
from wushe.kernel.clock import local_date
from wushe.kernel.encryption import blind_index, encrypt
from wushe.kernel.errors import FieldRequired
from wushe.kernel.identifiers import TAIL, clean_phone, is_phone
from wushe.kernel.receipts import receipt_code
from wushe.kernel.tries import Sender, count_sent
from wushe.needs.errors import ConsentMissing, PhoneInvalid, PhoneReasonMissing, PlaceTooWide, WishTooLong, WishTooShort
from wushe.needs.events import NeedReported
from wushe.needs.models import Need
from wushe.needs.models.need import ADDRESS, LONGEST_WISH, PERSON, PHONE, RECEIPT
from wushe.needs.permissions import Permission
from wushe.needs.queries import subject_of
from wushe.policies.queries import Policy, policy_for
from wushe.regions.models import Level, Region

RECEIPT_CODE = "needs.receipt_code"
SHORTEST_WISH = 2


@dataclass(frozen=True, slots=True)
class NeedDraft:
    """A need as it is told. Codes are the pack's; `submission` is the form's own token: the same form sent twice is one need."""

    region: Region
    person: str
    phone: str
    group: str
    field: str
    urgency: str
    source: str
    wish: str
    consent: bool
    address: str = ""
    grid: str = ""
    is_proxy: bool = False
    no_phone_reason: str = ""
    may_share: bool = False
    submission: UUID | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the resident takes away: the need and the code. Only the code's keyed hash is kept."""

    need: Need
    code: str


def report_need(*, draft: NeedDraft, at: datetime, sender: Sender | None = None) -> Receipt:
    """A resident reports a need without an account. What one address sends is counted, if it is known.

    Not to be called with a sender in a transaction: the count would be lost with the refusal.

    Refuses: TooManySent, ConsentMissing, WishTooShort, PhoneInvalid, PlaceTooWide, WishTooLong, UnknownCode, FieldRequired.
    Effects: a Need; audit without personal data; a to-do with a clock for the town; NeedReported.
    Policy: `need.response_working_days.<urgency>`, the code lists.
    """
    if sender is not None:
        count_sent(sender, "need", settings.PUBLIC_POSTS, at=at)
    if not draft.phone.strip():
        raise FieldRequired(name="phone")
    with transaction.atomic():
        return _write(draft, user=None, by=RESIDENT, at=at)


@transaction.atomic
def record_need(*, draft: NeedDraft, by: User, at: datetime) -> Receipt:
    """A worker records a resident's need, on the doorstep or at the window.

    Refuses: NotPermitted, PhoneReasonMissing, and what `report_need` refuses.
    Effects: as `report_need`, with the worker's name.
    Policy: as `report_need`.
    """
    require(by, Permission.RECORD_NEED, local_date(at), region=draft.region)
    return _write(draft, user=by, by=by, at=at)


def _write(draft: NeedDraft, *, user: User | None, by: Actor, at: datetime) -> Receipt:
    on = local_date(at)
    phone = clean_phone(draft.phone)
    policy = policy_for(draft.region, on)
    _check(draft, phone, policy)
    submission = _fingerprint(draft, phone)
    code = receipt_code(submission, context=RECEIPT_CODE)
    need = Need(
        region=draft.region,
        grid=draft.grid,
        person=encrypt(draft.person.strip(), context=PERSON),
        person_index=blind_index("".join(draft.person.split()), context=PERSON),
        phone=encrypt(phone, context=PHONE) if phone else None,
        phone_index=blind_index(phone, context=PHONE) if phone else "",
        phone_tail=phone[-TAIL:],
        no_phone_reason="" if phone else draft.no_phone_reason.strip(),
        address=encrypt(draft.address.strip(), context=ADDRESS) if draft.address.strip() else None,
        group=draft.group,
        field=draft.field,
        urgency=draft.urgency,
        source=draft.source,
        wish=draft.wish.strip(),
        pack_version=policy.pack_version,
        consent_at=at,
        may_share=draft.may_share,
        is_proxy=draft.is_proxy,
        recorded_by=user,
        receipt=blind_index(code, context=RECEIPT),
        submission=submission,
        state_changed_at=at,
        created_at=at,
        due_at=respond_by(policy, draft.urgency, at),
    )
    known = _save(need, on)
    if known is not None:
        return Receipt(known, code)
    record(
        by=by,
        at=at,
        verb="needs.need_reported",
        subject=("need", need.number),
        data={"field": need.field, "urgency": need.urgency, "source": need.source},
    )
    wait_for_triage(need, at)
    publish(NeedReported(need_id=need.pk, at=at.isoformat()))
    return Receipt(need, code)


def _save(need: Need, on: date) -> Need | None:
    """Number and insert the need; or return the one that the same form, sent before or at the same moment, has made."""
    try:
        with transaction.atomic():
            need.number = numbers.draw("need", place=need.region.county_code, on=on)
            need.save(force_insert=True)
    except IntegrityError:
        known = Need.objects.select_related("region", "region__town").filter(submission=need.submission).first()
        if known is None:
            raise
        return known
    return None


def _fingerprint(draft: NeedDraft, phone: str) -> UUID:
    """The same form with the same content gives the same value; a form that was changed before it was sent again is another need."""
    token = draft.submission or UUID(bytes=secrets.token_bytes(16))
    typed = {each.name: getattr(draft, each.name) for each in fields(draft)} | {"region": draft.region.code, "phone": phone}
    written = {name: value.strip() if isinstance(value, str) else value for name, value in typed.items() if name != "submission"}
    return uuid5(token, json.dumps(written))


def respond_by(policy: Policy, urgency: str, at: datetime) -> datetime:
    """When the town has to have answered a need of this urgency."""
    return policy.deadline(f"need.response_working_days.{urgency}", local_date(at))


def wait_for_triage(need: Need, at: datetime) -> None:
    """Put the need on the town's desk, with its clock."""
    ask(
        step="triage_need",
        subject=subject_of(need),
        permission=Permission.TRIAGE_NEED,
        region=need.region.town or need.region,
        at=at,
        due_at=need.due_at,
    )


def _check(draft: NeedDraft, phone: str, policy: Policy) -> None:
    if not draft.consent:
        raise ConsentMissing
    if not draft.person.strip():
        raise FieldRequired(name="person")
    if len(draft.wish.strip()) < SHORTEST_WISH:
        raise WishTooShort(minimum=SHORTEST_WISH)
    if len(draft.wish.strip()) > LONGEST_WISH:
        raise WishTooLong(maximum=LONGEST_WISH)
    _check_phone(draft, phone)
    if draft.region.level < Level.COMMUNITY:
        raise PlaceTooWide(place=draft.region.name)
    lists = {"client_groups": draft.group, "service_fields": draft.field, "urgency_levels": draft.urgency, "need_sources": draft.source}
    for name, code in lists.items():
        policy.code(name, code)


def _check_phone(draft: NeedDraft, phone: str) -> None:
    if draft.phone.strip() and not is_phone(phone):
        raise PhoneInvalid
    if not phone and not draft.no_phone_reason.strip():
        raise PhoneReasonMissing
