from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wushe.kernel.errors import DomainError


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
