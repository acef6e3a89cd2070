from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wushe.kernel.errors import DomainError


@dataclass(eq=False)
class IdentityWrong(DomainError):
    """The number cannot be that of an identity paper."""

    field: ClassVar[str] = "identity"


@dataclass(eq=False)
class WorkerExists(DomainError):
    """The person is on the register; everybody counts once."""

    field: ClassVar[str] = "identity"
    number: str


@dataclass(eq=False)
class AccountUnknown(DomainError):
    """Nobody signs in under this name."""

    field: ClassVar[str] = "username"
    username: str


@dataclass(eq=False)
class AccountTaken(DomainError):
    """The account belongs to another person of the register."""

    field: ClassVar[str] = "username"
    username: str


@dataclass(eq=False)
class WorkerLeft(DomainError):
    """The person has left; nothing new begins for them."""

    left_on: date


@dataclass(eq=False)
class WorkerPosted(DomainError):
    """Who leaves holds no post any more on the first day after."""

    posts: int


@dataclass(eq=False)
class NotYet(DomainError):
    """What is recorded has happened; this day is still to come. `name` is the form's field."""

    name: str
    day: date

    @property
    def field(self) -> str:  # type: ignore[override]  # told by the row, where others tell it by the class
        """The field of the day."""
        return self.name


@dataclass(eq=False)
class OutOfOrder(DomainError):
    """A day lies before another that must come first. `name` is the form's field."""

    name: str
    earliest: date

    @property
    def field(self) -> str:  # type: ignore[override]  # told by the row, where others tell it by the class
        """The field of the day."""
        return self.name


@dataclass(eq=False)
class NotOnRegister(DomainError):
    """The account belongs to nobody on the register of workers."""


@dataclass(eq=False)
class ContactInvalid(DomainError):
    """The digits are no phone number."""

    field: ClassVar[str] = "phone"


@dataclass(eq=False)
class FullTimeElsewhere(DomainError):
    """Somebody works full time in one post on a day."""

    field: ClassVar[str] = "full_time"
    place: str


@dataclass(eq=False)
class PostedHere(DomainError):
    """The person holds this very post on some of these days."""

    field: ClassVar[str] = "since"


@dataclass(eq=False)
class LeaderExists(DomainError):
    """A community has one responsible leader for social work on a day."""

    field: ClassVar[str] = "is_leader"
    place: str


@dataclass(eq=False)
class LeaderNotHere(DomainError):
    """Responsible leaders are named at communities and villages."""

    field: ClassVar[str] = "is_leader"
    place: str


@dataclass(eq=False)
class PostingEnded(DomainError):
    """The posting has ended."""

    until: date


@dataclass(eq=False)
class CertificateTaken(DomainError):
    """A certificate number belongs to one person."""

    field: ClassVar[str] = "certificate"
    certificate: str


@dataclass(eq=False)
class CertificateMalformed(DomainError):
    """The number does not have the form that the policy says certificates have."""

    field: ClassVar[str] = "certificate"
    certificate: str
    zh: str
    en: str


@dataclass(eq=False)
class CertificateVoid(DomainError):
    """The certificate was declared void."""

    certificate: str


@dataclass(eq=False)
class PostsGivenUp(DomainError):
    """The posts were given up before."""

    until: date


@dataclass(eq=False)
class BodyElsewhere(DomainError):
    """A station stands in one place; only agencies send their people elsewhere."""

    field: ClassVar[str] = "body"
    body: str


@dataclass(eq=False)
class UnitUnknown(DomainError):
    """No station, room or agency of the county has this name."""

    text: str


@dataclass(eq=False)
class MinutesOutOfRange(DomainError):
    """A session takes some time, and not more than a day of teaching."""

    field: ClassVar[str] = "minutes"
    most: int


@dataclass(eq=False)
class SessionOutsideYear(DomainError):
    """A course belongs to one year, and so do its sessions."""

    field: ClassVar[str] = "held_on"
    year: int


@dataclass(eq=False)
class SessionAhead(DomainError):
    """Nobody has attended a session that is still to come."""

    held_on: date


@dataclass(eq=False)
class SessionCancelled(DomainError):
    """The session does not take place."""

    held_on: date


