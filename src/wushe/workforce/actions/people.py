from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q, Value
from django.db.models.functions import Greatest

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.encryption import encrypt
from wushe.kernel.errors import FieldRequired
from wushe.kernel.identifiers import clean_identity, clean_phone, is_identity, is_phone
from wushe.kernel.steps import refuse_withdrawn
from wushe.policies.queries import policy_for
from wushe.regions.models import Region
from wushe.workforce.actions.locking import in_order, locked_living, locked_worker, said
from wushe.workforce.errors import (
    AccountTaken,
    AccountUnknown,
    ContactInvalid,
    IdentityWrong,
    NotOnRegister,
    WorkerExists,
    WorkerLeft,
    WorkerPosted,
)
from wushe.workforce.models import Pairing, Spell, Worker
from wushe.workforce.models.worker import IDENTITY, NAME, PHONE
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import Clear, clear_of, identity_index, name_index


@dataclass(frozen=True, slots=True)
class WorkerDraft:
    """A person of the register; kind and education are codes of `worker_kinds` and `education_levels`. `username`: the account of the person."""

    name: str
    identity: str
    kind: str
    region: Region
    joined_on: date
    phone: str = ""
    education: str = ""
    username: str = ""


@transaction.atomic
def register_worker(*, draft: WorkerDraft, by: User, at: datetime) -> Worker:
    """Put a person on the register. Who left comes back under the old number, and the time before stays on record.

    Refuses: NotPermitted, FieldRequired, IdentityWrong, ContactInvalid, UnknownCode, NotYet, AccountUnknown, AccountTaken, WorkerExists.
    Effects: a Worker, or the one who left lives again and gets a Spell for the time before; an audit entry without personal data.
    Policy: the code lists `worker_kinds` and `education_levels`.
    """
    on = local_date(at)
    require(by, Permission.REGISTER_WORKER, on, region=draft.region)
    columns = _columns(draft, on)
    known = Worker.objects.select_for_update(no_key=True).filter(identity_index=columns["identity_index"]).first()
    if known is not None and (known.left_on is None or known.left_on > draft.joined_on):
        raise WorkerExists(number=known.number)
    if known is None:
        worker = Worker(number=numbers.draw("worker", place=draft.region.county_code, on=on), **columns)
        _save(worker, draft, force_insert=True)
    else:
        assert known.left_on is not None  # noqa: S101 -- the refusal above says so
        Spell.objects.create(worker=known, since=known.joined_on, until=known.left_on, reason=known.leaving_reason)
        worker, columns = known, columns | {"left_on": None, "leaving_reason": ""}
        _change(worker, columns)
        _save(worker, draft, update_fields=list(columns))
    data = {"kind": worker.kind, "region": draft.region.code, "returned": known is not None}
    record(by=by, at=at, verb=Permission.REGISTER_WORKER, subject=("worker", worker.number), data=data)
    return worker


@transaction.atomic
def update_worker(*, worker: Worker, draft: WorkerDraft, by: User, at: datetime) -> Worker:
    """Correct what the register says of a person.

    Refuses: NotPermitted (also for the place that is to keep the entry), OutOfOrder, WorkerLeft (before the day on which they would have
    joined), and what `register_worker` refuses.
    Effects: the Worker; an audit entry that names the changed columns.
    Policy: as `register_worker`.
    """
    worker = locked_worker(Permission.UPDATE_WORKER, worker, by, at)
    require(by, Permission.UPDATE_WORKER, local_date(at), region=draft.region)
    before, columns = clear_of(worker), _columns(draft, local_date(at))
    earlier = worker.spells.standing().aggregate(day=Max("until"))["day"]
    in_order("joined_on", draft.joined_on, earliest=earlier)
    if worker.left_on is not None and worker.left_on <= draft.joined_on:
        raise WorkerLeft(left_on=worker.left_on)
    after = Clear(draft.name.strip(), clean_identity(draft.identity), clean_phone(draft.phone))
    changed = [name for name in ("name", "identity", "phone") if getattr(before, name) != getattr(after, name)]
    changed += [name for name in ("kind", "education", "region", "joined_on", "user") if getattr(worker, name) != columns[name]]
    if changed:
        _change(worker, columns)
        _save(worker, draft, update_fields=list(columns))
        record(by=by, at=at, verb=Permission.UPDATE_WORKER, subject=("worker", worker.number), data={"changed": changed})
    return worker


@transaction.atomic
def reveal_worker(*, worker: Worker, reason: str, by: User, at: datetime) -> Clear:
    """Show identity paper and phone in clear to someone who says why.

    Refuses: NotPermitted, FieldRequired.
    Effects: an audit entry with the reason.
    """
    worker = locked_worker(Permission.REVEAL_WORKER, worker, by, at)
    record(by=by, at=at, verb=Permission.REVEAL_WORKER, subject=("worker", worker.number), data={"reason": said(reason)})
    return clear_of(worker)


