"""Incubation bases: they open, take young organisations in by contract, help them, and let them go."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.organisations.actions.days import refuse_disorder
from wushe.organisations.actions.life import locked_organisation
from wushe.organisations.errors import (
    AlreadyIncubated,
    AreaUnseen,
    BaseFull,
    BaseInUse,
    BaseOutOfPlace,
    DatesOutOfOrder,
    EntryUnmet,
    MemberElsewhere,
    NotChosen,
)
from wushe.organisations.models import BaseService, Cohort, Incubation, IncubationBase, Leaving, Organisation
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import BASE_LEVELS, entry_findings, measures_of
from wushe.organisations.rules import missing, refuse_closed_base, refuse_past_stay, refuse_struck_off
from wushe.policies.queries import policy_for
from wushe.regions.models import Region


@dataclass(frozen=True, slots=True)
class NewBase:
    """A base that has opened. `places`: how many organisations it has room for; `comprehensive`: it is for all kinds of them."""

    name: str
    region: Region
    opened_on: date
    area_m2: Decimal | None = None
    area_evidence: str = ""
    address: str = ""
    places: int | None = None
    comprehensive: bool = False


@dataclass(frozen=True, slots=True)
class BaseFacts:
    """What is on record of a base, as far as it may be corrected."""

    name: str
    area_m2: Decimal | None = None
    area_evidence: str = ""
    address: str = ""
    places: int | None = None
    comprehensive: bool = False


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An organisation that comes into a base, by its contract."""

    organisation: Organisation
    contract: str
    entered_on: date
    until: date
    cohort: Cohort | None = None


@dataclass(frozen=True, slots=True)
class SlipDraft:
    """Help that an organisation had."""

    service: str
    served_on: date
    hours: Decimal | None = None
    value: Decimal | None = None
    note: str = ""


@transaction.atomic
def open_base(*, draft: NewBase, by: User, at: datetime) -> IncubationBase:
    """Enter an incubation base of a city, county or town.

    Refuses: NotPermitted, FieldRequired, AreaUnseen, BaseOutOfPlace, DayInFuture.
    Effects: an IncubationBase; audit.
    """
    on = local_date(at)
    require(by, Permission.OPEN_BASE, on, region=draft.region)
    if draft.region.level not in BASE_LEVELS:
        raise BaseOutOfPlace(region=draft.region.name)
    refuse_disorder(on, opened_on=draft.opened_on)
    number = numbers.draw("base", place=draft.region.county_code, on=on)
    base = IncubationBase.objects.create(number=number, region=draft.region, opened_on=draft.opened_on, **_columns(draft))
    note_base(base, by, at, verb="organisations.base_opened")
    return base


@transaction.atomic
def correct_base(*, base: IncubationBase, facts: BaseFacts, by: User, at: datetime) -> IncubationBase:
    """Correct or complete what is on record of a base, such as its floor space.

    Refuses: NotPermitted, BaseClosed, FieldRequired, AreaUnseen.
    Effects: the base; audit with the changed columns.
    """
    base, _on = open_to(base, Permission.CORRECT_BASE, by, at)
    columns = _columns(facts)
    changed = [name for name, value in columns.items() if getattr(base, name) != value]
    for name in changed:
        setattr(base, name, columns[name])
    if changed:
        base.save(update_fields=changed)
        note_base(base, by, at, verb="organisations.base_corrected", changed=changed)
    return base


@transaction.atomic
def close_base(*, base: IncubationBase, closed_on: date, by: User, at: datetime) -> IncubationBase:
    """A base closes.

    Refuses: NotPermitted, BaseClosed, BaseInUse, DatesOutOfOrder, DayInFuture.
    Effects: the base's last day; audit.
    """
    base, on = open_to(base, Permission.CLOSE_BASE, by, at)
    inside = tuple(base.stays.filter(left_on__isnull=True).order_by("pk").values_list("organisation__name", flat=True))
    if inside:
        raise BaseInUse(organisations=inside)
    refuse_disorder(on, opened_on=base.opened_on, closed_on=closed_on)
    if closed_on == base.opened_on:
        raise DatesOutOfOrder(first="opened_on", second="closed_on")
    base.closed_on = closed_on
    base.save(update_fields=["closed_on"])
    note_base(base, by, at, verb="organisations.base_closed")
    return base


@transaction.atomic
def open_cohort(*, base: IncubationBase, name: str, starts_on: date, ends_on: date, by: User, at: datetime) -> Cohort:
    """Let organisations go through the base together; a cohort of this name gets these days.

    Refuses: NotPermitted, BaseClosed, FieldRequired, DatesOutOfOrder.
    Effects: a Cohort; audit.
    """
    base, _on = open_to(base, Permission.OPEN_COHORT, by, at)
    if not name.strip():
        raise FieldRequired(name="name")
    if ends_on <= starts_on:
        raise DatesOutOfOrder(first="starts_on", second="ends_on")
    cohort, _new = Cohort.objects.update_or_create(base=base, name=name.strip(), defaults={"starts_on": starts_on, "ends_on": ends_on})
    note_base(base, by, at, verb="organisations.cohort_opened", cohort=cohort.name)
    return cohort


