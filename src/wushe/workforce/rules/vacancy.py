"""How long posts have been vacant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """So many posts in the half-open days [since, until)."""

    since: date
    until: date | None
    posts: int = 1

    def holds(self, on: date) -> bool:
        """Whether the day lies in it."""
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Vacancy:
    """Posts required and filled on a day; `since`: the first day of the time without a full house that has lasted until the day."""

    required: int
    filled: int
    since: date | None
    days: int
    days_this_year: int

    @property
    def vacant(self) -> int:
        """Posts without anybody; more people than posts are no vacancy."""
        return max(self.required - self.filled, 0)


def vacancy(required: Sequence[Span], filled: Sequence[Span], on: date) -> Vacancy:
    """How the posts stand on the day, and how many post-days were vacant in its year up to it."""
    since: date | None = None
    days_this_year = 0
    new_year = date(on.year, 1, 1)
    turns = _turns((*required, *filled), on)
    for first, after in zip(turns, [*turns[1:], None], strict=True):
        short = _posts(required, first) - _posts(filled, first)
        if short <= 0:
            since = None
            continue
        since = since or first
        start, end = max(first, new_year), after or on
        days_this_year += short * max((end - start).days + (after is None), 0)
    return Vacancy(
        required=_posts(required, on),
        filled=_posts(filled, on),
        since=since,
        days=(on - since).days + 1 if since else 0,
        days_this_year=days_this_year,
    )


def _turns(spans: Iterable[Span], on: date) -> list[date]:
    """The days up to `on` on which a number changes."""
    return sorted({day for span in spans for day in (span.since, span.until) if day is not None and day <= on})


def _posts(spans: Iterable[Span], on: date) -> int:
    return sum(span.posts for span in spans if span.holds(on))
