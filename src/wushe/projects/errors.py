"""Every refusal of the chain from design to payment."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from wushe.kernel.errors import DomainError, PolicySource
from wushe.policies.queries import Labelled


@dataclass(eq=False)
class StepsOpen(DomainError):
    """Steps that the place has added to the procedure come first; they are done, or waived with a reason."""

    steps: tuple[Labelled, ...]
    source: PolicySource


@dataclass(eq=False)
class StepSettled(DomainError):
    """The step was done or waived before."""

    at: datetime


@dataclass(eq=False)
class DesignIncomplete(DomainError):
    """Parts of the design without which it cannot be reported are missing."""

    missing: tuple[str, ...]


@dataclass(eq=False)
class PeriodBackwards(DomainError):
    """A period ends after it starts."""

    field: ClassVar[str] = "ends_on"
    starts_on: date
    ends_on: date


@dataclass(eq=False)
class PartNotPositive(DomainError):
    """A budget line without money, or an indicator without a number to reach; `part` is budget_lines or indicators."""

    part: str
    position: int


@dataclass(eq=False)
class NeedElsewhere(DomainError):
    """A project takes up needs of its own place."""

    field: ClassVar[str] = "needs"
    need: str
    place: str


@dataclass(eq=False)
class NeedNotFree(DomainError):
    """A need is in another project or already closed."""

    field: ClassVar[str] = "needs"
    need: str


@dataclass(eq=False)
class ReviewIncomplete(DomainError):
    """Items of the checklist are not answered."""

    missing: tuple[str, ...]


@dataclass(eq=False)
class ChecklistNotMet(DomainError):
    """A design with an unmet item cannot be approved, only returned."""

    items: tuple[str, ...]


@dataclass(eq=False)
class ReturnWithoutComment(DomainError):
    """Who returns a design says what is to be mended."""

    field: ClassVar[str] = "opinion"


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
class PanelFull(DomainError):
    """Once points are locked, only empty seats of the panel are filled."""

    field: ClassVar[str] = "experts"
    seats: int


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


@dataclass(eq=False)
class TranchesNotWhole(DomainError):
    """The percents of the tranches do not sum to 100."""

    field: ClassVar[str] = "tranches"
    total: Decimal
    source: PolicySource


@dataclass(eq=False)
class LastTrancheUngated(DomainError):
    """The last tranche is freed by acceptance and by nothing else."""


@dataclass(eq=False)
class LastTrancheTooSmall(DomainError):
    """The policy keeps more of the price back until acceptance."""

    minimum: Decimal
    source: PolicySource


@dataclass(eq=False)
class AlreadySigned(DomainError):
    """The side has signed."""

    side: str


@dataclass(eq=False)
class AgreementInForce(DomainError):
    """Both sides have signed the agreement, or the amendment of this number: only another amendment changes it now."""

    agreement: str


@dataclass(eq=False)
class AmendmentTooLarge(DomainError):
    """A supplement exceeds the share of the price that the law allows."""

    field: ClassVar[str] = "price"
    percent: Decimal
    maximum: Decimal
    source: PolicySource


@dataclass(eq=False)
class AmendmentEmpty(DomainError):
    """An amendment changes something."""


@dataclass(eq=False)
class LastTrancheTaken(DomainError):
    """A change of price falls on the last tranche, which is asked for already, or would fall to nothing."""

    field: ClassVar[str] = "price"
    left: Decimal


@dataclass(eq=False)
class TrancheNotFree(DomainError):
    """The tranche's trigger has not happened, or it is blocked."""

    number: int
    trigger: str
    reason: str
    source: PolicySource


@dataclass(eq=False)
class PaymentsEnded(DomainError):
    """After a termination only what had been approved before is paid."""


@dataclass(eq=False)
class AlreadyPaid(DomainError):
    """The tranche is paid or its payment is under way."""

    payment: str


@dataclass(eq=False)
class ProjectNotFunded(DomainError):
    """The money committed to the project does not cover the sum."""

    field: ClassVar[str] = "amount"
    available: Decimal
    wanted: Decimal


@dataclass(eq=False)
class OverBudgetLine(DomainError):
    """The expense exceeds what is left in its budget line."""

    field: ClassVar[str] = "amount"
    left: Decimal
    wanted: Decimal
    source: PolicySource


@dataclass(eq=False)
class VoucherUsed(DomainError):
    """The voucher number stands on another expense of this project."""

    field: ClassVar[str] = "voucher_no"
    voucher_no: str


@dataclass(eq=False)
class OutsideAgreementPeriod(DomainError):
    """The day lies outside the agreement's period."""

    field: ClassVar[str] = "spent_on"
    day: date
    starts_on: date
    ends_on: date
