"""Who acts when nobody signed in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A stand-in for a person in the audit: a public number and a name (translated at the edge)."""

    number: str
    display_name: str


RESIDENT = Actor("resident", "resident")
SYSTEM = Actor("system", "system")
