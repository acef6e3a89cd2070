"""What is refused from the notice to the award and the objections to it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from wushe.kernel.errors import DomainError, PolicySource


@dataclass(eq=False)
class NoticeTooShort(DomainError):
    """The tender closes before the notice period of the policy has run."""

    field: ClassVar[str] = "closes_at"
    required_days: int
    given_days: int
    is_working_days: bool
    earliest: date
    source: PolicySource


@dataclass(eq=False)
class TooFewQualifiedAgencies(DomainError):
    """Fewer qualified agencies than the method needs."""

    field: ClassVar[str] = "method"
    found: int
    required: int
    source: PolicySource


@dataclass(eq=False)
class MethodNeedsReason(DomainError):
    """A method other than the open one is used only with a written reason."""

    field: ClassVar[str] = "method_reason"
    method: str


@dataclass(eq=False)
class BidTooLate(DomainError):
    """Bids were accepted until the closing time of the server's clock."""

    closed_at: datetime
    source: PolicySource


@dataclass(eq=False)
class BidsStillSealed(DomainError):
    """Bids are opened after closing, not before."""

    closes_at: datetime


@dataclass(eq=False)
class AgencyNotQualified(DomainError):
    """The agency does not meet the conditions to bid."""

    missing: tuple[str, ...]


@dataclass(eq=False)
class AlreadyBid(DomainError):
    """The agency has a bid in this tender; it can be withdrawn and handed in again until closing."""

    bid: str


@dataclass(eq=False)
class PriceOverCeiling(DomainError):
    """The price exceeds the budget that was published."""

    field: ClassVar[str] = "price"
    price: Decimal
    ceiling: Decimal


@dataclass(eq=False)
class AlreadyDisqualified(DomainError):
    """The bid is out of the contest already."""

    bid: str


@dataclass(eq=False)
class TooFewBids(DomainError):
    """Too few bids to go on: the tender is cancelled and published again."""

    received: int
    required: int
    source: PolicySource


@dataclass(eq=False)
class TooFewExperts(DomainError):
    """The panel is smaller than the policy asks."""

    seated: int
    required: int
    source: PolicySource


@dataclass(eq=False)
class ExpertNotEligible(DomainError):
    """The person may not sit on the panel."""

    field: ClassVar[str] = "experts"
    expert: str
    reason: str


@dataclass(eq=False)
class ExpertNotReleasable(DomainError):
    """A seat is ended only when its expert asked for it or is late, and never once the points are locked."""

    expert: str


@dataclass(eq=False)
class PanelFull(DomainError):
    """Once points are locked, only empty seats of the panel are filled."""

    field: ClassVar[str] = "experts"
    seats: int
    unlocked: int


@dataclass(eq=False)
class NotOnThePanel(DomainError):
    """Only appointed experts score."""


@dataclass(eq=False)
class InterestsNotDeclared(DomainError):
    """An expert declares interests before seeing a bid."""


@dataclass(eq=False)
class ExpertHasConflict(DomainError):
    """An expert with a conflict of interest does not score."""

    conflict: str
    source: PolicySource


@dataclass(eq=False)
class ScoresLocked(DomainError):
    """Locked scores do not change."""

    locked_at: datetime


@dataclass(eq=False)
class ScoreOutOfRange(DomainError):
    """Points lie between nought and the criterion's maximum."""

    criterion: str
    points: Decimal
    maximum: Decimal


@dataclass(eq=False)
class PointsComputed(DomainError):
    """Nobody gives points under a criterion that was published with a formula."""

    criterion: str


@dataclass(eq=False)
class ScoresIncomplete(DomainError):
    """Every bid needs points under every criterion before the sheet is locked."""

    missing: int


@dataclass(eq=False)
class PanelNotDone(DomainError):
    """Experts have not locked their scores."""

    waiting: tuple[str, ...]


@dataclass(eq=False)
class AlreadyAwarded(DomainError):
    """The tender has an award."""

    award: str
    source: PolicySource | None


@dataclass(eq=False)
class NotTheFirstRanked(DomainError):
    """The award goes to the first of the ranking unless the reasons say why not."""

    field: ClassVar[str] = "bid"
    first: str


@dataclass(eq=False)
class AlreadyObjected(DomainError):
    """A bidder objects once to an award."""

    objection: str


@dataclass(eq=False)
class NotABidder(DomainError):
    """Only those who bid object to the award."""

    source: PolicySource


@dataclass(eq=False)
class AlreadyAnswered(DomainError):
    """The objection has its answer."""

    objection: str


@dataclass(eq=False)
class ObjectionWindowClosed(DomainError):
    """Objections were accepted until this moment."""

    until: datetime


@dataclass(eq=False)
class ObjectionWindowOpen(DomainError):
    """The agreement waits until the objections window has ended."""

    until: datetime
    source: PolicySource


@dataclass(eq=False)
class ObjectionUnanswered(DomainError):
    """The agreement waits until every objection is answered."""

    objections: tuple[str, ...]
