from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from wushe.kernel.errors import DomainError, PolicySource


@dataclass(eq=False)
class ItemsUnanswered(DomainError):
    """Items of the checklist or the rubric have no points."""

    missing: tuple[str, ...]


@dataclass(eq=False)
class PointsOutOfRange(DomainError):
    """Points lie between nought and the item's maximum."""

    item: str
    points: Decimal
    maximum: Decimal


@dataclass(eq=False)
class EvidenceMissing(DomainError):
    """The item asks for evidence."""

    item: str


@dataclass(eq=False)
class FindingsMissing(DomainError):
    """A failing look names what is to be corrected; findings have a day by which."""

    field: ClassVar[str] = "findings"


@dataclass(eq=False)
class VisitOutsideDelivery(DomainError):
    """A visit lies between the entry into the station, or the look before, and today."""

    field: ClassVar[str] = "held_on"
    day: date
    earliest: date
    latest: date


@dataclass(eq=False)
class CorrectedTooEarly(DomainError):
    """The day of the corrections comes after the visit that found what is wrong."""

    field: ClassVar[str] = "correct_by"
    day: date
    held_on: date


@dataclass(eq=False)
class NothingToAnswer(DomainError):
    """The findings are answered, or the second look was held."""

    supervision: str


@dataclass(eq=False)
class SecondLookFirst(DomainError):
    """A look with open findings is followed by a second look, not by a new first one."""

    supervision: str


@dataclass(eq=False)
class FindingsUnanswered(DomainError):
    """The second look waits for the agency's answer to every finding."""

    open: int


@dataclass(eq=False)
class EvaluatorNotIndependent(DomainError):
    """The evaluator has to do with one of the parties."""

    field: ClassVar[str] = "evaluator"
    reason: str


@dataclass(eq=False)
class ConflictNotDeclared(DomainError):
    """The evaluator first declares whether there is a conflict of interest."""


@dataclass(eq=False)
class EvaluatorHasConflict(DomainError):
    """An evaluator with a conflict of interest does not evaluate."""

    conflict: str


@dataclass(eq=False)
class AlreadyEvaluated(DomainError):
    """The report is handed in; it does not change."""

    evaluation: str


@dataclass(eq=False)
class NoSatisfactionSurvey(DomainError):
    """Residents are asked before the work is evaluated."""

    source: PolicySource


@dataclass(eq=False)
class ResidentsNotHeard(DomainError):
    """Acceptance without the service users' opinions is refused."""

    answered: int
    required: int
    source: PolicySource


@dataclass(eq=False)
class NotEvaluated(DomainError):
    """Acceptance waits for the evaluation report."""


@dataclass(eq=False)
class EvaluationFailed(DomainError):
    """The score is below the pass mark; the work goes back to the agency."""

    score: Decimal
    pass_mark: Decimal


@dataclass(eq=False)
class SupervisionOpen(DomainError):
    """A supervision with open findings comes before acceptance."""

    supervision: str


@dataclass(eq=False)
class NotSupervised(DomainError):
    """The procedure has a mid-term supervision, and it was neither passed nor waived."""

    source: PolicySource


@dataclass(eq=False)
class AlreadySupervised(DomainError):
    """The supervision is passed or waived: there is nothing left to waive."""


@dataclass(eq=False)
class RoundDayPast(DomainError):
    """A round of supervision ends in the future."""

    field: ClassVar[str] = "due_on"
    day: date


@dataclass(eq=False)
class NothingToSupervise(DomainError):
    """No project is in delivery that a round could look at."""

    place: str
