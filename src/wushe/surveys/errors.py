from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from wushe.kernel.errors import DomainError


@dataclass(eq=False)
class QuestionsUnusable(DomainError):
    """A survey needs a question with marks, and a code of its own for each question."""

    field: ClassVar[str] = "questions"


@dataclass(eq=False)
class SurveyClosed(DomainError):
    """Answers are taken from `opens_at` until `closes_at`."""

    opens_at: datetime
    closes_at: datetime


@dataclass(eq=False)
class InvitationUnknown(DomainError):
    """No invitation has this link or, on paper, this serial number."""

    field: ClassVar[str] = "serial"


@dataclass(eq=False)
class InvitationUsed(DomainError):
    """The invitation has its answer; there is one for each."""

    field: ClassVar[str] = "serial"
    answered_at: datetime


@dataclass(eq=False)
class AnswerIncomplete(DomainError):
    """Questions without a mark, or with one outside the scale, by code."""

    missing: tuple[str, ...]
