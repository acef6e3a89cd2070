from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, settle
from wushe.kernel.bus import publish
from wushe.kernel.clock import local_date
from wushe.kernel.errors import CheckerIsMaker
from wushe.policies.errors import UnknownCode
from wushe.policies.queries import policy_for
from wushe.projects.actions.news import tell
from wushe.projects.actions.progress import advance, ask_to_publish
from wushe.projects.errors import ApprovedWithComments, ChecklistNotMet, ReturnWithoutComment, ReviewIncomplete
from wushe.projects.events import DesignApproved
from wushe.projects.models import FieldComment, Project, Review, ReviewMark, TakeUp
from wushe.projects.permissions import Permission
from wushe.projects.queries import in_order, locked, out_of_order, subject_of, taken_up
from wushe.projects.states import ProjectState, Step


@dataclass(frozen=True, slots=True)
class Mark:
    """The answer to one item of the pack's checklist."""

    item: str
    met: bool
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """The reviewer's work on one version: marks, comments by field of the design, and an opinion."""

    marks: tuple[Mark, ...]
    comments: tuple[tuple[str, str], ...] = ()
    opinion: str = ""


@transaction.atomic
def take_up_review(*, project_id: int, by: User, at: datetime) -> TakeUp:
    """Say that one reviews what the town has submitted, or take it over from a colleague; whoever concludes the review may be another.

    Taking up what one has taken up changes nothing.

    Refuses: NotPermitted, StepNotAllowed, CheckerIsMaker.
    Effects: the TakeUp of the version; audit.
    """
    project = locked(project_id)
    require(by, Permission.REVIEW_DESIGN, local_date(at), region=project.region)
    if project.state != ProjectState.UNDER_REVIEW:
        raise out_of_order(project, "take_up_review", at)
    if project.submitted_by_id == by.pk:
        raise CheckerIsMaker(step="take_up_review")
    held = taken_up(project)
    if held is not None and held.reviewer_id == by.pk:
        return held
    made, _new = TakeUp.objects.update_or_create(project=project, version=project.version, defaults={"reviewer": by, "at": at})
    data = {"version": project.version, "from": held.reviewer.number if held else ""}
    record(by=by, at=at, verb="projects.review_taken_up", subject=("project", project.number), name=project.title, data=data)
    return made


@transaction.atomic
def approve_design(*, project_id: int, draft: ReviewDraft, by: User, at: datetime) -> Review:
    """Let a project go to tender.

    Refuses: NotPermitted, StepNotAllowed, CheckerIsMaker, UnknownCode, ReviewIncomplete, ChecklistNotMet, ApprovedWithComments.
    Effects: a Review with its marks; under review -> approved; audit; DesignApproved; a to-do to publish; news for the town.
    Policy: the checklist `project_review`, `publication.working_days`.
    """
    project = _under_review(project_id, Step.APPROVE_DESIGN, draft, by=by, at=at)
    unmet = tuple(mark.item for mark in draft.marks if not mark.met)
    if unmet:
        raise ChecklistNotMet(items=unmet)
    if draft.comments:
        raise ApprovedWithComments(parts=tuple(part for part, _text in draft.comments))
    review = _conclude(project, Step.APPROVE_DESIGN, draft, by=by, at=at)
    ask_to_publish(project, at=at)
    publish(DesignApproved(project_id=project.pk, at=at.isoformat()))
    return review


@transaction.atomic
def return_design(*, project_id: int, draft: ReviewDraft, by: User, at: datetime) -> Review:
    """Send a project back to the town with what is to be mended.

    Refuses: NotPermitted, StepNotAllowed, CheckerIsMaker, UnknownCode, ReviewIncomplete, ReturnWithoutComment.
    Effects: a Review with marks and comments; under review -> draft; audit; a to-do and news for the town.
    Policy: the checklist `project_review`, `design.working_days`.
    """
    project = _under_review(project_id, Step.RETURN_DESIGN, draft, by=by, at=at)
    if not draft.opinion.strip() and not draft.comments:
        raise ReturnWithoutComment
    review = _conclude(project, Step.RETURN_DESIGN, draft, by=by, at=at)
    ask(
        step=Step.SUBMIT_DESIGN,
        subject=subject_of(project),
        permission=Permission.SUBMIT_DESIGN,
        region=project.region,
        at=at,
        due_at=policy_for(project.region, local_date(at)).deadline("design.working_days", local_date(at)),
    )
    return review


def _under_review(project_id: int, step: Step, draft: ReviewDraft, *, by: User, at: datetime) -> Project:
    project = locked(project_id)
    on = local_date(at)
    require(by, Permission.REVIEW_DESIGN, on, region=project.region)
    in_order(project, step, at)
    if project.submitted_by_id == by.pk:
        raise CheckerIsMaker(step=str(step))
    items = {item.code for item in policy_for(project.region, on).checklist("project_review")}
    given = [mark.item for mark in draft.marks]
    for item in given:
        if item not in items or given.count(item) > 1:
            raise UnknownCode(list_name="project_review", code=item)
    missing = items - set(given)
    if missing:
        raise ReviewIncomplete(missing=tuple(sorted(missing)))
    return project


def _conclude(project: Project, step: Step, draft: ReviewDraft, *, by: User, at: datetime) -> Review:
    approved = step == Step.APPROVE_DESIGN
    review = Review.objects.create(  # type: ignore[misc]  # a design under review has been submitted by somebody
        project=project,
        version=project.version,
        approved=approved,
        opinion=draft.opinion,
        submitted_by_id=project.submitted_by_id,
        reviewer=by,
        at=at,
    )
    ReviewMark.objects.bulk_create(ReviewMark(review=review, item=mark.item, met=mark.met, comment=mark.comment) for mark in draft.marks)
    FieldComment.objects.bulk_create(FieldComment(review=review, field=field, text=text) for field, text in draft.comments)
    advance(project, step, at=at)
    verb = "projects.design_approved" if approved else "projects.design_returned"
    subject = ("project", project.number)
    record(by=by, at=at, verb=verb, subject=subject, name=project.title, data={"version": project.version, "comments": len(draft.comments)})
    settle(step="review_design", subject=subject, at=at)
    tell(project, verb, at=at)
    return review
