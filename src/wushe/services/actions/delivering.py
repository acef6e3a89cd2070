from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, settle
from wushe.kernel import numbers
from wushe.kernel.bus import publish
from wushe.kernel.clock import local_date
from wushe.kernel.encryption import blind_index, encrypt
from wushe.kernel.errors import FieldRequired, NotFound
from wushe.kernel.identifiers import clean_phone
from wushe.kernel.workdays import end_of_day
from wushe.needs.models import Need
from wushe.organisations.models import Organisation
from wushe.policies.queries import policy_for
from wushe.projects import actions as projects
from wushe.projects.models import Project
from wushe.projects.queries import locked, needs_of, subject_of
from wushe.projects.states import ProjectState
from wushe.regions.models import Region
from wushe.services.actions.involving import form_team
from wushe.services.errors import (
    ActivityOutsidePeriod,
    AlreadyVoid,
    ContributionEmpty,
    EntryInFuture,
    NobodyTookPart,
    NotInDelivery,
    PersonTwice,
    PlaceElsewhere,
    RoomEndsTooEarly,
    RoomNotFree,
    StationElsewhere,
    WorkerMismatch,
)
from wushe.services.events import ActivityRecorded
from wushe.services.models import Activity, ActivityKind, Attendance, Contribution, StationEntry
from wushe.services.permissions import Permission
from wushe.services.queries import mismatch, registered_at
from wushe.stations.errors import StationClosed
from wushe.stations.models import Station
from wushe.workforce.models import Worker

PERSON = "services.person"
HOUSEHOLD = "services.household"
NAME = "services.attendance.name"


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """Which station the agency enters, since when, and the professional who leads the work. A free room without a last day ends with the agreement.

    `worker` is that professional in the register; without one, name and certificate find them there, if they are in it.
    """

    station: Station
    entered_on: date
    professional: str
    certificate: str
    room: str = ""
    room_is_free: bool = True
    room_until: date | None = None
    worker: Worker | None = None


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """Someone who was there and is known: name, and a phone that tells people of one name apart."""

    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class ContributionDraft:
    """What one of the five societies put in; hours are person-hours, value is yuan."""

    society: str
    name: str
    organisation: Organisation | None = None
    persons: int = 0
    hours: Decimal = Decimal(0)
    value: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class ActivityDraft:
    """An activity, group session or visit as the worker enters it. `address` tells households apart and is kept as a keyed hash."""

    kind: str
    title: str
    held_on: date
    region: Region
    place: str = ""
    summary: str = ""
    need: Need | None = None
    persons: tuple[PersonDraft, ...] = ()
    counted: int = 0
    address: str = ""
    contributions: tuple[ContributionDraft, ...] = ()


@transaction.atomic
def enter_station(*, project_id: int, draft: EntryDraft, by: User, at: datetime) -> StationEntry:
    """The agency enters the station with a named professional; delivery begins.

    Refuses: NotPermitted, StepNotAllowed, StationElsewhere, StationClosed, EntryInFuture, RoomEndsTooEarly, FieldRequired, WorkerMismatch.
    Effects: a StationEntry; the team of the agreement as Involvements; contracted -> delivering; audit; to-dos for the mid-term supervision and the end of delivery.
    Policy: `supervision.midterm_percent`.
    """
    project = locked(project_id)
    on = local_date(at)
    require(by, Permission.ENTER_STATION, on, body_id=_agency_body(project))
    _check_entry(project, draft, on)
    worker = _lead_of(project, draft)
    projects.start_delivery(project_id=project_id, by=by, at=at)
    entry = StationEntry.objects.create(
        project=project,
        station=draft.station,
        entered_on=draft.entered_on,
        professional=draft.professional.strip(),
        certificate=draft.certificate.strip(),
        worker=worker,
        room=draft.room,
        room_is_free=draft.room_is_free,
        room_until=(draft.room_until or project.agreement.ends_on) if draft.room_is_free else None,
        recorded_by=by,
        at=at,
    )
    form_team(project, _team_of(project, draft), since=draft.entered_on, by=by, at=at)
    subject = subject_of(project)
    data = {"worker": worker.number if worker else ""}
    record(by=by, at=at, verb="services.station_entered", subject=subject[:2], name=project.title, data=data)
    settle(step="enter_station", subject=subject[:2], at=at)
    _ask_for_what_follows(project, at=at)
    return entry


