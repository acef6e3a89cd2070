from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from wushe.accounts.models import Body, BodyKind
from wushe.audit.actions import record
from wushe.audit.actions.recording import Actor
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.copying import copy_rows
from wushe.regions.models import Region


@dataclass(frozen=True, slots=True)
class NewBody:
    """A unit to be made."""

    name: str
    kind: BodyKind
    region: Region


@transaction.atomic
def create_body(*, name: str, kind: BodyKind, region: Region, by: Actor, at: datetime) -> Body:
    """Make a unit that can hold posts.

    Effects: a Body; an audit entry.
    """
    number = numbers.draw("body", place=region.county_code, on=local_date(at))
    body = Body.objects.create(number=number, name=name, kind=kind, region=region)
    record(by=by, at=at, verb="accounts.body_created", subject=("body", number), name=name, data={"kind": str(kind)})
    return body


@transaction.atomic
def create_bodies(*, drafts: Sequence[NewBody], on: date) -> list[int]:
    """Make many units at once, for an import that makes one audit entry for all its rows. Returns their ids, in order.

    Effects: Bodies.
    """
    drawn = numbers.draw_each("body", places=[draft.region.county_code for draft in drafts], on=on)
    rows = [
        {"number": number, "name": draft.name, "kind": str(draft.kind), "region_id": draft.region.pk}
        for number, draft in zip(drawn, drafts, strict=True)
    ]
    return copy_rows(Body, rows)


@transaction.atomic
def update_body(*, body: Body, name: str, region: Region, by: Actor, at: datetime) -> Body:
    """Keep a unit's name and place as its register has them.

    Effects: the Body's name and region; an audit entry.
    """
    body.name, body.region = name, region
    body.save(update_fields=["name", "region"])
    record(by=by, at=at, verb="accounts.body_updated", subject=("body", body.number), name=name, data={"region": region.code})
    return body
