"""How far stations cover the places that count: the steps that the policy asks for, what was reached when, and where the pace leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from wushe.policies.queries import Policy, Target, policy_where
from wushe.regions.models import Region
from wushe.stations.models import Station, StationKind, StationLevel
from wushe.stations.models.station import StationQuerySet
from wushe.stations.queries.register import HEIGHTS

MEASURES = {StationLevel.TOWN: "town_station_coverage"}
QUARTERS = (3, 6, 9, 12)
PACE = timedelta(days=365)
AHEAD = timedelta(days=3 * 365)


@dataclass(frozen=True, slots=True)
class Moment:
    """At the end of a day: how many places count, how many have a station (None: the day is to come), and the step that holds."""

    on: date
    places: int
    reached: int | None
    step: Decimal | None

    @property
    def share(self) -> float | None:
        """None without places, and for days to come."""
        return None if self.reached is None or not self.places else self.reached / self.places


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """The way of a place towards full cover. Days before the tree begins, `tree_since`, count the places of its first day. `full_on`: when the pace of the last twelve months leads there; None at no pace, or when it is there."""

    moments: tuple[Moment, ...]
    today: Moment
    steps: tuple[Target, ...]
    meant: bool
    opened: int
    full_on: date | None
    tree_since: date | None

    @property
    def next_step(self) -> Target | None:
        """The first step that is not over."""
        return next((step for step in self.steps if step.due_on and step.due_on >= self.today.on), None)


def coverage_line(place: Region, level: StationLevel, on: date) -> CoverageLine:
    """The line of a place and a level of stations, quarter by quarter, in three queries; pseudo-units never count."""
    spans = _spans(place, level)
    policy = policy_where([place], on)
    steps = coverage_steps(policy, level)
    today = _moment(spans, steps, on, on)
    before = _moment(spans, steps, on - PACE, on)
    opened = max((today.reached or 0) - (before.reached or 0), 0)
    days = _days(spans, steps, on)
    moments = tuple(_moment(spans, steps, day, on) for day in days)
    meant = any(step.applies_to(place) for step in steps)
    since = spans.tree_since if days[0] < spans.tree_since else None
    return CoverageLine(moments, today, steps, meant, opened, _full_on(today, opened), since)


def coverage_steps(policy: Policy, level: StationLevel) -> tuple[Target, ...]:
    """The steps of cover that a policy sets for a level, by day."""
    wanted = MEASURES.get(level)
    steps = [target for target in policy.targets() if wanted and target.measure == wanted and target.due_on]
    return tuple(sorted(steps, key=lambda step: step.due_on or date.max))


def coverage_below(place: Region, level: StationLevel, on: date) -> list[tuple[Region, int, int]]:
    """The places directly under a place that hold places of the level: each with how many have a station, and of how many. By code."""
    children = list(Region.objects.filter(parent=place, level__lt=HEIGHTS[level]).existing(on).order_by("code"))
    if not children:
        return []
    column = children[0].ancestor_column
    rows = Region.objects.under(place).existing(on).counted().filter(level=HEIGHTS[level]).values_list("pk", column)
    has = set(_stations(place, level).living(on).values_list("region", flat=True))
    counts: dict[int, list[int]] = {child.pk: [0, 0] for child in children}
    for pk, above in rows:
        if above in counts:
            counts[above][0] += pk in has
            counts[above][1] += 1
    return [(child, counts[child.pk][0], counts[child.pk][1]) for child in children if counts[child.pk][1]]


@dataclass(frozen=True, slots=True)
class _Spans:
    """When the places existed, and when each had a station."""

    places: dict[int, tuple[date, date]]
    stations: list[tuple[int, date, date]]

    @property
    def tree_since(self) -> date:
        """The first day of which the tree of divisions knows anything here."""
        return min((since for since, _until in self.places.values()), default=date.min)


def _stations(place: Region, level: StationLevel) -> StationQuerySet:
    return Station.objects.filter(kind=StationKind.SOCIAL_WORK, level=level, region__in=Region.objects.under(place))


def _spans(place: Region, level: StationLevel) -> _Spans:
    counted = Region.objects.under(place).counted().filter(level=HEIGHTS[level])
    places = {pk: (since, until or date.max) for pk, since, until in counted.values_list("pk", "valid_from", "valid_until")}
    rows = _stations(place, level).values_list("region", "opened_on", "closed_on")
    return _Spans(places, [(pk, since, until or date.max) for pk, since, until in rows if pk in places])


def _moment(spans: _Spans, steps: Sequence[Target], day: date, on: date) -> Moment:
    known = max(day, spans.tree_since)
    then = {pk for pk, (since, until) in spans.places.items() if since <= known < until}
    has = {pk for pk, since, until in spans.stations if since <= day < until and pk in then}
    over = [step.value for step in steps if step.due_on and step.due_on <= day]
    return Moment(day, len(then), len(has) if day <= on else None, over[-1] if over else None)


def _days(spans: _Spans, steps: Sequence[Target], on: date) -> list[date]:
    """The ends of the quarters from the first station or step to today or the last step, and today."""
    starts = [since for _pk, since, _until in spans.stations] + [step.due_on for step in steps if step.due_on]
    if not starts:
        return [on]
    last = max([on, *(step.due_on for step in steps if step.due_on and step.due_on <= on + AHEAD)])
    ends = (_end_of(year, month) for year in range(min(starts).year, last.year + 1) for month in QUARTERS)
    return sorted({on, *(end for end in ends if min(starts) <= end <= last)})


def _end_of(year: int, month: int) -> date:
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


def _full_on(today: Moment, opened: int) -> date | None:
    missing = today.places - (today.reached or 0)
    if not opened or missing <= 0:
        return None
    return today.on + timedelta(days=round(missing * PACE.days / opened))
