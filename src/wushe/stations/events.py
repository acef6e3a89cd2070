from dataclasses import dataclass

from wushe.kernel.bus import Event


@dataclass(frozen=True, slots=True)
class StationClosing(Event):
    """A station is about to close; `closed_on` (ISO 8601) is the first day without it. Who hears it refuses while something of theirs runs on there."""

    station_id: int
    body_id: int
    closed_on: str
