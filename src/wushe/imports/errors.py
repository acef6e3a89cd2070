"""What is refused: the file, the columns, a step; and, from here on down, what may be said of a single cell or row."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wushe.kernel.errors import DomainError


@dataclass(eq=False)
class NotATable(DomainError):
    """Neither an Excel file nor a table of plain text, or one that cannot be read."""

    field: ClassVar[str] = "file"
    name: str


@dataclass(eq=False)
class NoHeading(DomainError):
    """No sheet has a row of headings with rows below it."""

    field: ClassVar[str] = "file"
    name: str


@dataclass(eq=False)
class UnpacksTooLarge(DomainError):
    """What the file holds unpacked is more than any honest table."""

    field: ClassVar[str] = "file"
    name: str
    limit: int


@dataclass(eq=False)
class TooManyRows(DomainError):
    """The table has more rows than one import takes."""

    field: ClassVar[str] = "file"
    name: str
    limit: int


@dataclass(eq=False)
class ColumnMissing(DomainError):
    """A column that the register needs was matched with none of the table."""

    labels: tuple[str, ...]


@dataclass(eq=False)
class ColumnTwice(DomainError):
    """One column of the register was matched with two of the table."""

    label: str


@dataclass(eq=False)
class NothingToApply(DomainError):
    """No row is good and none was chosen."""


@dataclass(eq=False)
class RowIsKnown(DomainError):
    """The row is a thing of the register beyond doubt, so it cannot be entered as a new one."""

    line: int
    number: str


@dataclass(eq=False)
class RegisterChanged(DomainError):
    """Since the check somebody entered what stands in these rows."""


@dataclass(eq=False)
class RowsUsed(DomainError):
    """What was imported has been used or changed since."""

    count: int
    names: tuple[str, ...]


@dataclass(eq=False)
class CellEmpty(DomainError):
    """The register needs a value here."""


@dataclass(eq=False)
class TooLong(DomainError):
    """More characters than the register keeps."""

    limit: int


@dataclass(eq=False)
class NotADay(DomainError):
    """Not readable as a day."""

    text: str


@dataclass(eq=False)
class NotANumber(DomainError):
    """Not readable as a whole number."""

    text: str


@dataclass(eq=False)
class NumberTooLarge(DomainError):
    """More than the register takes of anything there."""

    text: str
    most: int


@dataclass(eq=False)
class NotAnArea(DomainError):
    """Not readable as square metres."""

    text: str


@dataclass(eq=False)
class NotYesOrNo(DomainError):
    """Neither a word for yes nor one for no."""

    text: str


@dataclass(eq=False)
class NotAPhone(DomainError):
    """Neither a mobile nor a landline number."""

    text: str


@dataclass(eq=False)
class NotACreditCode(DomainError):
    """Not a unified social credit code."""

    text: str


@dataclass(eq=False)
class NotAnIdentity(DomainError):
    """Not the number of an identity paper."""

    text: str


@dataclass(eq=False)
class DigitsLost(DomainError):
    """A long number was kept as a number, and its last digits are gone."""

    text: str


@dataclass(eq=False)
class NotInList(DomainError):
    """None of the words of a list."""

    text: str
    known: tuple[str, ...]


@dataclass(eq=False)
class PlaceUnknown(DomainError):
    """No place of the sender has this name or code."""

    text: str


@dataclass(eq=False)
class PlaceAmbiguous(DomainError):
    """Several places of the sender have this name."""

    text: str
    places: tuple[str, ...]


@dataclass(eq=False)
class StandsTwice(DomainError):
    """An earlier row of the same table has the same value, which only one may have."""

    line: int
    text: str


@dataclass(eq=False)
class DayAssumed(DomainError):
    """Only a year or a month was given; its first day was taken."""

    text: str
    day: date


@dataclass(eq=False)
class IdentityOld(DomainError):
    """An identity number of 15 digits was brought to 18."""

    text: str


@dataclass(eq=False)
class IdentityOfOther(DomainError):
    """The number of another paper than the resident identity card, which cannot be checked."""

    text: str


@dataclass(eq=False)
class CountyAbolished(DomainError):
    """The identity number begins with a county code that nobody gives out any more."""

    text: str


@dataclass(eq=False)
class PlaceMerged(DomainError):
    """The place has gone into another one, which was taken."""

    text: str
    place: str


@dataclass(eq=False)
class ValueAssumed(DomainError):
    """Nothing was given, and what claims least was taken."""
