from datetime import datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired, NotFound
from wushe.policies.queries import policy_for
from wushe.projects.actions.adding import ask_for_open_step
from wushe.projects.actions.news import tell_parties
from wushe.projects.actions.progress import close_when_paid
from wushe.projects.errors import StepSettled
from wushe.projects.models import Project, StepDone
from wushe.projects.permissions import Permission
from wushe.projects.queries import AddedStep, added_steps, locked, open_steps, out_of_order, require_actor


@transaction.atomic
def complete_step(*, project_id: int, code: str, text: str, by: User, at: datetime) -> StepDone:
    """Do a step that the place has added to the procedure, as its actor.

    Refuses: NotFound, NotPermitted, StepSettled, StepNotAllowed.
    Effects: a StepDone; audit; the to-do of the next added step; a project that only waited for this is closed.
    Policy: the procedure.
    """
    project = locked(project_id)
    added = _added(project, code, at)
    require_actor(by, added.step, project, local_date(at))
    _refuse_unreached(project, added, "complete_step", at)
    done = StepDone.objects.create(project=project, code=code, is_waived=False, text=text.strip(), by=by, at=at)
    data = {"step": code, "text": done.text}
    record(by=by, at=at, verb="projects.step_completed", subject=("project", project.number), name=project.title, data=data)
    _go_on(project, by=by, at=at)
    return done


@transaction.atomic
def waive_step(*, project_id: int, code: str, reason: str, by: User, at: datetime) -> StepDone:
    """Let a project go on without a step that the place has added, with a reason.

    Refuses: NotFound, NotPermitted, StepSettled, StepNotAllowed, FieldRequired.
    Effects: a StepDone that is waived; audit with the reason; news for town and agency; else as `complete_step`.
    Policy: the procedure.
    """
    project = locked(project_id)
    added = _added(project, code, at)
    require(by, Permission.WAIVE_STEP, local_date(at), region=project.region)
    _refuse_unreached(project, added, "waive_step", at)
    if not reason.strip():
        raise FieldRequired(name="reason")
    done = StepDone.objects.create(project=project, code=code, is_waived=True, text=reason.strip(), by=by, at=at)
    data = {"step": code, "reason": done.text}
    record(by=by, at=at, verb="projects.step_waived", subject=("project", project.number), name=project.title, data=data)
    tell_parties(project, "projects.step_waived", at=at, data=data)
    _go_on(project, by=by, at=at)
    return done


def _added(project: Project, code: str, at: datetime) -> AddedStep:
    found = next((each for each in added_steps(policy_for(project.region, local_date(at))) if each.step.code == code), None)
    if found is None:
        raise NotFound(kind="step", number=code)
    return found


def _refuse_unreached(project: Project, added: AddedStep, step: str, at: datetime) -> None:
    settled = StepDone.objects.filter(project=project, code=added.step.code).first()
    if settled is not None:
        raise StepSettled(at=settled.at)
    if added not in open_steps(project, policy_for(project.region, local_date(at)))[:1]:
        raise out_of_order(project, step, at)


def _go_on(project: Project, *, by: User, at: datetime) -> None:
    ask_for_open_step(project, at=at)
    close_when_paid(project, by=by, at=at)
