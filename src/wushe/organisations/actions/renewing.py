from datetime import date, datetime, timedelta

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.kernel.steps import allowed
from wushe.organisations.actions.days import refuse_disorder
from wushe.organisations.actions.ending import remind_of_end
from wushe.organisations.actions.life import locked_organisation, tell_life
from wushe.organisations.actions.papers import Scan
from wushe.organisations.actions.register import Profile, change_profile
from wushe.organisations.errors import NothingToRenew, RenewalTooEarly
from wushe.organisations.models import Filing, LifeKind, Organisation
from wushe.organisations.permissions import Permission
from wushe.organisations.rules import after_years, state_of
from wushe.organisations.states import TRANSITIONS, FilingState, Step
from wushe.policies.queries import policy_for


@transaction.atomic
def renew_filing(*, organisation: Organisation, document: str, scan: Scan | None = None, by: User, at: datetime) -> Organisation:
    """Let a filing hold for another period: from its end on, or from today when it has lapsed.

    Refuses: NotPermitted, StepNotAllowed, NothingToRenew, RenewalTooEarly.
    Effects: the Organisation's and its Filing's end; a LifeEvent with its paper; an audit entry; the to-do of the next end.
    Policy: `filing.validity`, `filing.renewal_notice`.
    """
    organisation, on = locked_organisation(organisation), local_date(at)
    require(by, Permission.RENEW_FILING, on, region=organisation.region)
    allowed(TRANSITIONS, Step.RENEW_FILING, state=state_of(organisation, on))
    policy = policy_for(organisation.region, on)
    validity, until = policy.value("filing.validity"), organisation.filed_until
    if validity is None or until is None:
        raise NothingToRenew
    opens_on = until - timedelta(days=int(policy.require("filing.renewal_notice").value))
    if on < opens_on:
        raise RenewalTooEarly(opens_on=opens_on, until=until)
    organisation.filed_until = after_years(max(until, on), int(validity.value))
    organisation.save(update_fields=["filed_until"])
    remind_of_end(organisation, policy, at=at)
    granted = Filing.objects.filter(organisation=organisation, state=FilingState.GRANTED).order_by("-granted_on", "-pk").first()
    if granted is not None:
        granted.valid_until = organisation.filed_until
        granted.save(update_fields=["valid_until"])
    tell_life(organisation, LifeKind.RENEWED, on, document=document, scan=scan, note=organisation.filed_until.isoformat(), by=by, at=at)
    subject = ("organisation", organisation.number)
    record(by=by, at=at, verb="organisations.filing_renewed", subject=subject, name=organisation.name, data={"from": until.isoformat()})
    return organisation


@transaction.atomic
def amend_organisation(
    *,
    organisation: Organisation,
    profile: Profile,
    amended_on: date,
    what: str,
    document: str,
    scan: Scan | None = None,
    by: User,
    at: datetime,
) -> Organisation:
    """Take over what an organisation itself has changed, such as its name or its seat: a step of its life, unlike a correction.

    Refuses: NotPermitted (at the old seat or the new one), StepNotAllowed, FieldRequired, AccountantAppointed, DatesOutOfOrder, DayInFuture, and
    what `register_organisation` refuses of a profile.
    Effects: the Organisation; its Body's name and region; a LifeEvent with its paper; an audit entry that names the changed columns.
    """
    organisation = locked_organisation(organisation)
    if not what.strip():
        raise FieldRequired(name="what")
    refuse_disorder(local_date(at), founded_on=organisation.founded_on, amended_on=amended_on)
    changed = change_profile(organisation, profile, permission=Permission.AMEND_ORGANISATION, by=by, at=at)
    tell_life(organisation, LifeKind.AMENDED, amended_on, document=document, scan=scan, note=what.strip(), by=by, at=at)
    subject, data = ("organisation", organisation.number), {"changed": changed, "day": amended_on.isoformat()}
    record(by=by, at=at, verb="organisations.organisation_amended", subject=subject, name=organisation.name, data=data)
    return organisation
