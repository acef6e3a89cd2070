from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet

from wushe.accounts.queries import Scope
from wushe.kernel.errors import NotFound
from wushe.kernel.identifiers import clean_uscc
from wushe.kernel.words import mentions
from wushe.organisations.models import Filing, Kind, Organisation, Sanction
from wushe.organisations.rules import state_of
from wushe.organisations.states import State
from wushe.regions.models import Region

PREFIX = "organisation-"
USCC_LENGTH = 18


class Condition(StrEnum):
    """What makes an agency fit to bid; also the key of the sentence that says so."""

    IS_AGENCY = "is_agency"
    IS_REGISTERED = "is_registered"
    HAS_PROFESSIONALS = "has_professionals"
    IS_UNSANCTIONED = "is_unsanctioned"
    HAS_PARTY_ORGANISATION = "has_party_organisation"


@dataclass(frozen=True, slots=True)
class Check:
    """One condition of a qualification: met or not, with what was found and what was asked (None: nothing known or nothing to count)."""

    condition: Condition
    met: bool
    found: int | None = None
    wanted: int | None = None


def organisation_by_number(number: str) -> Organisation:
    """The organisation with its body and region. Raises NotFound."""
    try:
        return Organisation.objects.select_related("body", "region", "region__town").get(number=number)
    except Organisation.DoesNotExist as error:
        raise NotFound(kind="organisation", number=number) from error


@dataclass(frozen=True, slots=True)
class OrganisationFilter:
    """What a list of organisations is narrowed to; empty means everything. `standing`: filed or registered. `ends_by`: filed until that day at most, and not lapsed."""

    text: str = ""
    region: Region | None = None
    state: str = ""
    kind: str = ""
    purpose_class: str = ""
    scheme_category: str = ""
    field: str = ""
    group: str = ""
    standing: bool = False
    ends_by: date | None = None


def register_of(where: Q, chosen: OrganisationFilter, on: date) -> QuerySet[Organisation]:
    """The organisations of a scope that pass the filter, those that are over too, with `state` and region."""
    rows = Organisation.objects.filter(where, founded_on__lte=on).with_state(on).select_related("region", "region__town")
    exact = {name: getattr(chosen, name) for name in ("state", "kind", "purpose_class", "scheme_category") if getattr(chosen, name)}
    rows = rows.filter(**exact)
    if chosen.field:
        rows = rows.filter(service_fields__contains=[chosen.field])
    if chosen.group:
        rows = rows.filter(client_groups__contains=[chosen.group])
    if chosen.standing:
        rows = rows.standing(on)
    if chosen.region is not None:
        rows = rows.filter(Scope(regions=(chosen.region,)).within())
    if chosen.ends_by is not None:
        rows = rows.filter(filed_until__gt=on, filed_until__lte=chosen.ends_by, registered_on__isnull=True, deregistered_on__isnull=True)
    text = chosen.text.strip()
    if not text:
        return rows
    if text.startswith(PREFIX):
        return rows.filter(number__startswith=text)
    code = clean_uscc(text)
    if len(code) == USCC_LENGTH and code.isascii():
        return rows.filter(uscc=code)
    filed = list(Filing.objects.filter(certificate=text).values_list("organisation", flat=True))
    return rows.filter(pk__in=filed) if filed else rows.filter(mentions("name", text, Q()))


def sharing_premises(organisation: Organisation, on: date) -> QuerySet[Organisation]:
    """The other living organisations of the community with the same place of activity."""
    same = Organisation.objects.living(on).filter(region_id=organisation.region_id, premises=organisation.premises)
    return same.exclude(pk=organisation.pk).order_by("name") if organisation.premises else same.none()


def organisations_in(region: Region, on: date) -> QuerySet[Organisation]:
    """Living organisations with their seat in the region or below, with `state` on the day, by name."""
    return (
        Organisation.objects.living(on)
        .with_state(on)
        .filter(region__in=Region.objects.under(region))
        .select_related("region")
        .order_by("name")
    )


def qualified_agencies(region: Region, on: date, minimum_professionals: int, *, party_organisation: bool = False) -> QuerySet[Organisation]:
    """Agencies of the region that may bid on the day: registered, enough social workers, no sanction; where the place asks for it, with a
    party organisation that a paper shows. With `state`, body and region.
    """
    sanctioned = Sanction.objects.in_force(on).filter(organisation=OuterRef("pk"))
    asked = Q(party_organisation=True) & ~Q(party_evidence="") if party_organisation else Q()
    return (
        Organisation.objects.registered(on)
        .with_state(on)
        .filter(
            asked,
            ~Exists(sanctioned),
            region__in=Region.objects.under(region),
            kind=Kind.AGENCY,
            professionals__gte=minimum_professionals,
            professionals_as_of__lte=on,
        )
        .select_related("body", "region")
        .order_by("name")
    )


def qualification_of(
    organisation: Organisation, on: date, minimum_professionals: int, *, party_organisation: bool = False
) -> tuple[Check, ...]:
    """Every condition of `qualified_agencies` for one organisation, so that a page can say which is missing."""
    known = organisation.professionals_as_of is not None and organisation.professionals_as_of <= on
    professionals = organisation.professionals if known else None
    living = organisation.founded_on <= on
    party = Check(Condition.HAS_PARTY_ORGANISATION, met=organisation.party_organisation and bool(organisation.party_evidence))
    return (
        Check(Condition.IS_AGENCY, met=organisation.kind == Kind.AGENCY),
        Check(Condition.IS_REGISTERED, met=living and state_of(organisation, on) == State.REGISTERED),
        Check(
            Condition.HAS_PROFESSIONALS,
            met=professionals is not None and professionals >= minimum_professionals,
            found=professionals,
            wanted=minimum_professionals,
        ),
        Check(Condition.IS_UNSANCTIONED, met=not organisation.sanctions.in_force(on).exists()),
        *((party,) if party_organisation else ()),
    )
