"""Half-open periods of dates: the first day counts, the last does not; no last day means for ever."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """[since, until) in days."""

    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until <= self.since:
            message = "a period ends after it starts"
            raise ValueError(message)

    def contains(self, on: date) -> bool:
        """Whether the day lies in the period."""
        return self.since <= on and (self.until is None or on < self.until)
