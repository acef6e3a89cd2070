from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from wushe.accounts.models import Body, User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.policies.queries import policy_for
from wushe.regions.models import Region
from wushe.workforce.actions.locking import in_order, said
from wushe.workforce.errors import BodyElsewhere
from wushe.workforce.models import Establishment
from wushe.workforce.permissions import Permission
from wushe.workforce.rules import refuse_given_up


@dataclass(frozen=True, slots=True)
class PostsDraft:
    """So many posts of a sort that a document sets up at a body or at the place itself."""

    region: Region
    position: str
    posts: int
    document: str
    since: date
    body: Body | None = None


@transaction.atomic
def set_up_posts(*, draft: PostsDraft, by: User, at: datetime) -> Establishment:
    """Enter the posts that a document sets up. What several documents set up adds up.

    Refuses: NotPermitted, FieldRequired, NotYet, UnknownCode, BodyElsewhere.
    Effects: an Establishment; an audit entry.
    Policy: the code list `positions`.
    """
    on = local_date(at)
    require(by, Permission.SET_UP_POSTS, on, region=draft.region)
    if not draft.document.strip():
        raise FieldRequired(name="document")
    if draft.posts < 1:
        raise FieldRequired(name="posts")
    in_order("since", draft.since, latest=on)
    if draft.body is not None and draft.body.region_id != draft.region.pk:
        raise BodyElsewhere(body=draft.body.name)
    policy = policy_for(draft.region, on)
    row = Establishment.objects.create(
        number=numbers.draw("establishment", place=draft.region.county_code, on=on),
        region=draft.region,
        body=draft.body,
        position=policy.code("positions", draft.position).code,
        posts=draft.posts,
        document=draft.document.strip(),
        since=draft.since,
        pack_version=policy.pack_version,
    )
    data = {"region": row.region.code, "position": row.position, "posts": row.posts, "document": row.document}
    record(by=by, at=at, verb=Permission.SET_UP_POSTS, subject=("establishment", row.number), data=data | {"since": row.since.isoformat()})
    return row


@transaction.atomic
def give_up_posts(*, establishment: Establishment, until: date, reason: str, by: User, at: datetime) -> Establishment:
    """Let posts end that a document set up; `until` is the first day without them.

    Refuses: NotPermitted, PostsGivenUp, FieldRequired, NotYet, OutOfOrder.
    Effects: the Establishment's last day with the reason; an audit entry.
    """
    rows = Establishment.objects.select_for_update(of=("self",), no_key=True).select_related("region__county")
    row = rows.get(pk=establishment.pk)
    require(by, Permission.GIVE_UP_POSTS, local_date(at), region=row.region)
    refuse_given_up(row)
    in_order("until", until, earliest=row.since + timedelta(days=1), latest=local_date(at))
    row.until, row.ending = until, said(reason)
    row.save(update_fields=["until", "ending"])
    data = {"until": until.isoformat(), "reason": row.ending}
    record(by=by, at=at, verb=Permission.GIVE_UP_POSTS, subject=("establishment", row.number), data=data)
    return row
