"""Accountants of organisations: appointed with their qualification, for one organisation or for many."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require, scope_of
from wushe.audit.actions import record
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired, NotFound
from wushe.organisations.actions.days import refuse_disorder
from wushe.organisations.actions.life import lock_organisations, locked_organisation
from wushe.organisations.errors import CertificateExpired, CertificateTaken, DatesOutOfOrder, QualificationCutShort
from wushe.organisations.models import Accountant, Bookkeeping, Organisation
from wushe.organisations.permissions import Permission
from wushe.organisations.rules import refuse_struck_off


@dataclass(frozen=True, slots=True)
class AccountantDraft:
    """Who keeps the books, by which certificate, valid until which day (none: without end)."""

    certificate: str
    person: str
    qualification: str
    since: date
    valid_until: date | None = None
    part_time: bool = True


@transaction.atomic
def appoint_accountant(*, organisation: Organisation, draft: AccountantDraft, by: User, at: datetime) -> Bookkeeping:
    """An accountant keeps the books of an organisation; who kept them before is released that day.

    Refuses: NotPermitted, StepNotAllowed, FieldRequired, CertificateTaken, CertificateExpired, QualificationCutShort, DatesOutOfOrder, DayInFuture.
    Effects: the Accountant of the certificate, with the qualification as it is now; a Bookkeeping; the certificate on the Organisations
    whose books the accountant keeps; audit, on each of them what the qualification was before.
    """
    # the accountant before any organisation, as two appointments of one accountant may touch the same organisations
    known = Accountant.objects.select_for_update(no_key=True).filter(certificate=draft.certificate.strip()).first()
    served = known.bookkeeping.filter(until__isnull=True).values_list("organisation", flat=True) if known is not None else ()
    lock_organisations({organisation.pk, *served})
    organisation, on = locked_organisation(organisation), local_date(at)
    require(by, Permission.APPOINT_ACCOUNTANT, on, region=organisation.region)
    refuse_struck_off("appoint_accountant", organisation)
    for name in ("certificate", "person", "qualification"):
        if not getattr(draft, name).strip():
            raise FieldRequired(name=name)
    refuse_disorder(on, founded_on=organisation.founded_on, books_since=draft.since)
    if draft.valid_until is not None and draft.valid_until < draft.since:
        raise CertificateExpired(valid_until=draft.valid_until)
    before = _running(organisation)
    if before is not None:
        _end(before, draft.since)
    row = Bookkeeping.objects.create(
        organisation=organisation, accountant=_accountant(draft, by, at), part_time=draft.part_time, since=draft.since
    )
    _write(organisation, row.accountant)
    data = {"certificate": row.accountant.certificate, "since": draft.since.isoformat()}
    _note(organisation, by, at, verb="organisations.accountant_appointed", **data)
    return row


@transaction.atomic
def release_accountant(*, organisation: Organisation, until: date, by: User, at: datetime) -> Bookkeeping:
    """The accountant does not keep the books of the organisation any more.

    Refuses: NotPermitted, NotFound, DatesOutOfOrder, DayInFuture.
    Effects: the Bookkeeping's last day; the Organisation without a certificate; audit.
    """
    organisation, on = locked_organisation(organisation), local_date(at)
    require(by, Permission.RELEASE_ACCOUNTANT, on, region=organisation.region)
    row = _running(organisation)
    if row is None:
        raise NotFound(kind="accountant", number=organisation.number)
    refuse_disorder(on, books_since=row.since, books_until=until)
    _end(row, until)
    _write(organisation, None)
    data = {"certificate": row.accountant.certificate, "until": until.isoformat()}
    _note(organisation, by, at, verb="organisations.accountant_released", **data)
    return row


def _accountant(draft: AccountantDraft, by: User, at: datetime) -> Accountant:
    """The accountant of the certificate; what is told of the qualification now holds for every organisation at once."""
    certificate, person, qualification = draft.certificate.strip(), draft.person.strip(), draft.qualification.strip()
    told = {"person": person, "qualification": qualification, "valid_until": draft.valid_until}
    known, is_new = Accountant.objects.select_for_update(no_key=True).get_or_create(certificate=certificate, defaults=told)
    if is_new:
        return known
    if known.person != person:
        raise CertificateTaken(certificate=certificate)
    if (known.qualification, known.valid_until) != (qualification, draft.valid_until):
        _requalify(known, qualification, draft.valid_until, by, at)
    return known


def _requalify(known: Accountant, qualification: str, valid_until: date | None, by: User, at: datetime) -> None:
    """Another qualification or another end, on every organisation whose books the accountant keeps. An end that comes earlier may take a
    condition from each of them, so whoever tells it must be responsible for all.
    """
    rows = Organisation.objects.select_for_update(of=("self",), no_key=True).select_related("region")
    served = list(rows.filter(bookkeeping__accountant=known, bookkeeping__until__isnull=True).order_by("pk"))
    ends_earlier = valid_until is not None and (known.valid_until is None or valid_until < known.valid_until)
    scope = scope_of(by, Permission.APPOINT_ACCOUNTANT, local_date(at))
    if ends_earlier and not all(scope.covers(row.region) for row in served):
        raise QualificationCutShort(certificate=known.certificate, valid_until=known.valid_until)
    before = _told(known)
    known.qualification, known.valid_until = qualification, valid_until
    known.save(update_fields=["qualification", "valid_until"])
    told = {"certificate": known.certificate, "from": before, "to": _told(known)}
    for row in served:
        row.accountant_until = valid_until
        row.save(update_fields=["accountant_until"])
        _note(row, by, at, verb="organisations.accountant_requalified", **told)


def _told(accountant: Accountant) -> str:
    return " ".join([accountant.qualification, *([accountant.valid_until.isoformat()] if accountant.valid_until is not None else [])])


def _running(organisation: Organisation) -> Bookkeeping | None:
    return organisation.bookkeeping.select_related("accountant").filter(until__isnull=True).first()


def _end(row: Bookkeeping, until: date) -> None:
    if until <= row.since:
        raise DatesOutOfOrder(first="books_since", second="books_until")
    row.until = until
    row.save(update_fields=["until"])


def _write(organisation: Organisation, accountant: Accountant | None) -> None:
    organisation.accountant_certificate = accountant.certificate if accountant is not None else ""
    organisation.accountant_until = accountant.valid_until if accountant is not None else None
    organisation.save(update_fields=["accountant_certificate", "accountant_until"])


def _note(organisation: Organisation, by: User, at: datetime, *, verb: str, **data: str) -> None:
    record(by=by, at=at, verb=verb, subject=("organisation", organisation.number), name=organisation.name, data=data)
