from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from wushe.accounts.actions import create_body, update_body
from wushe.accounts.models import BodyKind, User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.kernel.identifiers import clean_uscc, is_uscc
from wushe.organisations.actions.days import refuse_disorder
from wushe.organisations.errors import (
    AccountantAppointed,
    MembersBelowParty,
    PartyMembersTooMany,
    ProfessionalsWithoutDay,
    SeatTooHigh,
    UsccInvalid,
    UsccRequired,
    UsccTaken,
)
from wushe.organisations.models import Kind, Organisation, PurposeClass
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import grows
from wushe.organisations.rules import refuse_struck_off, state_of
from wushe.regions.models import Level, Region

SEATS = frozenset({Level.TOWN, Level.COMMUNITY})
PLAIN = (
    *("scheme_category", "purpose_evidence", "party_organisation", "party_members", "party_evidence", "members", "has_charter", "has_head"),
    *("premises", "funds", "staff", "accountant_certificate"),
)
BODY_KINDS = {Kind.AGENCY: BodyKind.AGENCY, Kind.EVALUATOR: BodyKind.EVALUATOR}


@dataclass(frozen=True, slots=True)
class Profile:
    """What an organisation is, as far as it may change by a plain correction."""

    name: str
    region: Region
    purpose_class: PurposeClass
    service_fields: tuple[str, ...] = ()
    client_groups: tuple[str, ...] = ()
    uscc: str = ""
    professionals: int | None = None
    professionals_as_of: date | None = None
    professionals_evidence: str = ""
    party_organisation: bool = False
    party_members: int | None = None
    party_evidence: str = ""
    members: int | None = None
    has_charter: bool | None = None
    has_head: bool | None = None
    premises: str = ""
    funds: Decimal | None = None
    staff: int | None = None
    accountant_certificate: str = ""
    scheme_category: str = ""
    purpose_evidence: str = ""


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """What enters the register: the profile, its kind, and how far it has come."""

    profile: Profile
    kind: str
    founded_on: date
    preparing_on: date | None = None
    filed_on: date | None = None
    registered_on: date | None = None


@transaction.atomic
def register_organisation(*, draft: NewOrganisation, by: User, at: datetime) -> Organisation:
    """Enter an organisation into the register, with the body at which its people hold posts.

    Refuses: NotPermitted, FieldRequired, SeatTooHigh, UsccInvalid, UsccRequired, UsccTaken, ProfessionalsWithoutDay, PartyMembersTooMany,
    DatesOutOfOrder, DayInFuture.
    Effects: an Organisation, of a filed team a community organisation; its Body; audit entries.
    """
    require(by, Permission.REGISTER_ORGANISATION, local_date(at), region=draft.profile.region)
    return enter_organisation(draft=draft, by=by, at=at)


def enter_organisation(*, draft: NewOrganisation, by: User, at: datetime) -> Organisation:
    """Enter an organisation, in the caller's transaction. The caller has checked who may."""
    on, profile = local_date(at), draft.profile
    days = {name: getattr(draft, name) for name in ("founded_on", "preparing_on", "filed_on", "registered_on")}
    refuse_disorder(on, **days)
    refuse_profile(profile, registered=draft.registered_on is not None, on=on)
    number = numbers.draw("organisation", place=profile.region.county_code, on=on)
    body_kind = BODY_KINDS.get(draft.kind, BodyKind.ORGANISATION)  # type: ignore[call-overload]  # a code of the pack may be none of ours
    organisation = Organisation(
        number=number,
        body=create_body(name=profile.name, kind=body_kind, region=profile.region, by=by, at=at),
        kind=draft.kind,
        **days,
        **_columns(profile),
    )
    if draft.filed_on is not None or draft.registered_on is not None:
        become_community_organisation(organisation, on)
    save_organisation(organisation)
    record(
        by=by,
        at=at,
        verb=Permission.REGISTER_ORGANISATION,
        subject=("organisation", number),
        name=profile.name,
        data={"kind": organisation.kind, "region": profile.region.code, "state": str(state_of(organisation, on))},
    )
    return organisation


@transaction.atomic
def update_organisation(*, organisation: Organisation, profile: Profile, by: User, at: datetime) -> Organisation:
    """Correct what the register says of an organisation.

    Refuses: NotPermitted (at the old seat or the new one), StepNotAllowed, AccountantAppointed, and what `register_organisation` refuses
    of a profile.
    Effects: the Organisation; its Body's name and region; an audit entry that names the changed columns.
    """
    organisation = (
        Organisation.objects.select_for_update(of=("self",), no_key=True).select_related("body", "region").get(pk=organisation.pk)
    )
    changed = change_profile(organisation, profile, permission=Permission.UPDATE_ORGANISATION, by=by, at=at)
    if changed:
        record(
            by=by,
            at=at,
            verb=Permission.UPDATE_ORGANISATION,
            subject=("organisation", organisation.number),
            name=organisation.name,
            data={"changed": changed},
        )
    return organisation


