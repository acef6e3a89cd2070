"""Moving a project along its table of transitions, for this app and for the floors above that deliver and evaluate."""

from datetime import datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, settle
from wushe.inbox.queries import waiting_on
from wushe.kernel.bus import publish
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.needs.actions import release_needs
from wushe.policies.queries import policy_for
from wushe.projects.actions.adding import ask_for_open_step, refuse_open_steps
from wushe.projects.actions.news import tell, tell_parties
from wushe.projects.events import DeliveryFinished, DeliveryStarted, ProjectAccepted, ProjectClosed, ProjectTerminated
from wushe.projects.models import Project, ProjectNeed, Tranche, TrancheState
from wushe.projects.permissions import Permission
from wushe.projects.queries import in_order, living_tender, locked, open_steps, subject_of
from wushe.projects.states import ProjectState, Step

OUT_TO_TENDER = (ProjectState.TENDERING, ProjectState.SCORING)
# what was approved before the end is paid after it
SURVIVING = frozenset({"pay_tranche"})


def advance(project: Project, step: Step, *, at: datetime) -> None:
    """Take the step on a locked project, and ask for the first step that the place has added there. Raises StepNotAllowed, StepsOpen."""
    target = in_order(project, step, at).target
    refuse_open_steps(project, step, at=at)
    project.state = target
    project.state_changed_at = at
    project.save(update_fields=["state", "state_changed_at"])
    ask_for_open_step(project, at=at)


def ask_to_publish(project: Project, *, at: datetime) -> None:
    """Put the tender of an approved project on the county's desk, by the day of `publication.working_days`."""
    on = local_date(at)
    ask(
        step=Step.PUBLISH_TENDER,
        subject=subject_of(project),
        permission=Permission.PUBLISH_TENDER,
        region=project.region.county,
        at=at,
        due_at=policy_for(project.region, on).deadline("publication.working_days", on),
    )


def ask_for_award(project: Project, *, at: datetime) -> None:
    """Put the award on the county's desk, by the day of `award.decide_working_days`."""
    on = local_date(at)
    ask(
        step=Step.AWARD_TENDER,
        subject=subject_of(project),
        permission=Permission.AWARD_TENDER,
        region=project.region.county,
        at=at,
        due_at=policy_for(project.region, on).deadline("award.decide_working_days", on),
    )


@transaction.atomic
def start_delivery(*, project_id: int, by: User, at: datetime) -> Project:
    """The agency has entered the station. The caller has checked who may.

    Refuses: StepNotAllowed.
    Effects: contracted -> delivering; audit; DeliveryStarted; news for town and agency.
    """
    project = locked(project_id)
    advance(project, Step.START_DELIVERY, at=at)
    record(by=by, at=at, verb="projects.delivery_started", subject=("project", project.number), name=project.title)
    publish(DeliveryStarted(project_id=project.pk, at=at.isoformat()))
    tell_parties(project, "projects.delivery_started", at=at)
    return project


@transaction.atomic
def finish_delivery(*, project_id: int, by: User, at: datetime) -> Project:
    """The agency says that the work is done. The caller has checked who may.

    Refuses: StepNotAllowed.
    Effects: delivering -> in acceptance; audit; DeliveryFinished; news for town and agency.
    """
    project = locked(project_id)
    advance(project, Step.FINISH_DELIVERY, at=at)
    record(by=by, at=at, verb="projects.delivery_finished", subject=("project", project.number), name=project.title)
    publish(DeliveryFinished(project_id=project.pk, at=at.isoformat()))
    tell_parties(project, "projects.delivery_finished", at=at)
    return project


@transaction.atomic
def accept_project(*, project_id: int, by: User, at: datetime) -> Project:
    """The work is accepted. The caller has checked who may and that residents were heard.

    Refuses: StepNotAllowed.
    Effects: in acceptance -> accepted; audit; ProjectAccepted; news for town and agency; when everything is paid:
    accepted -> closed, ProjectClosed.
    """
    project = locked(project_id)
    advance(project, Step.ACCEPT_PROJECT, at=at)
    record(by=by, at=at, verb="projects.project_accepted", subject=("project", project.number), name=project.title)
    publish(ProjectAccepted(project_id=project.pk, at=at.isoformat()))
    tell_parties(project, "projects.project_accepted", at=at)
    close_when_paid(project, by=by, at=at)
    return project


