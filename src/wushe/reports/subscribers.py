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
    TenderAwarded,
    TenderCancelled,
    TenderPublished,
    TranchePaid,
)
from wushe.reports.actions import write_release

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
    ProjectEvaluated: "implementationUpdate",
    AcceptanceRefused: "implementationUpdate",
    ProjectAccepted: "implementationUpdate",
    ProjectClosed: "contractTermination",
    ProjectTerminated: "contractTermination",
}


def publish_release(event: ProjectEvent | OversightEvent) -> None:
    """Write the release of the step that the event tells of."""
    write_release(project_id=event.project_id, tag=TAGS[type(event)], at=datetime.fromisoformat(event.at))


SUBSCRIPTIONS: tuple[tuple[type[Event], Callable[..., None]], ...] = tuple((event, publish_release) for event in TAGS)
