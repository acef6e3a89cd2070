"""What the register refuses, and the checks of it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wushe.kernel.errors import DomainError
from wushe.policies.queries import Labelled


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
class MembersBelowParty(DomainError):
    """A form says fewer members in all than there are party members."""

    field: ClassVar[str] = "members"
    organisation: str
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
class QualificationCutShort(DomainError):
    """An earlier end of a qualification would hold for organisations elsewhere too. `valid_until`: the end on record, None: without end."""

    field: ClassVar[str] = "valid_until"
    certificate: str
    valid_until: date | None


@dataclass(eq=False)
class PapersNotReady(DomainError):
    """The authority takes an application with all of its papers only. `papers` are their names."""

    papers: tuple[Labelled, ...]
