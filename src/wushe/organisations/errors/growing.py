"""What is refused where organisations grow up and come together: federations, bases, money."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from wushe.kernel.errors import DomainError, PolicySource
from wushe.policies.queries import Condition


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
class NotAPeer(DomainError):
    """A member is reviewed by another member of its federation."""

    field: ClassVar[str] = "reviewer"
    name: str


@dataclass(eq=False)
class PeerReviewed(DomainError):
    """One member reviews another once a day."""

    field: ClassVar[str] = "reviewed_on"
    reviewer: str
    reviewed_on: date


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
class AreaUnseen(DomainError):
    """A floor space counts only with what shows it."""

    field: ClassVar[str] = "area_evidence"


@dataclass(eq=False)
class BaseFull(DomainError):
    """A base has room for a number of organisations, and it is taken."""

    places: int


@dataclass(eq=False)
class CandidateKnown(DomainError):
    """Whoever is a candidate of the cohort already does not become one again."""

    field: ClassVar[str] = "organisation"
    applied_on: date


@dataclass(eq=False)
class CandidateJudged(DomainError):
    """The candidate was judged before."""

    judged_on: date


@dataclass(eq=False)
class NotChosen(DomainError):
    """A cohort with candidates takes in those that were chosen."""

    field: ClassVar[str] = "organisation"
    cohort: str


@dataclass(eq=False)
class IncubationOver(DomainError):
    """Who has left the base gets nothing there any more."""

    left_on: date


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
