import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from wushe.accounts.models import User
from wushe.audit.actions import record
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.organisations.rules import after_years
from wushe.policies.queries import Policy, policy_for
from wushe.workforce.actions.locking import in_order, locked_living, locked_worker, said
from wushe.workforce.errors import CertificateMalformed, CertificateTaken
from wushe.workforce.models import Certificate, Worker
from wushe.workforce.permissions import Permission
from wushe.workforce.rules import refuse_void

PERIOD, PATTERN = "certificate.registration_period", "certificate.number_pattern"


@dataclass(frozen=True, slots=True)
class CertificateDraft:
    """A certificate of a level of `certificate_levels`. Without `valid_until` a registration lasts as long as the policy says."""

    level: str
    certificate: str
    issued_on: date
    registered_on: date | None = None
    valid_until: date | None = None


@transaction.atomic
def record_certificate(*, worker: Worker, draft: CertificateDraft, by: User, at: datetime) -> Certificate:
    """Enter a certificate of the professional level exam, with its registration where there is one.

    Refuses: NotPermitted, WorkerLeft, FieldRequired, UnknownCode, NotYet, OutOfOrder, CertificateMalformed, CertificateTaken.
    Effects: a Certificate; an audit entry.
    Policy: the code list `certificate_levels`; certificate.registration_period, certificate.number_pattern.
    """
    worker = locked_living(Permission.RECORD_CERTIFICATE, worker, by, at)
    on, number = local_date(at), "".join(draft.certificate.split())
    if not number:
        raise FieldRequired(name="certificate")
    if draft.valid_until is not None and draft.registered_on is None:
        raise FieldRequired(name="registered_on")
    policy = policy_for(worker.region, on)
    level = policy.code("certificate_levels", draft.level)
    refuse_malformed(number, policy)
    in_order("issued_on", draft.issued_on, latest=on)
    certificate = Certificate(worker=worker, level=level.code, rank=level.extra["rank"], certificate=number, issued_on=draft.issued_on)
    if draft.registered_on is not None:
        in_order("registered_on", draft.registered_on, latest=on)
        _register(certificate, draft.registered_on, draft.valid_until, policy)
    _save(certificate)
    _record(Permission.RECORD_CERTIFICATE, certificate, by, at, level=level.code, **_validity(certificate))
    return certificate


@transaction.atomic
def renew_certificate(
    *, certificate: Certificate, registered_on: date, valid_until: date | None = None, by: User, at: datetime
) -> Certificate:
    """Enter the next registration of a certificate, or its first; it ends later than the one before.

    Refuses: NotPermitted, WorkerLeft, CertificateVoid, NotYet, OutOfOrder.
    Effects: the registration of the Certificate; an audit entry with its days.
    Policy: certificate.registration_period.
    """
    worker = locked_living(Permission.RENEW_CERTIFICATE, certificate.worker, by, at)
    certificate = _locked(certificate, worker)
    before = certificate.valid_until
    in_order("registered_on", registered_on, latest=local_date(at))
    _register(certificate, registered_on, valid_until, policy_for(worker.region, local_date(at)))
    if before is not None:
        in_order("valid_until", certificate.valid_until or registered_on, earliest=before + timedelta(days=1))
    certificate.save(update_fields=["registered_on", "valid_until"])
    _record(Permission.RENEW_CERTIFICATE, certificate, by, at, **_validity(certificate))
    return certificate


@transaction.atomic
def void_certificate(*, certificate: Certificate, reason: str, by: User, at: datetime) -> Certificate:
    """Declare void what was entered by mistake or taken back; it counts on no day any more.

    Refuses: NotPermitted, CertificateVoid, FieldRequired.
    Effects: the Certificate; an audit entry with the reason.
    """
    worker = locked_worker(Permission.VOID_CERTIFICATE, certificate.worker, by, at)
    certificate = _locked(certificate, worker)
    certificate.void_reason = said(reason)
    certificate.save(update_fields=["void_reason"])
    _record(Permission.VOID_CERTIFICATE, certificate, by, at, reason=certificate.void_reason)
    return certificate


def refuse_malformed(number: str, policy: Policy) -> None:
    """Refuse a certificate number that has not the form of the policy; without one every number is taken. Raises CertificateMalformed."""
    rule = policy.value(PATTERN)
    if rule is not None and re.fullmatch(str(rule.value), number) is None:
        raise CertificateMalformed(certificate=number, zh=rule.label("zh"), en=rule.label("en"))


def registration_ends(issued_on: date, registered_on: date, valid_until: date | None, policy: Policy) -> date:
    """The first day without the registration. Raises OutOfOrder."""
    in_order("registered_on", registered_on, earliest=issued_on)
    until = valid_until or after_years(registered_on, policy.require(PERIOD).value)
    in_order("valid_until", until, earliest=registered_on + timedelta(days=1))
    return until


def _locked(certificate: Certificate, worker: Worker) -> Certificate:
    locked = worker.certificates.select_for_update(no_key=True).get(pk=certificate.pk)
    refuse_void(locked)
    return locked


def _register(certificate: Certificate, registered_on: date, valid_until: date | None, policy: Policy) -> None:
    certificate.registered_on = registered_on
    certificate.valid_until = registration_ends(certificate.issued_on, registered_on, valid_until, policy)


def _validity(certificate: Certificate) -> dict[str, str | None]:
    days = {name: getattr(certificate, name) for name in ("registered_on", "valid_until")}
    return {name: day.isoformat() if day else None for name, day in days.items()}


def _save(certificate: Certificate) -> None:
    try:
        with transaction.atomic():
            certificate.save(force_insert=True)
    except IntegrityError as error:
        if "workforce_one_person_per_certificate" in str(error):
            raise CertificateTaken(certificate=certificate.certificate) from error
        raise


def _record(verb: Permission, certificate: Certificate, by: User, at: datetime, **data: str | None) -> None:
    """A certificate number leads to its holder, and stays out of the audit."""
    record(by=by, at=at, verb=verb, subject=("worker", certificate.worker.number), data=data)
