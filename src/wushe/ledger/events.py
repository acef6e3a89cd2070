from dataclasses import dataclass

from wushe.kernel.bus import Event


@dataclass(frozen=True, slots=True)
class EntryReversed(Event):
    """An entry was corrected by its mirror image; the moment is ISO 8601."""

    entry_id: int
    at: str
