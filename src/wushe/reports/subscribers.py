"""Each step of a project publishes its release. Which event gets which OCDS tag stands here and nowhere else."""

from collections.abc import Callable
from datetime import datetime

from wushe.kernel.bus import Event
from wushe.oversight.events import AcceptanceRefused, OversightEvent, ProjectEvaluated, ProjectSupervised, SupervisionWaived
from wushe.projects.events import (
    AgreementAmended,
    AgreementSigned,
    AwardWithdrawn,
    BidsOpened,
    DeliveryFinished,
    DeliveryStarted,
    DesignApproved,
    ProjectAccepted,
    ProjectClosed,
    ProjectEvent,
    ProjectTerminated,
    RefundApproved,
    TenderAwarded,
    TenderCancelled,
    TenderPublished,
    TranchePaid,
)
from wushe.projects.models import Project
from wushe.projects.queries import living_award
from wushe.reports.actions import write_release
from wushe.reports.models import Release

TAGS: dict[type[Event], str] = {
    DesignApproved: "planning",
    TenderPublished: "tender",
    TenderCancelled: "tenderCancellation",
    BidsOpened: "tenderUpdate",
    TenderAwarded: "award",
    AwardWithdrawn: "awardCancellation",
    AgreementSigned: "contract",
    AgreementAmended: "contractAmendment",
    DeliveryStarted: "implementation",
    ProjectSupervised: "implementation",
    SupervisionWaived: "implementation",
    DeliveryFinished: "implementationUpdate",
    TranchePaid: "implementationUpdate",
    RefundApproved: "implementationUpdate",
    ProjectEvaluated: "implementationUpdate",
    AcceptanceRefused: "implementationUpdate",
    ProjectAccepted: "implementationUpdate",
    ProjectClosed: "contractTermination",
    ProjectTerminated: "contractTermination",
}


def publish_release(event: ProjectEvent | OversightEvent) -> None:
    """Write the release of the step that the event tells of."""
    tag = _tag_of_end(event.project_id) if isinstance(event, ProjectTerminated) else TAGS[type(event)]
    if tag is not None:
        write_release(project_id=event.project_id, tag=tag, at=datetime.fromisoformat(event.at))


def _tag_of_end(project_id: int) -> str | None:
    """What ends with a project that is terminated: the furthest that it had come. None when nothing of it was ever public."""
    project = Project.objects.select_related("agreement").get(pk=project_id)
    agreement, tender = getattr(project, "agreement", None), project.tenders.order_by("-published_at").first()
    if agreement is not None and agreement.is_signed:
        return TAGS[ProjectTerminated]
    if tender is not None:
        return "awardCancellation" if living_award(tender) else TAGS[TenderCancelled]
    return "planningUpdate" if Release.objects.filter(ocid=project.ocid).exists() else None


SUBSCRIPTIONS: tuple[tuple[type[Event], Callable[..., None]], ...] = tuple((event, publish_release) for event in TAGS)
