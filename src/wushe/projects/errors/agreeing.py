"""What is refused of agreements, their tranches, payments and expenses."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from wushe.kernel.errors import DomainError, PolicySource


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
class EndsInThePast(DomainError):
    """An amendment leaves the days that have gone by, and what was recorded in them, under the agreement."""

    field: ClassVar[str] = "ends_on"
    ends_on: date
    earliest: date


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
class RefundTooLarge(DomainError):
    """The agency has less of the source's money in hand, beside what is waiting to be given back already."""

    field: ClassVar[str] = "amount"
    source: str
    available: Decimal
    wanted: Decimal


@dataclass(eq=False)
class RefundVoucherUsed(DomainError):
    """The paper stands on money of the same source that the agency gave back already, or that waits for approval."""

    field: ClassVar[str] = "voucher_no"
    voucher_no: str
    refund: str
    project: str


@dataclass(eq=False)
class RefundOutsideTime(DomainError):
    """Money comes back between its payment and today."""

    field: ClassVar[str] = "refunded_on"
    day: date
    paid_on: date
    last_day: date


@dataclass(eq=False)
class OverBudgetLine(DomainError):
    """The expense exceeds what is left in its budget line."""

    field: ClassVar[str] = "amount"
    left: Decimal
    wanted: Decimal
    source: PolicySource


@dataclass(eq=False)
class VoucherUsed(DomainError):
    """The voucher number stands on another expense of the agency, in this project or in another of its own."""

    field: ClassVar[str] = "voucher_no"
    voucher_no: str
    expense: str
    project: str


@dataclass(eq=False)
class OutsideAgreementPeriod(DomainError):
    """The day lies outside the agreement's period."""

    field: ClassVar[str] = "spent_on"
    day: date
    starts_on: date
    ends_on: date


@dataclass(eq=False)
class ExpenseAhead(DomainError):
    """The day of the expense has not come."""

    field: ClassVar[str] = "spent_on"
    day: date
