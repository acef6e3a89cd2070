from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from wushe.accounts.models import Body, BodyKind, User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import settle
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.policies.queries import policy_for
from wushe.regions.models import Level, Region
from wushe.workforce.actions.locking import in_order, said
from wushe.workforce.errors import (
    BodyElsewhere,
    FullTimeElsewhere,
    LeaderExists,
    LeaderNotHere,
    PostedHere,
)
from wushe.workforce.models import Posting, Worker
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import LEADER, NAME_LEADER
from wushe.workforce.rules import refuse_ended_posting, refuse_left, refuse_withdrawn_posting

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PostingDraft:
    """A post of somebody: at a body (station, organisation, office) or at the place itself; position and mode are codes of the policy."""

    region: Region
    position: str
    mode: str
    since: date
    body: Body | None = None
    full_time: bool = True
    is_leader: bool = False
    grids: tuple[str, ...] = ()
    contract_until: date | None = None


@transaction.atomic
def place_worker(*, worker: Worker, draft: PostingDraft, by: User, at: datetime) -> Posting:
    """Let somebody begin in a post.

    Refuses: NotPermitted, WorkerLeft, NotYet, OutOfOrder, UnknownCode, BodyElsewhere, LeaderNotHere, LeaderExists, FullTimeElsewhere, PostedHere.
    Effects: a Posting; an audit entry.
    Policy: the code lists `positions` and `posting_modes`.
    """
    require(by, Permission.PLACE_WORKER, local_date(at), region=draft.region)
    worker = _living(worker)
    return _begin(worker, draft, Permission.PLACE_WORKER, by, at)


@transaction.atomic
def move_worker(*, posting: Posting, draft: PostingDraft, reason: str, by: User, at: datetime) -> Posting:
    """End one post and begin another on the same day.

    Refuses: NotPermitted (at either place), PostingEnded, FieldRequired, and what `place_worker` refuses.
    Effects: the old Posting ends; a new Posting; an audit entry for each.
    Policy: as `place_worker`.
    """
    require(by, Permission.MOVE_WORKER, local_date(at), region=draft.region)
    posting = _locked_running(Permission.MOVE_WORKER, posting, by, at)
    worker = _living(posting.worker)
    in_order("since", draft.since, earliest=posting.since + DAY)
    _end(posting, draft.since, reason, verb=Permission.END_POSTING, by=by, at=at)
    return _begin(worker, draft, Permission.MOVE_WORKER, by, at)


@transaction.atomic
def end_posting(*, posting: Posting, until: date, reason: str, by: User, at: datetime) -> Posting:
    """Let a post end; `until` is the first day without it.

    Refuses: NotPermitted, PostingEnded, FieldRequired, NotYet, OutOfOrder.
    Effects: the Posting's last day with the reason; an audit entry.
    """
    posting = _locked_running(Permission.END_POSTING, posting, by, at)
    in_order("until", until, earliest=posting.since + DAY, latest=local_date(at))
    _end(posting, until, reason, verb=Permission.END_POSTING, by=by, at=at)
    return posting


@transaction.atomic
def correct_posting(*, posting: Posting, draft: PostingDraft, by: User, at: datetime) -> Posting:
    """Correct what was entered of a post: what it is, since when, with which grids. Its place stays; who went elsewhere is moved.

    Refuses: NotPermitted, PostingEnded, and what `place_worker` refuses.
    Effects: the Posting; an audit entry that names the changed columns.
    Policy: as `place_worker`.
    """
    posting = _locked_running(Permission.CORRECT_POSTING, posting, by, at)
    columns = _columns(posting.worker, draft, local_date(at)) | {"region": posting.region, "body": posting.body}
    changed = [name for name, value in columns.items() if name != "pack_version" and getattr(posting, name) != value]
    if changed:
        for name, value in columns.items():
            setattr(posting, name, value)
        _save(posting, update_fields=list(columns))
        _record(Permission.CORRECT_POSTING, posting, by, at, changed=changed)
        _settle(posting, at)
    return posting


@transaction.atomic
def withdraw_posting(*, posting: Posting, reason: str, by: User, at: datetime) -> Posting:
    """Take back a post that was entered by mistake: it ends on the day it began and held on no day.

    Refuses: NotPermitted, PostingEnded (when it was withdrawn before), FieldRequired.
    Effects: the Posting; an audit entry with the reason.
    """
    posting = _locked(Permission.WITHDRAW_POSTING, posting, by, at)
    refuse_withdrawn_posting(posting)
    _end(posting, posting.since, reason, verb=Permission.WITHDRAW_POSTING, by=by, at=at)
    return posting


