from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import holders, require
from wushe.audit.actions import record
from wushe.inbox.actions import notify
from wushe.kernel.clock import local_date
from wushe.kernel.errors import CheckerIsMaker, FieldRequired
from wushe.kernel.numbers import serial
from wushe.kernel.steps import allowed
from wushe.organisations.actions.ending import remind_of_end
from wushe.organisations.actions.life import grow_up, locked_organisation, tell_life
from wushe.organisations.actions.progress import advance, ask_for_report, town_of
from wushe.organisations.actions.register import (
    NewOrganisation,
    Profile,
    enter_organisation,
    is_appointed,
    profile_of,
    refuse_members,
    write_profile,
)
from wushe.organisations.errors import ConditionsUnmet, OrganisationElsewhere, OrganisationPastFiling
from wushe.organisations.models import Filing, Kind, LifeKind, Organisation, PaperKind, PurposeClass
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import acceptance, county_decides, filing_findings, groups_like, locked_filing, made_by, subject_of
from wushe.organisations.rules import after_years, missing, state_of
from wushe.organisations.states import PAST_FILING, PROCEDURE, Step
from wushe.policies.queries import Policy, policy_for

TOWN_CODE = 9
# where a profile keeps a column of the filing under another name
TAKEN_AS = {"field": "service_fields", "charter": "has_charter"}


@transaction.atomic
def pass_application(*, filing_id: int, opinion: str, organisation: Organisation | None = None, by: User, at: datetime) -> Filing:
    """The community has looked at the application and passes it on. `organisation` is the record it belongs to; without one it is new.

    Refuses: NotPermitted, StepNotAllowed, FieldRequired, OrganisationElsewhere.
    Effects: submitted -> reviewed; the Organisation, preparing from today where it was not; an act; audit; a to-do for the town.
    Policy: the procedure `filing`.
    """
    filing, on, _ = _open(filing_id, Step.PASS_APPLICATION, opinion=opinion, by=by, at=at)
    _put_on_record(filing, organisation, on, preparing=True, by=by, at=at)
    filing.reviewed_by = by
    policy = policy_for(filing.region, on)
    written = ("organisation", "reviewed_by")
    advance(filing, Step.PASS_APPLICATION, policy=policy, by=by, user=by, opinion=opinion.strip(), written=written, at=at)
    return filing


@transaction.atomic
def return_application(*, filing_id: int, opinion: str, by: User, at: datetime) -> Filing:
    """The community, or the town where nobody reviews first, gives the application back with what is to be mended.

    Refuses: NotPermitted, StepNotAllowed, FieldRequired.
    Effects: submitted or undecided -> returned; an act; audit; a to-do for whoever entered the paper.
    Policy: the procedure `filing`.
    """
    filing, on, step = _open(filing_id, Step.RETURN_APPLICATION, Step.SEND_BACK_APPLICATION, opinion=opinion, by=by, at=at)
    policy = policy_for(filing.region, on)
    advance(filing, step, policy=policy, by=by, user=by, opinion=opinion.strip(), at=at)
    return filing


@transaction.atomic
def grant_filing(*, filing_id: int, opinion: str, organisation: Organisation | None = None, by: User, at: datetime) -> Filing:
    """The town takes the organisation into its file, and gives it a number. Where the county has the last word, the filing waits for it.

    `organisation` is the record that an application belongs to which nobody has reviewed; without one it is new.

    Refuses: NotPermitted, StepNotAllowed, FieldRequired, CheckerIsMaker, ConditionsUnmet, OrganisationElsewhere, OrganisationPastFiling.
    Effects: reviewed or undecided -> granted, or -> awaiting the county; number and validity; the Organisation is filed, a team a community organisation; an act; audit; a LifeEvent;
    a to-do for the town to report where the policy has the county receive, and one to renew that opens before the end; news for the community.
    Policy: the conditions and the procedure `filing`, `filing.validity`, `filing.renewal_notice`, `filing.report_months`, `filing.report_day`.
    """
    filing, on, step = _open(filing_id, Step.GRANT_FILING, opinion=opinion, by=by, at=at)
    if made_by(filing, by):
        raise CheckerIsMaker(step=step)
    policy = policy_for(filing.region, on)
    unmet = missing(filing_findings(policy, filing))
    if unmet:
        raise ConditionsUnmet(conditions=unmet)
    town = town_of(filing)
    series = f"{town.code[:TOWN_CODE]}-{on.year}"
    filing.certificate = f"{series}-{serial(series):04d}"
    filing.decided_by = by
    filing.to_report = acceptance(policy) is not None
    written: tuple[str, ...] = ("certificate", "decided_by", "to_report", "organisation")
    waits = county_decides(policy)
    if filing.organisation is None:
        _put_on_record(filing, organisation, on, preparing=waits, by=by, at=at)
    if waits:
        step = Step.REPORT_FILING
    else:
        written = (*written, *take_effect(filing, policy, on, by=by, at=at))
    advance(filing, step, policy=policy, by=by, user=by, opinion=opinion.strip(), written=written, at=at)
    if filing.to_report:
        ask_for_report(town, policy, at)
    _tell(filing, "organisations.filing_granted", on, at)
    return filing


@transaction.atomic
def refuse_filing(*, filing_id: int, opinion: str, by: User, at: datetime) -> Filing:
    """The town does not file the organisation, and says why in writing.

    Refuses: NotPermitted, StepNotAllowed, FieldRequired, CheckerIsMaker.
    Effects: reviewed or undecided -> refused; an act; audit; news for the community.
    Policy: the procedure `filing`.
    """
    filing, on, step = _open(filing_id, Step.REFUSE_FILING, opinion=opinion, by=by, at=at)
    if made_by(filing, by):
        raise CheckerIsMaker(step=step)
    filing.decided_by = by
    policy = policy_for(filing.region, on)
    advance(filing, step, policy=policy, by=by, user=by, opinion=opinion.strip(), written=("decided_by",), at=at)
    _tell(filing, "organisations.filing_refused", on, at)
    return filing