def close_when_paid(project: Project, *, by: User, at: datetime) -> None:
    """Close an accepted project as soon as every tranche is paid and every added step done, whichever comes last."""
    unpaid = Tranche.objects.filter(agreement__project=project).exclude(state=TrancheState.PAID)
    waits = unpaid.exists() or open_steps(project, policy_for(project.region, local_date(at)))
    if project.state == ProjectState.ACCEPTED and not waits:
        advance(project, Step.CLOSE_PROJECT, at=at)
        record(by=by, at=at, verb="projects.project_closed", subject=("project", project.number), name=project.title)
        publish(ProjectClosed(project_id=project.pk, at=at.isoformat()))
        tell_parties(project, "projects.project_closed", at=at)


@transaction.atomic
def refuse_acceptance(*, project_id: int, reason: str, by: User, at: datetime) -> Project:
    """The work is sent back to the agency. The caller has checked who may.

    Refuses: StepNotAllowed, FieldRequired.
    Effects: in acceptance -> delivering; audit with the reason; news for town and agency.
    """
    project = locked(project_id)
    if not reason.strip():
        raise FieldRequired(name="reason")
    advance(project, Step.REFUSE_ACCEPTANCE, at=at)
    subject = ("project", project.number)
    record(by=by, at=at, verb="projects.acceptance_refused", subject=subject, name=project.title, data={"reason": reason})
    tell_parties(project, "projects.acceptance_refused", at=at, data={"reason": reason})
    return project


@transaction.atomic
def terminate_project(*, project_id: int, reason: str, by: User, at: datetime) -> Project:
    """End a project before its time; its needs are free for another.

    Refuses: NotPermitted, StepNotAllowed, FieldRequired.
    Effects: any state before acceptance -> terminated; a running tender cancelled; needs released; open to-dos settled, but for a payment
    that was approved; audit; ProjectTerminated; news for town and agency, or for the agencies that were invited.
    """
    project = locked(project_id)
    require(by, Permission.TERMINATE_PROJECT, local_date(at), region=project.region)
    if not reason.strip():
        raise FieldRequired(name="reason")
    project.termination_reason = reason
    project.save(update_fields=["termination_reason"])
    invited = _end_tender(project, reason, at=at)
    advance(project, Step.TERMINATE_PROJECT, at=at)
    links = project.project_needs.filter(released_at__isnull=True)
    need_ids = sorted(links.values_list("need_id", flat=True))
    links.update(released_at=at)
    release_needs(need_ids=need_ids, by=by, at=at)
    subject = ("project", project.number)
    for step in {todo.step for todo in waiting_on(*subject)} - SURVIVING:
        settle(step=step, subject=subject, at=at)
    record(by=by, at=at, verb="projects.project_terminated", subject=subject, name=project.title, data={"reason": reason})
    publish(ProjectTerminated(project_id=project.pk, at=at.isoformat()))
    if invited:
        tell(project, "projects.project_terminated", at=at, bodies=invited, data={"reason": reason})
    else:
        tell_parties(project, "projects.project_terminated", at=at, data={"reason": reason})
    return project


def _end_tender(project: Project, reason: str, *, at: datetime) -> list[int]:
    """A project that ends while it is out to tender takes its tender along. Returns the bodies that were invited."""
    tender = living_tender(project)
    if tender is None or project.state not in OUT_TO_TENDER:
        return []
    tender.cancelled_at, tender.cancel_reason = at, reason
    tender.save(update_fields=["cancelled_at", "cancel_reason"])
    return list(tender.invitations.values_list("agency__body_id", flat=True))


@transaction.atomic
def let_go_of_need(*, need_id: int, at: datetime) -> None:
    """A need that its resident opened again belongs to its old project no longer; the need's own history says why.

    Effects: the ProjectNeed's release.
    """
    ProjectNeed.objects.filter(need_id=need_id, released_at__isnull=True).update(released_at=at)
