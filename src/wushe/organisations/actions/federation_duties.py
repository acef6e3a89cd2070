"""What a federation does for its duties: a bridge between offices and residents, a lead in the work, self-discipline."""

from datetime import date, datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.audit.actions import record
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.kernel.steps import refuse_withdrawn
from wushe.organisations.actions.days import refuse_disorder
from wushe.organisations.actions.federating import locked_federation
from wushe.organisations.models import FederationDuty, Organisation
from wushe.organisations.permissions import Permission
from wushe.policies.queries import policy_for


@transaction.atomic
def record_federation_duty(*, federation: Organisation, duty: str, done_on: date, text: str, by: User, at: datetime) -> FederationDuty:
    """Record what a federation did for one of its duties.

    Refuses: NotPermitted, NotAFederation, UnknownCode, FieldRequired, DatesOutOfOrder, DayInFuture.
    Effects: a FederationDuty; audit.
    Policy: the code list `federation_duties`.
    """
    federation, on = locked_federation(federation, Permission.RECORD_FEDERATION_DUTY, by, at)
    policy = policy_for(federation.region, on)
    code = policy.code("federation_duties", duty).code
    if not text.strip():
        raise FieldRequired(name="text")
    refuse_disorder(on, founded_on=federation.founded_on, done_on=done_on)
    row = FederationDuty.objects.create(
        federation=federation, duty=code, done_on=done_on, text=text.strip(), by=by, pack_version=policy.pack_version
    )
    _note(row, by, at, verb="organisations.federation_duty_recorded", done_on=done_on.isoformat())
    return row


@transaction.atomic
def withdraw_federation_duty(*, row: FederationDuty, reason: str, by: User, at: datetime) -> FederationDuty:
    """Take back what was recorded by mistake.

    Refuses: NotPermitted, NotAFederation, StepNotAllowed, FieldRequired.
    Effects: the FederationDuty, withdrawn; audit.
    """
    locked_federation(row.federation, Permission.WITHDRAW_FEDERATION_DUTY, by, at)
    row.refresh_from_db(fields=["withdrawn_on"])
    refuse_withdrawn("withdraw_federation_duty", row.withdrawn_on)
    if not reason.strip():
        raise FieldRequired(name="reason")
    row.withdrawn_on, row.reason = local_date(at), reason.strip()
    row.save(update_fields=["withdrawn_on", "reason"])
    _note(row, by, at, verb="organisations.federation_duty_withdrawn", reason=row.reason)
    return row


def _note(row: FederationDuty, by: User, at: datetime, *, verb: str, **data: str) -> None:
    federation = row.federation
    record(by=by, at=at, verb=verb, subject=("federation", federation.number), name=federation.name, data={"duty": row.duty, **data})
