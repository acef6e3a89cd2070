from dataclasses import dataclass

from wushe.kernel.bus import Event


@dataclass(frozen=True, slots=True)
class OversightEvent(Event):
    """Something that happened to a project; the moment is ISO 8601."""

    project_id: int
    at: str


class ProjectSupervised(OversightEvent):
    """A look was held, first or second."""


class SupervisionWaived(OversightEvent):
    """The project goes on without its mid-term supervision."""


class ProjectEvaluated(OversightEvent):
    """The evaluation report is handed in."""


class AcceptanceRefused(OversightEvent):
    """The work goes back to the agency, and the report counts no more."""
