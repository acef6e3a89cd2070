"""Free offices: offered to all on the same terms, let to one at a time, for longer and that taken back, vacated, offered no more."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import settle
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired, NotFound
from wushe.organisations.models import OTHER_KINDS, Organisation
from wushe.organisations.rules import after_years, state_of
from wushe.organisations.states import STANDING
from wushe.policies.queries import policy_for
from wushe.stations.actions.life import lock_open_station
from wushe.stations.errors import (
    AreaNotPositive,
    ExtensionNotLast,
    ExtensionWithdrawn,
    NoTenant,
    OfficeAgreedTooLong,
    OfficeAgreedTooShort,
    OfficeFree,
    OfficeNotLonger,
    OfficeOutOfTime,
    OfficeTaken,
    OfficeWithdrawn,
)
from wushe.stations.models import Office, OfficeExtension, OfficeUse, Station
from wushe.stations.permissions import Permission
from wushe.stations.queries import tenancy_of

AGREEMENT_YEARS = "rooms.agreement_years"


@dataclass(frozen=True, slots=True)
class OfficeDraft:
    """Space that is given free of charge: what it would cost a month in yuan, and on which terms anybody may have it."""

    name: str
    area_m2: Decimal
    monthly_value: Decimal
    terms: str
    offered_on: date


@transaction.atomic
def offer_office(*, station: Station, draft: OfficeDraft, by: User, at: datetime) -> Office:
    """Put an office on the public list.

    Refuses: NotPermitted, StationClosed, FieldRequired, AreaNotPositive, OfficeOutOfTime.
    Effects: an Office; audit.
    """
    station = lock_open_station(Permission.OFFER_OFFICE, station, by, at)
    for name in ("name", "terms"):
        if not getattr(draft, name).strip():
            raise FieldRequired(name=name)
    if draft.area_m2 <= 0:
        raise AreaNotPositive
    _by_today("offered_on", draft.offered_on, at)
    office = Office.objects.create(
        number=numbers.draw("office", place=station.region.county_code, on=local_date(at)),
        station=station,
        name=draft.name.strip(),
        area_m2=draft.area_m2,
        monthly_value=draft.monthly_value,
        terms=draft.terms.strip(),
        offered_on=draft.offered_on,
    )
    _record(Permission.OFFER_OFFICE, office, by, at, monthly_value=str(office.monthly_value))
    return office


@transaction.atomic
def let_office(
    *, number: str, organisation: Organisation, agreement: str, since: date, agreed_until: date | None = None, by: User, at: datetime
) -> OfficeUse:
    """Let an organisation have a free office from a day on; `agreed_until` is the last day of the agreement.

    Refuses: NotPermitted, StationClosed, NotFound, OfficeWithdrawn, NoTenant, FieldRequired, OfficeOutOfTime, OfficeAgreedTooShort, OfficeAgreedTooLong,
    OfficeTaken.
    Effects: an OfficeUse; audit.
    Policy: `rooms.agreement_years`.
    """
    office = _lock(Permission.LET_OFFICE, number, by, at)
    if organisation.kind in OTHER_KINDS or state_of(organisation, local_date(at)) not in STANDING:
        raise NoTenant(name=organisation.name)
    if not agreement.strip():
        raise FieldRequired(name="agreement")
    _by_today("since", since, at, first=office.offered_on)
    _in_sight(office, since, agreed_until, at)
    use = OfficeUse(office=office, organisation=organisation, agreement=agreement.strip(), agreed_until=agreed_until, since=since)
    try:
        with transaction.atomic():
            use.save(force_insert=True)
    except IntegrityError as error:
        if "stations_office_for_one_at_a_time" not in str(error):
            raise
        last = office.uses.select_related("organisation").order_by("-since")[0]
        raise OfficeTaken(name=last.organisation.name) from error
    _record(Permission.LET_OFFICE, office, by, at, organisation=organisation.number, since=since.isoformat())
    return use


@transaction.atomic
def extend_office(*, number: str, agreed_until: date, agreement: str, by: User, at: datetime) -> OfficeUse:
    """Whoever has the office stays longer, by a new paper; `agreed_until` is the new last day.

    Refuses: NotPermitted, StationClosed, NotFound, OfficeWithdrawn, OfficeFree, FieldRequired, OfficeAgreedTooShort,
    OfficeAgreedTooLong, OfficeNotLonger.
    Effects: an OfficeExtension; the OfficeUse's last day; the to-do about its end is settled; audit.
    Policy: `rooms.agreement_years`.
    """
    office = _lock(Permission.EXTEND_OFFICE, number, by, at)
    use = tenancy_of(office)
    if use is None:
        raise OfficeFree(name=office.name)
    if not agreement.strip():
        raise FieldRequired(name="agreement")
    _in_sight(office, use.since, agreed_until, at)
    before = use.agreed_until
    if before is not None and agreed_until <= before:
        raise OfficeNotLonger(agreed_until=before)
    OfficeExtension.objects.create(use=use, agreement=agreement.strip(), before=before, agreed_until=agreed_until, by=by, at=at)
    use.agreed_until = agreed_until
    use.save(update_fields=["agreed_until"])
    days = {"before": before.isoformat() if before else "", "agreed_until": agreed_until.isoformat()}
    _record(Permission.EXTEND_OFFICE, office, by, at, organisation=use.organisation.number, **days)
    settle(step="vacate_office", subject=("office", office.number), at=at)
    return use


@transaction.atomic
def withdraw_extension(*, number: str, extension_id: int, reason: str, by: User, at: datetime) -> OfficeExtension:
    """Take back the last extension of an agreement, entered by mistake; the agreement ends again when it did before.

    Refuses: NotPermitted, StationClosed, NotFound, OfficeWithdrawn, OfficeFree, ExtensionWithdrawn, ExtensionNotLast, FieldRequired.
    Effects: the OfficeExtension, withdrawn; the OfficeUse's last day; the to-do about the end that was is settled; audit. The daily work asks
    about the end again when it is near.
    """
    office = _lock(Permission.WITHDRAW_EXTENSION, number, by, at)
    extension = OfficeExtension.objects.select_related("use__organisation").filter(pk=extension_id, use__office=office).first()
    if extension is None:
        raise NotFound(kind="office", number=number)
    use = extension.use
    if use.until is not None:
        raise OfficeFree(name=office.name)
    if extension.withdrawn_at is not None:
        raise ExtensionWithdrawn(agreed_until=extension.agreed_until)
    if extension.agreed_until != use.agreed_until:
        assert use.agreed_until is not None  # noqa: S101 -- an extension that stands gave it a last day
        raise ExtensionNotLast(agreed_until=use.agreed_until)
    if not reason.strip():
        raise FieldRequired(name="reason")
    extension.withdrawn_at, extension.reason = at, reason.strip()
    extension.save(update_fields=["withdrawn_at", "reason"])
    use.agreed_until = extension.before
    use.save(update_fields=["agreed_until"])
    days = {"agreed_until": extension.agreed_until.isoformat(), "back_to": extension.before.isoformat() if extension.before else ""}
    _record(Permission.WITHDRAW_EXTENSION, office, by, at, organisation=use.organisation.number, **days, reason=extension.reason)
    settle(step="vacate_office", subject=("office", office.number), at=at)
    return extension


@transaction.atomic
def vacate_office(*, number: str, until: date, reason: str, by: User, at: datetime) -> OfficeUse:
    """An organisation leaves its office; `until` is the first day without it.

    Refuses: NotPermitted, StationClosed, NotFound, OfficeWithdrawn, OfficeFree, FieldRequired, OfficeOutOfTime.
    Effects: the end of the OfficeUse; the to-do about its end is settled; audit.
    """
    office = _lock(Permission.VACATE_OFFICE, number, by, at)
    use = tenancy_of(office)
    if use is None:
        raise OfficeFree(name=office.name)
    if not reason.strip():
        raise FieldRequired(name="reason")
    _by_today("until", until, at, first=use.since, after=True)
    use.until, use.ending = until, reason.strip()
    use.save(update_fields=["until", "ending"])
    _record(Permission.VACATE_OFFICE, office, by, at, organisation=use.organisation.number, until=until.isoformat())
    settle(step="vacate_office", subject=("office", office.number), at=at)
    return use


@transaction.atomic
def withdraw_office(*, number: str, reason: str, by: User, at: datetime) -> Office:
    """Take an office off the list; nobody may have it then.

    Refuses: NotPermitted, StationClosed, NotFound, OfficeWithdrawn, OfficeTaken, FieldRequired.
    Effects: the Office, withdrawn; audit.
    """
    office = _lock(Permission.WITHDRAW_OFFICE, number, by, at)
    use = tenancy_of(office)
    if use is not None:
        raise OfficeTaken(name=use.organisation.name)
    if not reason.strip():
        raise FieldRequired(name="reason")
    office.withdrawn_on, office.reason = local_date(at), reason.strip()
    office.save(update_fields=["withdrawn_on", "reason"])
    _record(Permission.WITHDRAW_OFFICE, office, by, at, reason=office.reason)
    return office


def _lock(step: Permission, number: str, by: User, at: datetime) -> Office:
    office = Office.objects.select_related("station__region").filter(number=number).first()
    if office is None:
        raise NotFound(kind="office", number=number)
    require(by, step, local_date(at), region=office.station.region)
    office.station = lock_open_station(step, office.station, by, at)
    office.refresh_from_db(fields=["withdrawn_on"])
    if office.withdrawn_on is not None:
        raise OfficeWithdrawn(withdrawn_on=office.withdrawn_on)
    return office


def _in_sight(office: Office, since: date, agreed_until: date | None, at: datetime) -> None:
    """An agreement ends after it began, and not in some far year that was mistyped."""
    if agreed_until is None:
        return
    if agreed_until < since:
        raise OfficeAgreedTooShort(since=since)
    on = local_date(at)
    years = policy_for(office.station.region, on).value(AGREEMENT_YEARS)
    if years is not None and agreed_until > (latest := after_years(on, int(years.value))):
        raise OfficeAgreedTooLong(latest=latest, years=int(years.value))


def _by_today(name: str, day: date, at: datetime, *, first: date | None = None, after: bool = False) -> None:
    early = first is not None and (day <= first if after else day < first)
    if early or day > local_date(at):
        raise OfficeOutOfTime(name=name, day=day)


def _record(verb: Permission, office: Office, by: User, at: datetime, **more: str) -> None:
    station = office.station
    data = {"office": office.number, **more}
    record(by=by, at=at, verb=verb, subject=("station", station.number), name=station.name, data=data)
