"""What organisations took on for the people of their place without a contract of the chain."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.kernel.steps import refuse_withdrawn
from wushe.organisations.actions.days import refuse_disorder
from wushe.organisations.actions.life import locked_organisation
from wushe.organisations.errors import DatesOutOfOrder
from wushe.organisations.models import Organisation, Undertaking
from wushe.organisations.permissions import Permission
from wushe.organisations.rules import refuse_struck_off
from wushe.policies.queries import policy_for


@dataclass(frozen=True, slots=True)
class UndertakingDraft:
    """What was taken on, and what shows it. `people`: whom it reached; `until`: the first day after it, none while it goes on."""

    kind: str
    name: str
    since: date
    evidence: str
    until: date | None = None
    people: int | None = None


@transaction.atomic
def record_undertaking(*, organisation: Organisation, draft: UndertakingDraft, by: User, at: datetime) -> Undertaking:
    """Record what an organisation took on, filed or not.

    Refuses: NotPermitted, StepNotAllowed, UnknownCode, FieldRequired, DatesOutOfOrder, DayInFuture.
    Effects: an Undertaking; audit.
    Policy: the list `undertaking_kinds`.
    """
    organisation, on = locked_organisation(organisation), local_date(at)
    require(by, Permission.RECORD_UNDERTAKING, on, region=organisation.region)
    refuse_struck_off("record_undertaking", organisation)
    policy = policy_for(organisation.region, on)
    kind = policy.code("undertaking_kinds", draft.kind).code
    for name in ("name", "evidence"):
        if not getattr(draft, name).strip():
            raise FieldRequired(name=name)
    refuse_disorder(on, founded_on=organisation.founded_on, begun_on=draft.since)
    if draft.until is not None and draft.until <= draft.since:
        raise DatesOutOfOrder(first="begun_on", second="ended_on")
    row = Undertaking.objects.create(
        number=numbers.draw("undertaking", place=organisation.region.county_code, on=on),
        organisation=organisation,
        kind=kind,
        name=draft.name.strip(),
        since=draft.since,
        until=draft.until,
        people=draft.people,
        evidence=draft.evidence.strip(),
        recorded_by=by,
        pack_version=policy.pack_version,
    )
    _note(row, by, at, verb="organisations.undertaking_recorded", kind=kind)
    return row


@transaction.atomic
def withdraw_undertaking(*, row: Undertaking, reason: str, by: User, at: datetime) -> Undertaking:
    """Take back what was recorded by mistake.

    Refuses: NotPermitted, StepNotAllowed, FieldRequired.
    Effects: the Undertaking, withdrawn from today; audit.
    """
    rows = Undertaking.objects.select_for_update(of=("self",), no_key=True).select_related("organisation__region")
    row, on = rows.get(pk=row.pk), local_date(at)
    require(by, Permission.WITHDRAW_UNDERTAKING, on, region=row.organisation.region)
    refuse_withdrawn("withdraw_undertaking", row.withdrawn_on)
    if not reason.strip():
        raise FieldRequired(name="reason")
    row.withdrawn_on, row.reason = on, reason.strip()
    row.save(update_fields=["withdrawn_on", "reason"])
    _note(row, by, at, verb="organisations.undertaking_withdrawn", reason=row.reason)
    return row


def _note(row: Undertaking, by: User, at: datetime, *, verb: str, **data: str) -> None:
    organisation = row.organisation
    subject = ("organisation", organisation.number)
    record(by=by, at=at, verb=verb, subject=subject, name=organisation.name, data={"undertaking": row.number, **data})
