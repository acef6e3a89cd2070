from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from wushe.kernel.errors import DomainError, PolicySource
from wushe.policies.queries import Condition, Labelled


@dataclass(eq=False)
class UsccInvalid(DomainError):
    """The code is not a unified social credit code: a digit is missing or the check digit is wrong."""

    field: ClassVar[str] = "uscc"
    uscc: str


@dataclass(eq=False)
class UsccTaken(DomainError):
    """Another living organisation has this code."""

    field: ClassVar[str] = "uscc"
    uscc: str


@dataclass(eq=False)
class UsccRequired(DomainError):
    """A registered organisation has a unified social credit code."""

    field: ClassVar[str] = "uscc"


@dataclass(eq=False)
class SeatTooHigh(DomainError):
    """An organisation has its seat in a community or a town, not in a larger region."""

    field: ClassVar[str] = "region"
    region: str


@dataclass(eq=False)
class DatesOutOfOrder(DomainError):
    """One day lies before another that must come first. The names are those of the form's fields."""

    first: str
    second: str


@dataclass(eq=False)
class DayInFuture(DomainError):
    """Something that has happened cannot have happened on a later day."""

    name: str
    day: date


@dataclass(eq=False)
class ProfessionalsWithoutDay(DomainError):
    """A number of social workers counts only with the day on which it was true and where it was seen."""

    field: ClassVar[str] = "professionals"


@dataclass(eq=False)
class SanctionLifted(DomainError):
    """The sanction was lifted before."""

    lifted_on: date


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


@dataclass(eq=False)
class NotAFederation(DomainError):
    """Only a living federation has members, a board and pledges."""

    organisation: str


@dataclass(eq=False)
class AlreadyMember(DomainError):
    """Whoever belongs to the federation already does not join it again."""

    field: ClassVar[str] = "name"
    name: str
    joined_on: date


@dataclass(eq=False)
class MemberElsewhere(DomainError):
    """Federations and bases take in organisations of their own area."""

    field: ClassVar[str] = "organisation"
    organisation: str


@dataclass(eq=False)
class MembershipEnded(DomainError):
    """Who has left the federation is no member any more."""

    left_on: date


@dataclass(eq=False)
class SeatVacated(DomainError):
    """The seat on the board is empty already."""

    vacated_on: date


@dataclass(eq=False)
class BaseOutOfPlace(DomainError):
    """Cities, counties and towns have incubation bases."""

    field: ClassVar[str] = "region"
    region: str


@dataclass(eq=False)
class BaseClosed(DomainError):
    """A base that has closed takes nobody in."""

    closed_on: date


@dataclass(eq=False)
class BaseInUse(DomainError):
    """A base closes when everybody has left it."""

    organisations: tuple[str, ...]


@dataclass(eq=False)
class EntryUnmet(DomainError):
    """Conditions of the policy for entering a base that the organisation does not meet."""

    field: ClassVar[str] = "organisation"
    conditions: tuple[Condition, ...]


@dataclass(eq=False)
class AlreadyIncubated(DomainError):
    """An organisation is in one base at a time."""

    field: ClassVar[str] = "organisation"
    base: str
    entered_on: date


@dataclass(eq=False)
class IncubationOver(DomainError):
    """Who has left the base gets nothing there any more."""

    left_on: date


@dataclass(eq=False)
class CheckOfCounty(DomainError):
    """The annual check is that of a county."""

    field: ClassVar[str] = "region"
    region: str


@dataclass(eq=False)
class CheckOpened(DomainError):
    """A county checks once a year."""

    field: ClassVar[str] = "year"
    year: int


@dataclass(eq=False)
class FormNotOpen(DomainError):
    """The form of an annual check waits for another step."""

    state: str


@dataclass(eq=False)
class VisitHeld(DomainError):
    """The visit was held and has its result."""

    held_on: date


@dataclass(eq=False)
class PartyMembersTooMany(DomainError):
    """Party members are members too."""

    field: ClassVar[str] = "party_members"
    party_members: int
    members: int


@dataclass(eq=False)
class AccountantAppointed(DomainError):
    """The accountant is on record with days; the certificate changes with the accountant."""

    field: ClassVar[str] = "accountant_certificate"


@dataclass(eq=False)
class CertificateTaken(DomainError):
    """The certificate is that of somebody else."""

    field: ClassVar[str] = "certificate"
    certificate: str


@dataclass(eq=False)
class CertificateExpired(DomainError):
    """The qualification had ended when the accountant would begin."""

    field: ClassVar[str] = "valid_until"
    valid_until: date


@dataclass(eq=False)
class PapersNotReady(DomainError):
    """The authority takes an application with all of its papers only. `papers` are their names."""

    papers: tuple[Labelled, ...]


@dataclass(eq=False)
class NotNewlyFound(DomainError):
    """The support is for organisations that were filed or registered not long ago."""

    field: ClassVar[str] = "organisation"
    months: int
    stood_on: date | None
    source: PolicySource


@dataclass(eq=False)
class NotOfItsPurpose(DomainError):
    """The support is for organisations of other purposes, or not for this kind of body."""

    field: ClassVar[str] = "organisation"
    organisation: str


@dataclass(eq=False)
class SupportedBefore(DomainError):
    """A support of this kind is given once."""

    field: ClassVar[str] = "kind"
    number: str


@dataclass(eq=False)
class NotAHub(DomainError):
    """Only a living hub organisation keeps money for others."""

    field: ClassVar[str] = "hub"
    organisation: str


@dataclass(eq=False)
class CustodyExhausted(DomainError):
    """There is less on the account than would be paid."""

    available: Decimal
    wanted: Decimal


@dataclass(eq=False)
class AccountNotEmpty(DomainError):
    """An account is closed when nothing is on it and nothing waits."""

    balance: Decimal
    waiting: int