@dataclass(eq=False)
class SessionAttended(DomainError):
    """People were there, so the session took place."""

    persons: int


@dataclass(eq=False)
class AttendanceWithdrawn(DomainError):
    """The entry was withdrawn before."""


@dataclass(eq=False)
class WorkersUnknown(DomainError):
    """Some of those who are said to have been there are not on the register of this county; others share their name."""

    field: ClassVar[str] = "present"
    unknown: tuple[str, ...]
    alike: tuple[str, ...]


@dataclass(eq=False)
class WorkerUnknown(DomainError):
    """Somebody in a table is not on the register of the county, or was not on that day."""

    text: str


@dataclass(eq=False)
class NamesAlike(DomainError):
    """Several people of the county have the name in a table."""

    text: str


@dataclass(eq=False)
class SessionUnknown(DomainError):
    """No meeting of this day has the title or number in a table, or several have the title: `times` says how many."""

    text: str
    day: date
    times: int


@dataclass(eq=False)
class PinUnknown(DomainError):
    """No session of today has this PIN."""

    field: ClassVar[str] = "pin"


@dataclass(eq=False)
class PinLocked(DomainError):
    """Too many wrong PINs; trying opens again later."""

    field: ClassVar[str] = "pin"
    minutes: int


@dataclass(eq=False)
class ExamNotedAlready(DomainError):
    """The person has this exam of this year already."""

    field: ClassVar[str] = "year"
    year: int


@dataclass(eq=False)
class ScoreOutOfRange(DomainError):
    """A score lies between nothing and the full mark."""

    field: ClassVar[str] = "score"
    full: int


@dataclass(eq=False)
class LicensedAlready(DomainError):
    """The local exam is for those without a certificate."""

    field: ClassVar[str] = "worker"


@dataclass(eq=False)
class CostNegative(DomainError):
    """Nothing costs less than nothing."""

    field: ClassVar[str] = "cost"


@dataclass(eq=False)
class NotOfThisPlace(DomainError):
    """A place speaks to those who belong to it or work there."""

    field: ClassVar[str] = "region"
    place: str


@dataclass(eq=False)
class NobodyJudgesThemselves(DomainError):
    """Who is appraised neither writes the appraisal nor says that its request is met; an own study, which may be subsidised, is kept by others."""


@dataclass(eq=False)
class NothingRequested(DomainError):
    """The appraisal asks for nothing."""


@dataclass(eq=False)
class AppraisalDone(DomainError):
    """What the appraisal asked for is done; it changes no more."""

    done_on: date


@dataclass(eq=False)
class MentorIsApprentice(DomainError):
    """Nobody guides themselves."""

    field: ClassVar[str] = "apprentice"


@dataclass(eq=False)
class MentorUnlicensed(DomainError):
    """Who guides others has a certificate."""

    field: ClassVar[str] = "mentor"


@dataclass(eq=False)
class PairedAlready(DomainError):
    """The two are a pair on some of these days."""

    field: ClassVar[str] = "apprentice"


@dataclass(eq=False)
class PairingEnded(DomainError):
    """The pairing has ended."""

    until: date


@dataclass(eq=False)
class StudyKnown(DomainError):
    """The study is entered."""

    field: ClassVar[str] = "began_on"


@dataclass(eq=False)
class StudyEnded(DomainError):
    """The study has ended."""

    ended_on: date


@dataclass(eq=False)
class SubsidyNegative(DomainError):
    """A subsidy is no debt."""

    field: ClassVar[str] = "subsidy"


@dataclass(eq=False)
class NotACommunity(DomainError):
    """Only communities and villages have a branch and a committee with terms."""

    field: ClassVar[str] = "region"
    region: str


@dataclass(eq=False)
class TermKnown(DomainError):
    """A term of this body from this day is entered."""

    field: ClassVar[str] = "since"
    since: date


@dataclass(eq=False)
class EmployerExists(DomainError):
    """The place has an employer of this name."""

    field: ClassVar[str] = "name"
    name: str


@dataclass(eq=False)
class StationHasPosts(DomainError):
    """The station is to close while people work there or posts are set up there beyond its last day. The numbers of those posted, and of the posts."""

    postings: tuple[str, ...]
    posts: tuple[str, ...]
