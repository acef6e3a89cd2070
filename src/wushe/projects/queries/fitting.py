"""Whether a step fits where its thing stands: asked by the action, and by its page before anything is typed."""

from datetime import datetime

from wushe.kernel.clock import local_date
from wushe.organisations.models import Organisation
from wushe.policies.queries import policy_for
from wushe.projects.errors import AgreementInForce, AlreadyObjected, NotABidder, ObjectionWindowClosed
from wushe.projects.models import Agreement, Award, Project
from wushe.projects.queries.order import out_of_order
from wushe.projects.queries.tenders import bids_of, living_award, living_tender
from wushe.projects.states import ProjectState


def objection_fits(project: Project, agency: Organisation, at: datetime) -> Award:
    """The award to which a bidder may object now. Raises StepNotAllowed, NotABidder, ObjectionWindowClosed, AlreadyObjected."""
    tender = living_tender(project)
    award = living_award(tender) if tender else None
    if award is None:
        raise out_of_order(project, "raise_objection", at)
    if not bids_of(award.tender).filter(agency=agency).exists():
        source = policy_for(project.region, local_date(at)).require("award.objection_working_days").source
        raise NotABidder(source=source)
    if at > award.objections_until:
        raise ObjectionWindowClosed(until=award.objections_until)
    held = award.objections.filter(agency=agency).first()
    if held is not None:
        raise AlreadyObjected(objection=held.number)
    return award


def redrawing_fits(project: Project, at: datetime) -> Agreement:
    """The agreement that may be drawn up again: not in force yet. Raises AgreementInForce, StepNotAllowed."""
    agreement = Agreement.objects.select_related("award__bid", "purchaser", "agency__body", "purchaser_signed_by", "agency_signed_by")
    found = agreement.filter(project=project).first()
    if found is not None and found.is_signed:
        raise AgreementInForce(agreement=found.number)
    if found is None or project.state != ProjectState.AWARDED:
        raise out_of_order(project, "redraw_agreement", at)
    return found
