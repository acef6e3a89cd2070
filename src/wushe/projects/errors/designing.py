"""What is refused while a project is designed, reported and reviewed, and of the steps that a place adds."""

from dataclasses import dataclass
from datetime import date, datetime
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
class ApprovedWithComments(DomainError):
    """What is to be mended cannot be asked for with an approval: the town would never mend it."""

    parts: tuple[str, ...]


@dataclass(eq=False)
class ReturnWithoutComment(DomainError):
    """Who returns a design says what is to be mended."""

    field: ClassVar[str] = "opinion"
