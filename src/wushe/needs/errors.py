from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wushe.kernel.errors import DomainError


@dataclass(eq=False)
class ConsentMissing(DomainError):
    """Without the resident's consent nothing is kept."""

    field: ClassVar[str] = "consent"


@dataclass(eq=False)
class WishTooShort(DomainError):
    """The wish says too little to act on."""

    field: ClassVar[str] = "wish"
    minimum: int


@dataclass(eq=False)
class WishTooLong(DomainError):
    """The wish is longer than a need may be; what belongs together is one need, the rest another."""

    field: ClassVar[str] = "wish"
    maximum: int


@dataclass(eq=False)
class PhoneReasonMissing(DomainError):
    """Without a phone nobody can look the need up; who records it says why there is none."""

    field: ClassVar[str] = "no_phone_reason"


@dataclass(eq=False)
class PhoneInvalid(DomainError):
    """The digits are no phone number."""

    field: ClassVar[str] = "phone"


@dataclass(eq=False)
class PlaceTooWide(DomainError):
    """A need belongs to a community or a village, not to a whole town."""

    field: ClassVar[str] = "region"
    place: str


@dataclass(eq=False)
class ReportedLater(DomainError):
    """A need that is said to have been told on a day that has not come."""

    field: ClassVar[str] = "reported_on"
    latest: date


@dataclass(eq=False)
class ReceiptUnknown(DomainError):
    """No need has this receipt code with these last digits of the phone."""

    field: ClassVar[str] = "code"


@dataclass(eq=False)
class ReceiptLocked(DomainError):
    """Too many wrong tries; the code opens again later."""

    field: ClassVar[str] = "code"
    minutes: int


@dataclass(eq=False)
class TooFewAttempts(DomainError):
    """A need closes without a verdict only after enough dated attempts to hear the resident."""

    made: int
    required: int


@dataclass(eq=False)
class SameNeed(DomainError):
    """A need is no duplicate of itself, of one that has ended, nor of one in another county: nobody would go on with it."""

    field: ClassVar[str] = "duplicate_of"
    need: str


@dataclass(eq=False)
class ContestsUsed(DomainError):
    """The town has answered again as often as the policy of the place provides."""

    made: int


@dataclass(eq=False)
class NoPlaceToRecord(DomainError):
    """No community of today lies where the person's posts reach."""