@transaction.atomic
def enter_base(*, base: IncubationBase, draft: EntryDraft, by: User, at: datetime) -> Incubation:
    """An organisation comes into the base.

    Refuses: NotPermitted, BaseClosed, StepNotAllowed, FieldRequired, MemberElsewhere, AlreadyIncubated, NotChosen, BaseFull, EntryUnmet,
    DatesOutOfOrder, DayInFuture.
    Effects: an Incubation with the measures of the organisation on that day; audit.
    Policy: the conditions `incubation`.
    """
    base, on = open_to(base, Permission.ENTER_BASE, by, at)
    organisation = locked_organisation(draft.organisation)
    refuse_struck_off("enter_base", organisation)
    if not draft.contract.strip():
        raise FieldRequired(name="contract")
    if base.region_id not in organisation.region.ancestor_ids:
        raise MemberElsewhere(organisation=organisation.name)
    refuse_disorder(on, founded_on=organisation.founded_on, entered_on=draft.entered_on)
    if draft.until <= draft.entered_on:
        raise DatesOutOfOrder(first="entered_on", second="contract_until")
    known = organisation.incubations.select_related("base").filter(left_on__isnull=True).first()
    if known is not None:
        raise AlreadyIncubated(base=known.base.name, entered_on=known.entered_on)
    _refuse_unchosen(draft.cohort, organisation)
    if base.places is not None and base.stays.filter(left_on__isnull=True).count() >= base.places:
        raise BaseFull(places=base.places)
    refuse_unfit(organisation, draft.entered_on, at)
    stay = Incubation.objects.create(
        base=base,
        cohort=draft.cohort,
        organisation=organisation,
        contract=draft.contract.strip(),
        entered_on=draft.entered_on,
        until=draft.until,
        at_entry=measures_of(organisation, draft.entered_on),
    )
    note_base(base, by, at, verb="organisations.base_entered", organisation=organisation.number)
    return stay


@transaction.atomic
def record_base_service(*, stay: Incubation, draft: SlipDraft, by: User, at: datetime) -> BaseService:
    """Enter a slip for help that an organisation had in the base.

    Refuses: NotPermitted, BaseClosed, IncubationOver, UnknownCode, FieldRequired, DatesOutOfOrder, DayInFuture.
    Effects: a BaseService; audit.
    Policy: the list `incubation_services`.
    """
    base, on = open_to(stay.base, Permission.RECORD_BASE_SERVICE, by, at)
    stay = _running(stay)
    policy_for(stay.organisation.region, on).code("incubation_services", draft.service)
    if draft.hours is None and draft.value is None:
        raise FieldRequired(name="hours")
    refuse_disorder(on, entered_on=stay.entered_on, served_on=draft.served_on)
    slip = BaseService.objects.create(
        stay=stay,
        service=draft.service,
        served_on=draft.served_on,
        hours=draft.hours,
        value=draft.value,
        note=draft.note.strip(),
        entered_by=by,
    )
    note_base(base, by, at, verb="organisations.base_service_recorded", organisation=stay.organisation.number, service=draft.service)
    return slip


@transaction.atomic
def leave_base(*, stay: Incubation, leaving: Leaving, left_on: date, reason: str, by: User, at: datetime) -> Incubation:
    """An organisation leaves the base: grown up, or before that.

    Refuses: NotPermitted, BaseClosed, IncubationOver, FieldRequired, DatesOutOfOrder, DayInFuture.
    Effects: the stay's last day, how it ended and why, and the measures of the organisation; audit.
    """
    base, on = open_to(stay.base, Permission.LEAVE_BASE, by, at)
    stay = _running(stay)
    if not reason.strip():
        raise FieldRequired(name="reason")
    refuse_disorder(on, entered_on=stay.entered_on, left_on=left_on)
    stay.left_on, stay.leaving, stay.reason = left_on, leaving, reason.strip()
    stay.at_leaving = measures_of(stay.organisation, left_on)
    stay.save(update_fields=["left_on", "leaving", "reason", "at_leaving"])
    note_base(
        base, by, at, verb="organisations.base_left", organisation=stay.organisation.number, leaving=str(leaving), reason=reason.strip()
    )
    return stay


def open_to(base: IncubationBase, permission: Permission, by: User, at: datetime) -> tuple[IncubationBase, date]:
    """The base, locked for the transaction, that has not closed and where this person may do this; with the day."""
    locked, on = (
        IncubationBase.objects.select_for_update(of=("self",), no_key=True).select_related("region").get(pk=base.pk),
        local_date(at),
    )
    require(by, permission, on, region=locked.region)
    refuse_closed_base(locked)
    return locked, on


def refuse_unfit(organisation: Organisation, entered_on: date, at: datetime) -> None:
    """Refuse whom the conditions of the policy keep out of a base on the day."""
    unmet = missing(entry_findings(policy_for(organisation.region, local_date(at)), organisation, entered_on))
    if unmet:
        raise EntryUnmet(conditions=unmet)


def _refuse_unchosen(cohort: Cohort | None, organisation: Organisation) -> None:
    """A cohort for which nobody stood as a candidate held no selection."""
    if cohort is None:
        return
    candidatures = cohort.candidatures.all()
    if candidatures.exists() and not candidatures.filter(organisation=organisation, chosen=True).exists():
        raise NotChosen(cohort=cohort.name)


def _columns(told: NewBase | BaseFacts) -> dict[str, Any]:
    if not told.name.strip():
        raise FieldRequired(name="name")
    if told.area_m2 is not None and not told.area_evidence.strip():
        raise AreaUnseen
    words = {name: getattr(told, name).strip() for name in ("name", "area_evidence", "address")}
    return words | {name: getattr(told, name) for name in ("area_m2", "places", "comprehensive")}


def _running(stay: Incubation) -> Incubation:
    rows = Incubation.objects.select_for_update(of=("self",), no_key=True).select_related("organisation__region")
    locked = rows.get(pk=stay.pk)
    refuse_past_stay(locked)
    return locked


def note_base(base: IncubationBase, by: User, at: datetime, *, verb: str, **data: Any) -> None:
    """Put what happened at a base on record."""
    record(by=by, at=at, verb=verb, subject=("base", base.number), name=base.name, data=data)
