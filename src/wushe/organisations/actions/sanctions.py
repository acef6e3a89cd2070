from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.organisations.actions.days import refuse_disorder
from wushe.organisations.errors import DatesOutOfOrder
from wushe.organisations.models import Organisation, Sanction
from wushe.organisations.permissions import Permission
from wushe.organisations.rules import refuse_lifted, refuse_struck_off


@dataclass(frozen=True, slots=True)
class NewSanction:
    """A punishment as its document orders it; without `until` it binds until it is lifted."""

    since: date
    reason: str
    document: str
    until: date | None = None


@transaction.atomic
def record_sanction(*, organisation: Organisation, draft: NewSanction, by: User, at: datetime) -> Sanction:
    """Record that an organisation is barred from tenders.

    Refuses: NotPermitted, StepNotAllowed, FieldRequired, DatesOutOfOrder, DayInFuture.
    Effects: a Sanction; an audit entry.
    """
    organisation = Organisation.objects.select_for_update(of=("self",), no_key=True).select_related("region").get(pk=organisation.pk)
    on = local_date(at)
    require(by, Permission.RECORD_SANCTION, on, region=organisation.region)
    refuse_struck_off("record_sanction", organisation)
    for name in ("reason", "document"):
        if not getattr(draft, name).strip():
            raise FieldRequired(name=name)
    refuse_disorder(on, since=draft.since)
    if draft.until is not None and draft.until <= draft.since:
        raise DatesOutOfOrder(first="since", second="until")
    number = numbers.draw("sanction", place=organisation.region.county_code, on=on)
    sanction = Sanction.objects.create(
        number=number,
        organisation=organisation,
        since=draft.since,
        until=draft.until,
        reason=draft.reason,
        document=draft.document,
    )
    record(
        by=by,
        at=at,
        verb=Permission.RECORD_SANCTION,
        subject=("organisation", organisation.number),
        name=organisation.name,
        data={"sanction": number, "document": draft.document, "since": draft.since.isoformat()},
    )
    return sanction


@transaction.atomic
def lift_sanction(*, sanction: Sanction, lifted_on: date, reason: str, by: User, at: datetime) -> Sanction:
    """End a sanction before its time, with the reason.

    Refuses: NotPermitted, SanctionLifted, FieldRequired, DatesOutOfOrder, DayInFuture.
    Effects: the Sanction's end and the reason; an audit entry.
    """
    sanction = Sanction.objects.select_for_update(of=("self",), no_key=True).select_related("organisation__region").get(pk=sanction.pk)
    on, organisation = local_date(at), sanction.organisation
    require(by, Permission.LIFT_SANCTION, on, region=organisation.region)
    refuse_lifted(sanction)
    if not reason.strip():
        raise FieldRequired(name="reason")
    refuse_disorder(on, since=sanction.since, lifted_on=lifted_on)
    sanction.lifted_on = lifted_on
    sanction.lifting_reason = reason
    sanction.save(update_fields=["lifted_on", "lifting_reason"])
    record(
        by=by,
        at=at,
        verb=Permission.LIFT_SANCTION,
        subject=("organisation", organisation.number),
        name=organisation.name,
        data={"sanction": sanction.number, "lifted_on": lifted_on.isoformat()},
    )
    return sanction