def take_effect(filing: Filing, policy: Policy, on: date, *, by: User, at: datetime) -> tuple[str, ...]:
    """From today the organisation is filed, with what its application says. The columns of the filing that the caller has to save."""
    assert filing.organisation is not None  # noqa: S101 -- the first review, or the decision, gives every application its record
    organisation = locked_organisation(filing.organisation)
    if state_of(organisation, on) in PAST_FILING:
        raise OrganisationPastFiling(filing=filing.number, organisation=organisation.name)
    validity = policy.value("filing.validity")
    filing.granted_on = on
    filing.valid_until = after_years(on, int(validity.value)) if validity is not None else None
    known = profile_of(organisation)
    told = _filed(known, filing)
    if is_appointed(organisation):
        told = replace(told, accountant_certificate=known.accountant_certificate)
    write_profile(organisation, told, by=by, at=at)
    organisation.filed_on = organisation.filed_on or on
    organisation.filed_until = filing.valid_until
    organisation.save(update_fields=["filed_on", "filed_until"])
    remind_of_end(organisation, policy, at=at)
    tell_life(organisation, LifeKind.FILED, on, document=filing.certificate, by=by, at=at)
    grow_up(organisation, on, by=by, at=at)
    return ("granted_on", "valid_until")


def take_over_mended(filing: Filing, on: date, *, by: User, at: datetime) -> None:
    """The county has accepted what the town mended: the register follows in these columns, unless the organisation has grown past the filing."""
    assert filing.organisation is not None  # noqa: S101 -- a granted filing has its record
    organisation = locked_organisation(filing.organisation)
    before, filing.mended = filing.mended, {}
    filing.save(update_fields=["mended"])
    if state_of(organisation, on) in PAST_FILING:
        return
    known = profile_of(organisation)
    whole = _filed(known, filing)
    said = {name: getattr(whole, name) for column in before if (name := TAKEN_AS.get(column, column)) in Profile.__slots__}
    if "field" in before:
        said["service_fields"] = tuple(field for field in whole.service_fields if field == filing.field or field != before["field"])
    if is_appointed(organisation):
        said.pop("accountant_certificate", None)
    told = replace(known, **said)
    refuse_members(organisation, party_members=told.party_members, members=told.members)
    changed = write_profile(organisation, told, by=by, at=at)
    subject, data = ("organisation", organisation.number), {"filing": filing.number, "changed": changed}
    record(by=by, at=at, verb="organisations.mended_filing_entered", subject=subject, name=organisation.name, data=data)


def _open(filing_id: int, *steps: Step, opinion: str, by: User, at: datetime) -> tuple[Filing, date, Step]:
    """The locked filing, the day, and which of the steps it waits for."""
    filing, on = locked_filing(filing_id), local_date(at)
    step = next((step for step in steps if filing.state in PROCEDURE[step].sources), steps[0])
    require(by, PROCEDURE[step].permission, on, region=filing.region)
    allowed(PROCEDURE, step, state=filing.state)
    if not opinion.strip():
        raise FieldRequired(name="opinion")
    return filing, on, step


def _put_on_record(filing: Filing, organisation: Organisation | None, on: date, *, preparing: bool, by: User, at: datetime) -> None:
    """Give the application its record, a new one or that of a group of its community; `preparing`: from today, until it is filed."""
    if organisation is None:
        profile = Profile(name=filing.name, region=filing.region, purpose_class=PurposeClass(filing.purpose_class))
        since = on if preparing else None
        new = NewOrganisation(_filed(profile, filing), Kind.COMMUNITY_ORGANISATION, founded_on=filing.founded_on, preparing_on=since)
        filing.organisation = enter_organisation(draft=new, by=by, at=at)
        return
    filing.organisation = locked_organisation(organisation)
    if not groups_like(filing, on).filter(pk=organisation.pk).exists():
        raise OrganisationElsewhere(organisation=organisation.number)
    if preparing:
        _begin_preparing(filing.organisation, on, by=by, at=at)


def _filed(profile: Profile, filing: Filing) -> Profile:
    return replace(
        profile,
        name=filing.name,
        region=filing.region,
        purpose_class=PurposeClass(filing.purpose_class),
        scheme_category=filing.scheme_category or profile.scheme_category,
        client_groups=tuple(filing.client_groups) or profile.client_groups,
        party_members=filing.party_members,
        service_fields=tuple({filing.field: None, **dict.fromkeys(profile.service_fields)}),
        party_organisation=filing.party_organisation,
        members=filing.members,
        has_charter=bool(filing.charter) or filing.papers.filter(kind=PaperKind.CHARTER).exists(),
        has_head=True,
        premises=filing.premises,
        funds=filing.funds,
        staff=filing.staff,
        accountant_certificate=filing.accountant_certificate,
    )


def _begin_preparing(organisation: Organisation, on: date, *, by: User, at: datetime) -> None:
    if organisation.preparing_on is None and organisation.filed_on is None:
        organisation.preparing_on = on
        organisation.save(update_fields=["preparing_on"])
        tell_life(organisation, LifeKind.PREPARING, on, by=by, at=at)


def _tell(filing: Filing, verb: str, on: date, at: datetime) -> None:
    """Tell who reviewed it or, where nobody did, the community in which it works."""
    users = [filing.reviewed_by] if filing.reviewed_by is not None else holders(Permission.REVIEW_APPLICATION, on, region=filing.region)
    notify(users=users, verb=verb, subject=subject_of(filing), at=at)