def _living(worker: Worker) -> Worker:
    locked = Worker.objects.select_for_update(of=("self",), no_key=True).select_related("region").get(pk=worker.pk)
    refuse_left(locked)
    return locked


def _locked(permission: Permission, posting: Posting, by: User, at: datetime) -> Posting:
    """The post, after its holder: whatever concerns one person waits in one line."""
    Worker.objects.select_for_update(no_key=True).get(pk=posting.worker_id)
    rows = Posting.objects.select_for_update(of=("self",), no_key=True).select_related("worker__region", "region__county", "body")
    locked = rows.get(pk=posting.pk)
    require(by, permission, local_date(at), region=locked.region)
    return locked


def _locked_running(permission: Permission, posting: Posting, by: User, at: datetime) -> Posting:
    locked = _locked(permission, posting, by, at)
    refuse_ended_posting(locked)
    return locked


def _begin(worker: Worker, draft: PostingDraft, verb: Permission, by: User, at: datetime) -> Posting:
    on = local_date(at)
    posting = Posting(number="", worker=worker, **_columns(worker, draft, on))
    posting.number = numbers.draw("posting", place=draft.region.county_code, on=on)
    _save(posting, force_insert=True)
    _record(verb, posting, by, at, position=posting.position, mode=posting.mode, since=posting.since.isoformat())
    _settle(posting, at)
    return posting


def _end(posting: Posting, until: date, reason: str, *, verb: Permission, by: User, at: datetime) -> None:
    posting.until, posting.ending = until, said(reason)
    posting.save(update_fields=["until", "ending"])
    _record(verb, posting, by, at, until=until.isoformat(), reason=posting.ending)


def _columns(worker: Worker, draft: PostingDraft, on: date) -> dict[str, Any]:
    in_order("since", draft.since, earliest=worker.joined_on, latest=on)
    if draft.contract_until is not None:
        in_order("contract_until", draft.contract_until, earliest=draft.since + DAY)
    if draft.body is not None and draft.body.region_id != draft.region.pk and draft.body.kind != BodyKind.AGENCY:
        raise BodyElsewhere(body=draft.body.name)
    if draft.is_leader and draft.region.level != Level.COMMUNITY:
        raise LeaderNotHere(place=draft.region.name)
    policy = policy_for(draft.region, on)
    return {
        "region": draft.region,
        "body": draft.body,
        "position": policy.code("positions", draft.position).code,
        "mode": policy.code("posting_modes", draft.mode).code,
        "since": draft.since,
        "full_time": draft.full_time,
        "is_leader": draft.is_leader,
        "grids": list(dict.fromkeys(grid.strip() for grid in draft.grids if grid.strip())),
        "contract_until": draft.contract_until,
        "pack_version": policy.pack_version,
    }


def _save(posting: Posting, **how: Any) -> None:
    try:
        with transaction.atomic():
            posting.save(**how)
    except IntegrityError as error:
        if "workforce_full_time_in_one_post" in str(error):
            raise FullTimeElsewhere(place=_full_time_place(posting)) from error
        if "workforce_same_post_once" in str(error):
            raise PostedHere from error
        if "workforce_one_leader_per_community" in str(error):
            raise LeaderExists(place=posting.region.name) from error
        raise


def _full_time_place(posting: Posting) -> str:
    """Where the person works full time on some day of this post."""
    others = Posting.objects.filter(Q(until__isnull=True) | Q(until__gt=posting.since), worker=posting.worker, full_time=True)
    other = others.exclude(pk=posting.pk).select_related("region", "body").order_by("since").first()
    return str((other.body or other.region.name) if other else posting.region.name)


def _settle(posting: Posting, at: datetime) -> None:
    """Nobody has to name a leader where there is one."""
    if posting.is_leader:
        settle(step=NAME_LEADER, subject=(LEADER, posting.region.code), at=at)


def _record(verb: Permission, posting: Posting, by: User, at: datetime, **data: Any) -> None:
    place = {"posting": posting.number, "region": posting.region.code, "body": posting.body.number if posting.body else ""}
    record(by=by, at=at, verb=verb, subject=("worker", posting.worker.number), data=place | data)
