"""What is refused of an application on its way."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wushe.kernel.errors import DomainError
from wushe.policies.queries import Condition


@dataclass(eq=False)
class ConsentNotGiven(DomainError):
    """Without the consent of those named nothing is kept."""

    field: ClassVar[str] = "consent"


@dataclass(eq=False)
class ContactPhoneInvalid(DomainError):
    """The phone of the head is no phone number; with its last digits the founder finds the application again."""

    field: ClassVar[str] = "head_phone"


@dataclass(eq=False)
class IdentityInvalid(DomainError):
    """The number of somebody's identity paper cannot be right. `line` is that of the roster, 0 is the head."""

    field: ClassVar[str] = "roster"
    line: int


@dataclass(eq=False)
class MemberTwice(DomainError):
    """Two lines of the roster are the same person."""

    field: ClassVar[str] = "roster"
    line: int


@dataclass(eq=False)
class SeatNotCommunity(DomainError):
    """A community organisation is filed where it works: in a community or village."""

    field: ClassVar[str] = "region"
    region: str


@dataclass(eq=False)
class ConditionsUnmet(DomainError):
    """Conditions of the policy that the application does not meet."""

    conditions: tuple[Condition, ...]


@dataclass(eq=False)
class ApplicationUnknown(DomainError):
    """No application has this receipt code with these last digits of the phone."""

    field: ClassVar[str] = "code"


@dataclass(eq=False)
class ApplicationLocked(DomainError):
    """Too many wrong tries; the code opens again later."""

    field: ClassVar[str] = "code"
    minutes: int


@dataclass(eq=False)
class OrganisationElsewhere(DomainError):
    """The organisation that an application is said to be of has its seat elsewhere, is over, or has another open application."""

    field: ClassVar[str] = "organisation"
    organisation: str


@dataclass(eq=False)
class OrganisationPastFiling(DomainError):
    """The organisation of the application was registered or struck off meanwhile."""

    filing: str
    organisation: str


@dataclass(eq=False)
class RenewalTooEarly(DomainError):
    """A filing is renewed in the last days before it ends."""

    opens_on: date
    until: date


@dataclass(eq=False)
class NothingToRenew(DomainError):
    """The filing has no end, so there is nothing to renew."""


@dataclass(eq=False)
class BatchEmpty(DomainError):
    """A batch without a line reports nothing."""


@dataclass(eq=False)
class LineNotReady(DomainError):
    """A filing cannot be reported: it is not this town's, not granted, already reported, or lacks something."""

    filing: str
    lacks: tuple[Condition, ...]


@dataclass(eq=False)
class DuplicateUnconfirmed(DomainError):
    """A filing looks like another one; the town has to say that they are two."""

    filing: str
    alike: tuple[str, ...]


@dataclass(eq=False)
class LinesUnjudged(DomainError):
    """The receipt is issued when every line is accepted or returned."""

    lines: tuple[int, ...]


@dataclass(eq=False)
class ReturnWithoutReason(DomainError):
    """A line goes back only with what is to be mended."""

    line: int


@dataclass(eq=False)
class NotReturned(DomainError):
    """Only a filing that the county returned is mended by the town."""

    filing: str