def change_profile(organisation: Organisation, profile: Profile, *, permission: Permission, by: User, at: datetime) -> list[str]:
    """Write a changed profile on a locked organisation, and to its body; the names of the columns that changed."""
    on = local_date(at)
    for region in (organisation.region, profile.region):
        require(by, permission, on, region=region)
    refuse_struck_off(str(permission).rsplit(".", 1)[-1], organisation)
    if profile.accountant_certificate != organisation.accountant_certificate and is_appointed(organisation):
        raise AccountantAppointed
    refuse_profile(profile, registered=organisation.registered_on is not None, on=on)
    return write_profile(organisation, profile, by=by, at=at)


def write_profile(organisation: Organisation, profile: Profile, *, by: User, at: datetime) -> list[str]:
    """Write what differs, in the caller's transaction. The caller has checked who may."""
    columns = _columns(profile)
    changed = [name for name, value in columns.items() if getattr(organisation, name) != value]
    for name in changed:
        setattr(organisation, name, columns[name])
    if "accountant_certificate" in changed and organisation.accountant_until is not None:
        organisation.accountant_until = None
        changed.append("accountant_until")
    if changed:
        save_organisation(organisation, changed)
    if {"name", "region"} & set(changed):
        update_body(body=organisation.body, name=profile.name, region=profile.region, by=by, at=at)
    return changed


def become_community_organisation(organisation: Organisation, on: date) -> bool:
    """A team of a kind that grows is a community organisation once it is filed or registered; the caller saves. Whether it was such a team."""
    if not grows(organisation, on):
        return False
    organisation.grown_from, organisation.kind = organisation.kind, Kind.COMMUNITY_ORGANISATION
    return True


def is_appointed(organisation: Organisation) -> bool:
    """Whether an accountant is on record with days, so that the certificate changes with them only."""
    return organisation.bookkeeping.filter(until__isnull=True).exists()


def profile_of(organisation: Organisation) -> Profile:
    """What the register says now, to be changed in a part."""
    values = {field.name: getattr(organisation, field.name) for field in fields(Profile)}
    return Profile(**values | {name: tuple(getattr(organisation, name)) for name in ("service_fields", "client_groups")})


def _columns(profile: Profile) -> dict[str, Any]:
    return {
        "name": profile.name,
        "region": profile.region,
        "purpose_class": profile.purpose_class,
        "service_fields": list(profile.service_fields),
        "client_groups": list(profile.client_groups),
        "uscc": clean_uscc(profile.uscc),
        "professionals": profile.professionals,
        "professionals_as_of": profile.professionals_as_of,
        "professionals_evidence": profile.professionals_evidence,
        **{name: getattr(profile, name) for name in PLAIN},
    }


def refuse_profile(profile: Profile, *, registered: bool, on: date) -> None:
    """Refuse what the register takes from nobody, however it comes."""
    if not profile.name.strip():
        raise FieldRequired(name="name")
    if profile.region.level not in SEATS:
        raise SeatTooHigh(region=str(profile.region))
    uscc = clean_uscc(profile.uscc)
    if registered and not uscc:
        raise UsccRequired
    if uscc and not is_uscc(uscc):
        raise UsccInvalid(uscc=profile.uscc)
    declared = (profile.professionals is not None, profile.professionals_as_of is not None, bool(profile.professionals_evidence))
    if any(declared) and not all(declared):
        raise ProfessionalsWithoutDay
    refuse_party(profile.party_members, profile.members)
    refuse_disorder(on, professionals_as_of=profile.professionals_as_of)


def refuse_party(party_members: int | None, members: int | None) -> None:
    """Refuse more party members than there are members."""
    if party_members is not None and members is not None and party_members > members:
        raise PartyMembersTooMany(party_members=party_members, members=members)


def refuse_members(organisation: Organisation, *, party_members: int | None, members: int | None) -> None:
    """Refuse a form that says fewer members than there are party members, by the name of its organisation."""
    if party_members is not None and members is not None and party_members > members:
        raise MembersBelowParty(organisation=organisation.name, party_members=party_members, members=members)


def save_organisation(organisation: Organisation, columns: list[str] | None = None) -> None:
    """The unique index decides who holds a code; a look beforehand would let two callers pass."""
    try:
        with transaction.atomic():
            organisation.save(update_fields=columns, force_insert=columns is None)
    except IntegrityError as error:
        if "organisations_one_living_organisation_per_uscc" in str(error):
            raise UsccTaken(uscc=organisation.uscc) from error
        raise
