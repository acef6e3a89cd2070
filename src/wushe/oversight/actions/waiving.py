from datetime import datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import settle
from wushe.kernel.bus import publish
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.oversight.events import SupervisionWaived
from wushe.oversight.models import Waiver
from wushe.oversight.permissions import Permission
from wushe.oversight.queries import waiver_fits
from wushe.projects.actions import free_tranches, tell_parties
from wushe.projects.models import Trigger
from wushe.projects.queries import locked, subject_of


@transaction.atomic
def waive_supervision(*, project_id: int, reason: str, by: User, at: datetime) -> Waiver:
    """Let a project go on without its mid-term supervision. A failed look is never waived; whoever waives does not accept.

    Refuses: NotPermitted, StepNotAllowed, AlreadySupervised, SupervisionOpen, FieldRequired.
    Effects: a Waiver; the tranche that waits for the supervision freed; audit with the reason; SupervisionWaived; the to-do to supervise
    settled; news for town and agency.
    """
    project = locked(project_id)
    on = local_date(at)
    require(by, Permission.WAIVE_SUPERVISION, on, region=project.region)
    waiver_fits(project, at)
    if not reason.strip():
        raise FieldRequired(name="reason")
    waiver = Waiver.objects.create(project=project, reason=reason.strip(), waived_by=by, at=at)
    subject = subject_of(project)
    data = {"reason": waiver.reason}
    record(by=by, at=at, verb="oversight.supervision_waived", subject=subject[:2], name=project.title, data=data)
    free_tranches(project=project, trigger=Trigger.MIDTERM_PASS, by=by, at=at)
    settle(step="supervise_project", subject=subject[:2], at=at)
    publish(SupervisionWaived(project_id=project.pk, at=at.isoformat()))
    tell_parties(project, "oversight.supervision_waived", at=at, data=data)
    return waiver
