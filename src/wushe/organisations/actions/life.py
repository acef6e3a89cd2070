from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.files.actions import store_file
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.kernel.identifiers import clean_uscc, is_uscc
from wushe.kernel.steps import allowed
from wushe.organisations.actions.days import refuse_disorder
from wushe.organisations.actions.ending import end_applications, end_help, forget_end, locked_applications
from wushe.organisations.actions.papers import Scan
from wushe.organisations.actions.register import become_community_organisation, save_organisation
from wushe.organisations.errors import DatesOutOfOrder, UsccInvalid
from wushe.organisations.models import LifeEvent, LifeKind, Organisation
from wushe.organisations.rules import state_of
from wushe.organisations.states import TRANSITIONS, Step


@transaction.atomic
def begin_preparing(
    *, organisation: Organisation, preparing_on: date, document: str = "", scan: Scan | None = None, by: User, at: datetime
) -> Organisation:
    """Record that a group of people has begun to prepare an organisation.

    Refuses: NotPermitted, StepNotAllowed, DatesOutOfOrder, DayInFuture.
    Effects: the Organisation's first day of preparing; a LifeEvent with its paper; an audit entry.
    """
    organisation = _start(Step.BEGIN_PREPARING, organisation, by, at)
    refuse_disorder(local_date(at), founded_on=organisation.founded_on, preparing_on=preparing_on)
    organisation.preparing_on = preparing_on
    organisation.save(update_fields=["preparing_on"])
    tell_life(organisation, LifeKind.PREPARING, preparing_on, document=document, scan=scan, by=by, at=at)
    _note(Step.BEGIN_PREPARING, organisation, by, at, preparing_on)
    return organisation


@transaction.atomic
def record_filing(
    *, organisation: Organisation, filed_on: date, document: str = "", scan: Scan | None = None, by: User, at: datetime
) -> Organisation:
    """Record that the town took the organisation into its file before filings were done here.

    Refuses: NotPermitted, StepNotAllowed, DatesOutOfOrder, DayInFuture.
    Effects: the Organisation's filing day; a LifeEvent with its paper; a team of a kind that grows is a community organisation; an audit entry.
    Policy: the list `organisation_kinds` (`community`).
    """
    organisation = _start(Step.RECORD_FILING, organisation, by, at)
    refuse_disorder(local_date(at), founded_on=organisation.founded_on, preparing_on=organisation.preparing_on, filed_on=filed_on)
    organisation.filed_on = filed_on
    organisation.save(update_fields=["filed_on"])
    tell_life(organisation, LifeKind.FILED, filed_on, document=document, scan=scan, by=by, at=at)
    grow_up(organisation, filed_on, by=by, at=at)
    _note(Step.RECORD_FILING, organisation, by, at, filed_on)
    return organisation


@transaction.atomic
def record_registration(
    *, organisation: Organisation, registered_on: date, uscc: str, document: str = "", scan: Scan | None = None, by: User, at: datetime
) -> Organisation:
    """Record that the registration authority has made the organisation a legal person.

    Refuses: NotPermitted, StepNotAllowed, UsccInvalid, UsccTaken, DatesOutOfOrder, DayInFuture.
    Effects: the Organisation's registration day and credit code; a LifeEvent with its paper; an audit entry; no renewal is due any more, help to register
    is over, and so is an application that is not decided; a team of a kind that grows is a community organisation.
    Policy: the list `organisation_kinds` (`community`).
    """
    applications = locked_applications(organisation)
    organisation = _start(Step.RECORD_REGISTRATION, organisation, by, at)
    code = clean_uscc(uscc)
    if not is_uscc(code):
        raise UsccInvalid(uscc=uscc)
    days = {"founded_on": organisation.founded_on, "preparing_on": organisation.preparing_on, "filed_on": organisation.filed_on}
    refuse_disorder(local_date(at), **days, registered_on=registered_on)
    organisation.registered_on = registered_on
    organisation.uscc = code
    save_organisation(organisation, ["registered_on", "uscc"])
    forget_end(organisation, at=at)
    end_help(organisation, registered_on, at=at)
    end_applications(applications, Step.RECORD_REGISTRATION, by=by, at=at)
    tell_life(organisation, LifeKind.REGISTERED, registered_on, document=document, scan=scan, by=by, at=at)
    grow_up(organisation, registered_on, by=by, at=at)
    _note(Step.RECORD_REGISTRATION, organisation, by, at, registered_on)
    return organisation


