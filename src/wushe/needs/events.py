from dataclasses import dataclass

from wushe.kernel.bus import Event


@dataclass(frozen=True, slots=True)
class NeedEvent(Event):
    """Something that happened to a need; the moment is ISO 8601."""

    need_id: int
    at: str


class NeedReported(NeedEvent):
    """A need came in."""


class NeedReopened(NeedEvent):
    """The resident was not satisfied, with what was done or with the answer."""


class NeedClosed(NeedEvent):
    """The resident was satisfied, or could not be reached."""