@transaction.atomic
def set_room_end(*, project_id: int, until: date, by: User, at: datetime) -> StationEntry:
    """Say until which day the town gives the agency its room free of charge: earlier than agreed, or longer.

    Refuses: NotPermitted, NotInDelivery, RoomNotFree, RoomEndsTooEarly.
    Effects: the entry's last free day; audit; the to-do about the room is settled.
    """
    project = locked(project_id)
    require(by, Permission.SET_ROOM_END, local_date(at), region=project.region)
    entry = StationEntry.objects.filter(project=project).first()
    if entry is None or project.state != ProjectState.DELIVERING:
        raise NotInDelivery(state=project.state)
    if not entry.room_is_free:
        raise RoomNotFree
    if until < entry.entered_on:
        raise RoomEndsTooEarly(entered_on=entry.entered_on)
    before, entry.room_until = entry.room_until, until
    entry.save(update_fields=["room_until"])
    data = {"until": until.isoformat(), "before": before.isoformat() if before else ""}
    record(by=by, at=at, verb="services.room_end_set", subject=("project", project.number), name=project.title, data=data)
    settle(step="set_room_end", subject=("project", project.number), at=at)
    return entry


def _lead_of(project: Project, draft: EntryDraft) -> Worker | None:
    """Who of the agency's people on the register leads the work: the one that was chosen, or whom name and certificate fit."""
    body = project.agreement.agency.body
    if draft.worker is None:
        return registered_at(body, draft.professional, draft.certificate, draft.entered_on)
    reason = mismatch(draft.worker, body, draft.professional, draft.certificate, on=draft.entered_on)
    if reason:
        raise WorkerMismatch(worker=draft.worker.number, reason=reason)
    return draft.worker


def _team_of(project: Project, draft: EntryDraft) -> list[dict[str, str]]:
    """Whoever leads the work, then the team as the agreement names it."""
    head = {"name": draft.professional.strip(), "role": "", "certificate": draft.certificate.strip()}
    return [head, *project.agreement.content["team"]]


def _ask_for_what_follows(project: Project, *, at: datetime) -> None:
    """The supervision is due when the policy's share of the period is over, the end of delivery on its last day."""
    agreement, subject = project.agreement, subject_of(project)
    percent = int(policy_for(project.region, local_date(at)).require("supervision.midterm_percent").value)
    half_way = agreement.starts_on + (agreement.ends_on - agreement.starts_on) * percent // 100
    ask(
        step="supervise_project",
        subject=subject,
        permission="oversight.supervise_project",
        region=project.region.county,
        at=at,
        due_at=end_of_day(half_way),
    )
    ask(
        step="finish_delivery",
        subject=subject,
        permission=Permission.FINISH_DELIVERY,
        body=agreement.agency.body,
        at=at,
        due_at=end_of_day(agreement.ends_on),
    )


@transaction.atomic
def record_activity(*, project_id: int, draft: ActivityDraft, by: User, at: datetime) -> Activity:
    """Put an activity or visit on record with everyone who took part.

    Refuses: NotPermitted, NotInDelivery, ActivityOutsidePeriod, PlaceElsewhere, NotFound, FieldRequired, NobodyTookPart,
    ContributionEmpty, PersonTwice.
    Effects: an Activity with attendances and contributions; audit with counts, no names; ActivityRecorded.
    """
    project = locked(project_id)
    on = local_date(at)
    require(by, Permission.RECORD_ACTIVITY, on, body_id=_agency_body(project))
    _check(project, draft, on)
    attendances = _identify(draft.persons)
    is_visit = draft.kind == ActivityKind.VISIT
    activity = Activity.objects.create(
        number=numbers.draw("activity", place=project.region.county_code, on=on),
        project=project,
        kind=draft.kind,
        title=draft.title.strip(),
        held_on=draft.held_on,
        region=draft.region,
        place=draft.place,
        summary=draft.summary,
        need=draft.need,
        counted=draft.counted,
        household=blind_index(f"{draft.region.pk}|{''.join(draft.address.split())}", context=HOUSEHOLD) if is_visit else "",
        recorded_by=by,
        at=at,
    )
    Attendance.objects.bulk_create(
        Attendance(activity=activity, person=key, name=encrypt(name, context=NAME)) for key, name in attendances.items()
    )
    Contribution.objects.bulk_create(
        Contribution(
            activity=activity,
            society=row.society,
            organisation=row.organisation,
            name=row.name,
            persons=row.persons,
            hours=row.hours,
            value=row.value,
        )
        for row in draft.contributions
    )
    counts = {"activity": activity.number, "identified": len(attendances), "counted": draft.counted}
    record(by=by, at=at, verb="services.activity_recorded", subject=("project", project.number), name=project.title, data=counts)
    publish(ActivityRecorded(project_id=project.pk, activity_id=activity.pk, at=at.isoformat()))
    return activity


