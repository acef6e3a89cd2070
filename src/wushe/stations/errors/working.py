"""Refusals about what stations do, keep and are promised."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wushe.kernel.errors import DomainError


@dataclass(eq=False)
class NotADuty(DomainError):
    """The policy gives the station no such duty for the month."""

    field: ClassVar[str] = "done_on"
    duty: str


@dataclass(eq=False)
class DutyRecorded(DomainError):
    """The duty is recorded for the month already."""

    field: ClassVar[str] = "done_on"
    done_on: date


@dataclass(eq=False)
class DutyOutOfTime(DomainError):
    """A duty is done while the station is open, in the year or after it, and not on a day to come."""

    field: ClassVar[str] = "done_on"
    earliest: date
    done_on: date


@dataclass(eq=False)
class DutyNotShown(DomainError):
    """A duty counts as done only with something that shows it."""

    field: ClassVar[str] = "words"


@dataclass(eq=False)
class DutyWithdrawn(DomainError):
    """The record was withdrawn already."""

    duty: str


@dataclass(eq=False)
class AssetOutOfTime(DomainError):
    """Things are received on a day that has come, and go after that."""

    field: ClassVar[str] = "on"
    on: date


@dataclass(eq=False)
class AssetGone(DomainError):
    """The things were written off."""

    number: str


@dataclass(eq=False)
class CommitmentOutOfTime(DomainError):
    """A commitment is made by today, due and delivered no earlier than that, and delivered by today. `name`: which day it is."""

    name: str
    day: date

    @property
    def field(self) -> str:  # type: ignore[override]  # each day has its own field
        """The day's own."""
        return self.name


@dataclass(eq=False)
class CommitmentEnded(DomainError):
    """The commitment was delivered or withdrawn."""

    number: str
