"""Who takes part in a project for a time: the team that does the work, and community organisations beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.organisations.models import Organisation
from wushe.projects.models import Project
from wushe.projects.queries import locked
from wushe.projects.states import ProjectState
from wushe.services.errors import DayInFuture, InvolvedAlready, LeftAlready, LeftBeforeJoining, NotInDelivery
from wushe.services.models import Capacity, Involvement
from wushe.services.permissions import Permission


@dataclass(frozen=True, slots=True)
class InvolvementDraft:
    """Who joins, since when and for what: a member of the team by name, or a partner by its organisation."""

    since: date
    name: str = ""
    organisation: Organisation | None = None
    duty: str = ""
    certificate: str = ""


@transaction.atomic
def join_project(*, project_id: int, draft: InvolvementDraft, by: User, at: datetime) -> Involvement:
    """Enter a member of the team or a community organisation that works with it.

    Refuses: NotPermitted, NotInDelivery, FieldRequired, DayInFuture, InvolvedAlready.
    Effects: an Involvement; audit.
    """
    project = _delivering(project_id, Permission.JOIN_PROJECT, by, at)
    if draft.organisation is None and not draft.name.strip():
        raise FieldRequired(name="name")
    if draft.since > local_date(at):
        raise DayInFuture(day=draft.since)
    return _join(project, draft, by=by, at=at)


@transaction.atomic
def leave_project(*, involvement_id: int, until: date, by: User, at: datetime) -> Involvement:
    """Say that somebody takes part no longer, from a day on.

    Refuses: NotPermitted, NotInDelivery, LeftAlready, LeftBeforeJoining, DayInFuture.
    Effects: the Involvement's end; audit.
    """
    project = _delivering(Involvement.objects.values_list("project_id", flat=True).get(pk=involvement_id), Permission.LEAVE_PROJECT, by, at)
    involvement = Involvement.objects.get(pk=involvement_id)
    if involvement.until is not None:
        raise LeftAlready(until=involvement.until)
    if until < involvement.since:
        raise LeftBeforeJoining(since=involvement.since)
    if until > local_date(at):
        raise DayInFuture(day=until)
    involvement.until = until
    involvement.save(update_fields=["until"])
    _note(project, "services.project_left", involvement, by=by, at=at)
    return involvement


def form_team(project: Project, members: Sequence[Mapping[str, str]], *, since: date, by: User, at: datetime) -> None:
    """The team of the bid begins its work, in the transaction of the entry."""
    for member in {each["name"]: each for each in members}.values():
        draft = InvolvementDraft(since, name=member["name"], duty=member["role"], certificate=member["certificate"])
        _join(project, draft, by=by, at=at)


def _join(project: Project, draft: InvolvementDraft, *, by: User, at: datetime) -> Involvement:
    partner = draft.organisation
    capacity, name = (Capacity.PARTNER, partner.name) if partner else (Capacity.TEAM, draft.name.strip())
    if Involvement.objects.filter(project=project, capacity=capacity, name=name, until__isnull=True).exists():
        raise InvolvedAlready(name=name)
    involvement = Involvement.objects.create(
        project=project,
        capacity=capacity,
        organisation=partner,
        name=name,
        duty=draft.duty.strip(),
        certificate=draft.certificate.strip(),
        since=draft.since,
        recorded_by=by,
        at=at,
    )
    _note(project, "services.project_joined", involvement, by=by, at=at)
    return involvement


def _delivering(project_id: int, permission: Permission, by: User, at: datetime) -> Project:
    project = locked(project_id)
    agreement = getattr(project, "agreement", None)
    require(by, permission, local_date(at), body_id=agreement.agency.body_id if agreement else None)
    if project.state != ProjectState.DELIVERING:
        raise NotInDelivery(state=project.state)
    return project


def _note(project: Project, verb: str, involvement: Involvement, *, by: User, at: datetime) -> None:
    """Members of the team are not named in the audit, organisations are."""
    data = {"capacity": involvement.capacity, "duty": involvement.duty, "since": involvement.since.isoformat()}
    if involvement.organisation is not None:
        data["organisation"] = involvement.organisation.number
    record(by=by, at=at, verb=verb, subject=("project", project.number), name=project.title, data=data)