@transaction.atomic
def void_activity(*, activity_id: int, reason: str, by: User, at: datetime) -> Activity:
    """Strike a wrong record out; it stays readable and counts no longer.

    Refuses: NotPermitted, NotInDelivery, AlreadyVoid, FieldRequired.
    Effects: the Activity's voided_at and reason; audit.
    """
    project = locked(Activity.objects.values_list("project_id", flat=True).get(pk=activity_id))
    activity = Activity.objects.get(pk=activity_id)
    require(by, Permission.VOID_ACTIVITY, local_date(at), body_id=_agency_body(project))
    if project.state != ProjectState.DELIVERING:
        raise NotInDelivery(state=project.state)
    if activity.voided_at is not None:
        raise AlreadyVoid(activity=activity.number)
    if not reason.strip():
        raise FieldRequired(name="reason")
    activity.voided_at, activity.void_reason = at, reason.strip()
    activity.save(update_fields=["voided_at", "void_reason"])
    record(
        by=by,
        at=at,
        verb="services.activity_voided",
        subject=("project", project.number),
        name=project.title,
        data={"activity": activity.number, "reason": reason},
    )
    return activity


@transaction.atomic
def finish_delivery(*, project_id: int, by: User, at: datetime) -> Project:
    """Say that the agreed work is done and ask for evaluation and acceptance.

    Refuses: NotPermitted, StepNotAllowed.
    Effects: delivering -> in acceptance; to-dos for the county: appoint an evaluator, hear the residents.
    Policy: `evaluation.appoint_working_days`.
    """
    project = locked(project_id)
    require(by, Permission.FINISH_DELIVERY, local_date(at), body_id=_agency_body(project))
    projects.finish_delivery(project_id=project_id, by=by, at=at)
    subject = subject_of(project)
    settle(step="finish_delivery", subject=subject[:2], at=at)
    due = policy_for(project.region, local_date(at)).deadline("evaluation.appoint_working_days", local_date(at))
    for step in ("appoint_evaluator", "open_satisfaction"):
        ask(step=step, subject=subject, permission=f"oversight.{step}", region=project.region.county, at=at, due_at=due)
    return project


def _agency_body(project: Project) -> int | None:
    agreement = getattr(project, "agreement", None)
    return agreement.agency.body_id if agreement else None


def _check_entry(project: Project, draft: EntryDraft, on: date) -> None:
    for name in ("professional", "certificate"):
        if not getattr(draft, name).strip():
            raise FieldRequired(name=name)
    station = draft.station
    if station.region_id not in project.region.ancestor_ids and project.region_id not in station.region.ancestor_ids:
        raise StationElsewhere(station=str(station))
    if draft.entered_on > on:
        raise EntryInFuture(day=draft.entered_on)
    if station.closed_on is not None and station.closed_on <= draft.entered_on:
        raise StationClosed(closed_on=station.closed_on)
    if draft.room_is_free and draft.room_until is not None and draft.room_until < draft.entered_on:
        raise RoomEndsTooEarly(entered_on=draft.entered_on)


def _check(project: Project, draft: ActivityDraft, on: date) -> None:
    if project.state != ProjectState.DELIVERING:
        raise NotInDelivery(state=project.state)
    agreement = project.agreement
    if not agreement.starts_on <= draft.held_on <= min(agreement.ends_on, on):
        raise ActivityOutsidePeriod(day=draft.held_on, starts_on=agreement.starts_on, ends_on=min(agreement.ends_on, on))
    if project.region_id not in draft.region.ancestor_ids:
        raise PlaceElsewhere(place=draft.region.name)
    if draft.need is not None and not needs_of(project).filter(pk=draft.need.pk).exists():
        raise NotFound(kind="need", number=draft.need.number)
    _check_content(draft)


def _check_content(draft: ActivityDraft) -> None:
    is_visit = draft.kind == ActivityKind.VISIT
    filled = {
        "kind": draft.kind in ActivityKind.values,
        "title": bool(draft.title.strip()),
        "address": bool(draft.address.strip()) or not is_visit,
        "persons": all(person.name.strip() for person in draft.persons),
    }
    for name, there in filled.items():
        if not there:
            raise FieldRequired(name=name)
    if draft.counted < 0 or not (draft.persons or draft.counted):
        raise NobodyTookPart
    for row in draft.contributions:
        given = (Decimal(row.persons), row.hours, row.value)
        if min(given) < 0 or not any(given):
            raise ContributionEmpty(name=row.name)


def _identify(persons: tuple[PersonDraft, ...]) -> dict[str, str]:
    keyed: dict[str, str] = {}
    for person in persons:
        name = "".join(person.name.split())
        key = blind_index(f"{name}|{clean_phone(person.phone)}", context=PERSON)
        if key in keyed:
            raise PersonTwice(name=name)
        keyed[key] = name
    return keyed
