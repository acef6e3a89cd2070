"""Refusals about free offices."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wushe.kernel.errors import DomainError


@dataclass(eq=False)
class OfficeTaken(DomainError):
    """An organisation has the office on these days."""

    name: str


@dataclass(eq=False)
class OfficeFree(DomainError):
    """Nobody has the office."""

    name: str


@dataclass(eq=False)
class OfficeWithdrawn(DomainError):
    """The office is offered no more."""

    withdrawn_on: date


@dataclass(eq=False)
class OfficeOutOfTime(DomainError):
    """Offices are offered, let and vacated one after the other, and on no day to come. `name`: which day it is."""

    name: str
    day: date

    @property
    def field(self) -> str:  # type: ignore[override]  # each day has its own field
        """The day's own."""
        return self.name


@dataclass(eq=False)
class OfficeAgreedTooShort(DomainError):
    """The agreement would be over before the organisation has the office."""

    field: ClassVar[str] = "agreed_until"
    since: date


@dataclass(eq=False)
class OfficeAgreedTooLong(DomainError):
    """The agreement would end later than the policy lets one made today end."""

    field: ClassVar[str] = "agreed_until"
    latest: date
    years: int


@dataclass(eq=False)
class OfficeNotLonger(DomainError):
    """An agreement is extended to a later day than the one agreed so far."""

    field: ClassVar[str] = "agreed_until"
    agreed_until: date


@dataclass(eq=False)
class ExtensionWithdrawn(DomainError):
    """The extension was withdrawn already."""

    agreed_until: date


@dataclass(eq=False)
class ExtensionNotLast(DomainError):
    """A later extension rests on this one; the last is withdrawn first."""

    agreed_until: date


@dataclass(eq=False)
class NoTenant(DomainError):
    """Free offices are for registered organisations that work here: agencies, federations, hubs and community organisations."""

    field: ClassVar[str] = "organisation"
    name: str
