from dataclasses import dataclass

from wushe.kernel.bus import Event


@dataclass(frozen=True, slots=True)
class ActivityRecorded(Event):
    """A project's activity or visit stands on record; the moment is ISO 8601."""

    project_id: int
    activity_id: int
    at: str
