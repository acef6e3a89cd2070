from dataclasses import dataclass

from wushe.kernel.bus import Event


@dataclass(frozen=True, slots=True)
class ProjectEvent(Event):
    """Something that happened to a project; the moment is ISO 8601."""

    project_id: int
    at: str


class DesignSubmitted(ProjectEvent):
    """The town reported the project to the county."""


class DesignApproved(ProjectEvent):
    """The county approved the design."""


class TenderPublished(ProjectEvent):
    """The tender is open to bids."""


class TenderCancelled(ProjectEvent):
    """The tender ended without an award."""


class BidsOpened(ProjectEvent):
    """The bids are readable from now on."""


class TenderAwarded(ProjectEvent):
    """A bid won."""


class AwardWithdrawn(ProjectEvent):
    """An upheld objection took the award back."""


class AgreementSigned(ProjectEvent):
    """Both sides have signed."""


class AgreementAmended(ProjectEvent):
    """An amendment is signed by both sides."""


class DeliveryStarted(ProjectEvent):
    """The agency entered the station."""


class DeliveryFinished(ProjectEvent):
    """The agency says that the work is done."""


class ProjectAccepted(ProjectEvent):
    """The work was accepted."""


class ProjectClosed(ProjectEvent):
    """Everything is paid."""


class ProjectTerminated(ProjectEvent):
    """The project ended before its time."""


class TranchePaid(ProjectEvent):
    """A tranche was paid."""


class RefundApproved(ProjectEvent):
    """Money that was not spent went back to its source."""