@transaction.atomic
def release_worker(*, worker: Worker, left_on: date, reason: str, by: User, at: datetime) -> Worker:
    """Let a person leave the register; `left_on` is the first day without them.

    Refuses: NotPermitted, WorkerLeft, FieldRequired, NotYet, OutOfOrder, WorkerPosted.
    Effects: the Worker's last day with the reason; pairings with a mentor or an apprentice end; an audit entry.
    """
    worker = locked_living(Permission.RELEASE_WORKER, worker, by, at)
    reason = said(reason)
    in_order("left_on", left_on, earliest=worker.joined_on.fromordinal(worker.joined_on.toordinal() + 1), latest=local_date(at))
    posts = worker.postings.filter(Q(until__isnull=True) | Q(until__gt=left_on)).count()
    if posts:
        raise WorkerPosted(posts=posts)
    worker.left_on, worker.leaving_reason = left_on, reason
    worker.save(update_fields=["left_on", "leaving_reason"])
    pairings = Pairing.objects.filter(Q(mentor=worker) | Q(apprentice=worker), until__isnull=True)
    pairings.update(until=Greatest(F("since"), Value(left_on)), ending=reason)
    data = {"left_on": left_on.isoformat(), "reason": reason}
    record(by=by, at=at, verb=Permission.RELEASE_WORKER, subject=("worker", worker.number), data=data)
    return worker


@transaction.atomic
def withdraw_spell(*, spell: Spell, reason: str, by: User, at: datetime) -> Spell:
    """Take back a time on the register that was entered by mistake. Posts of that time stay, each to be taken back where it was wrong too.

    Refuses: NotPermitted, StepNotAllowed, FieldRequired.
    Effects: the Spell, withdrawn; an audit entry with its days and the reason.
    """
    worker = locked_worker(Permission.WITHDRAW_SPELL, spell.worker, by, at)
    locked = worker.spells.get(pk=spell.pk)
    refuse_withdrawn("withdraw_spell", locked.withdrawn_on)
    locked.withdrawn_on, locked.withdrawal = local_date(at), said(reason)
    locked.save(update_fields=["withdrawn_on", "withdrawal"])
    data = {"since": locked.since.isoformat(), "until": locked.until.isoformat(), "reason": locked.withdrawal}
    record(by=by, at=at, verb=Permission.WITHDRAW_SPELL, subject=("worker", worker.number), data=data)
    return locked


@transaction.atomic
def update_own_contact(*, phone: str, by: User, at: datetime) -> Worker:
    """The person themselves correct their phone.

    Refuses: NotOnRegister, ContactInvalid.
    Effects: the Worker's phone; an audit entry.
    """
    worker = Worker.objects.select_for_update(of=("self",), no_key=True).filter(user=by).first()
    if worker is None:
        raise NotOnRegister
    worker.phone = _phone(phone)
    worker.save(update_fields=["phone"])
    record(by=by, at=at, verb="workforce.update_own_contact", subject=("worker", worker.number))
    return worker


def _columns(draft: WorkerDraft, on: date) -> dict[str, Any]:
    if not draft.name.strip():
        raise FieldRequired(name="name")
    identity = clean_identity(draft.identity)
    if not is_identity(identity):
        raise IdentityWrong
    in_order("joined_on", draft.joined_on, latest=on)
    policy = policy_for(draft.region, on)
    return {
        "name": encrypt(draft.name.strip(), context=NAME),
        "name_index": name_index(draft.name),
        "identity": encrypt(identity, context=IDENTITY),
        "identity_index": identity_index(identity),
        "phone": _phone(draft.phone),
        "kind": policy.code("worker_kinds", draft.kind).code,
        "education": policy.code("education_levels", draft.education).code if draft.education else "",
        "region": draft.region,
        "user": _account(draft.username),
        "pack_version": policy.pack_version,
        "joined_on": draft.joined_on,
    }


def _phone(text: str) -> bytes | None:
    digits = clean_phone(text)
    if text.strip() and not is_phone(digits):
        raise ContactInvalid
    return encrypt(digits, context=PHONE) if digits else None


def _account(username: str) -> User | None:
    if not username.strip():
        return None
    user = User.objects.filter(username=username.strip(), is_active=True).first()
    if user is None:
        raise AccountUnknown(username=username.strip())
    return user


def _change(worker: Worker, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        setattr(worker, name, value)


def _save(worker: Worker, draft: WorkerDraft, **how: Any) -> None:
    try:
        with transaction.atomic():
            worker.save(**how)
    except IntegrityError as error:
        if "workforce_everybody_once" in str(error):
            raise WorkerExists(number=Worker.objects.get(identity_index=worker.identity_index).number) from error
        if "user_id" in str(error):
            raise AccountTaken(username=draft.username) from error
        raise