@transaction.atomic
def deregister_organisation(
    *, organisation: Organisation, deregistered_on: date, reason: str, document: str = "", scan: Scan | None = None, by: User, at: datetime
) -> Organisation:
    """Strike an organisation off; from that day it counts nowhere. Its row and its history stay.

    Refuses: NotPermitted, StepNotAllowed, FieldRequired, DatesOutOfOrder, DayInFuture.
    Effects: the Organisation's last day and the reason; a LifeEvent with its paper; an audit entry; no renewal is due any more, help to register
    is over, and so is an application that is not decided.
    """
    applications = locked_applications(organisation)
    organisation = _start(Step.DEREGISTER_ORGANISATION, organisation, by, at)
    if not reason.strip():
        raise FieldRequired(name="reason")
    days = {name: getattr(organisation, name) for name in ("founded_on", "preparing_on", "filed_on", "registered_on")}
    refuse_disorder(local_date(at), **days, deregistered_on=deregistered_on)
    if deregistered_on in days.values():
        raise DatesOutOfOrder(first=next(name for name, day in days.items() if day == deregistered_on), second="deregistered_on")
    organisation.deregistered_on = deregistered_on
    organisation.deregistration_reason = reason
    organisation.save(update_fields=["deregistered_on", "deregistration_reason"])
    forget_end(organisation, at=at)
    end_help(organisation, deregistered_on, at=at, reason=reason)
    end_applications(applications, Step.DEREGISTER_ORGANISATION, reason=reason, by=by, at=at)
    tell_life(organisation, LifeKind.DEREGISTERED, deregistered_on, document=document, note=reason, scan=scan, by=by, at=at)
    _note(Step.DEREGISTER_ORGANISATION, organisation, by, at, deregistered_on)
    return organisation


def tell_life(
    organisation: Organisation,
    kind: LifeKind,
    on: date,
    *,
    document: str = "",
    note: str = "",
    scan: Scan | None = None,
    by: User,
    at: datetime,
) -> None:
    """Put an event on the life line with its paper, in the caller's transaction."""
    LifeEvent.objects.create(
        organisation=organisation,
        kind=kind,
        on=on,
        document=document,
        file=store_file(upload=scan.upload, name=scan.name, by=by, at=at) if scan is not None else None,
        note=note,
        entered_by=by.display_name,
        entered_at=at,
    )


def grow_up(organisation: Organisation, on: date, *, by: User, at: datetime) -> None:
    """A team that is filed or registered is a community organisation from then on, in the caller's transaction; its former kind stays known."""
    if become_community_organisation(organisation, local_date(at)):
        organisation.save(update_fields=["grown_from", "kind"])
        tell_life(organisation, LifeKind.GROWN, on, note=organisation.grown_from, by=by, at=at)


def locked_organisation(organisation: Organisation) -> Organisation:
    """The organisation, locked for the transaction."""
    rows = Organisation.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("body", "region", "region__town").get(pk=organisation.pk)


def lock_organisations(ids: Collection[int | None]) -> None:
    """Hold several organisations, always in one order, so that two callers who go on to write them never wait for each other."""
    list(Organisation.objects.select_for_update(no_key=True).filter(pk__in=[pk for pk in ids if pk is not None]).order_by("pk").only("pk"))


def _start(step: Step, organisation: Organisation, by: User, at: datetime) -> Organisation:
    locked = locked_organisation(organisation)
    on = local_date(at)
    require(by, TRANSITIONS[step].permission, on, region=locked.region)
    allowed(TRANSITIONS, step, state=state_of(locked, on))
    return locked


def _note(step: Step, organisation: Organisation, by: User, at: datetime, day: date) -> None:
    record(
        by=by,
        at=at,
        verb=TRANSITIONS[step].permission,
        subject=("organisation", organisation.number),
        name=organisation.name,
        data={"day": day.isoformat()},
    )
