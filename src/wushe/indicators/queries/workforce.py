"""What the register of workers says of posts, licences and training."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from wushe.indicators.queries.figures import Figure, Figures, Row
from wushe.indicators.queries.places import column_of
from wushe.policies.queries import Code, policy_for
from wushe.regions.models import Population, Region
from wushe.workforce.facts import postings_held, postings_known, posts_required, talents, title_holders
from wushe.workforce.models import Posting

Measure = Callable[[Sequence[Region], date], Figures]
COMMITTEE, COMMUNITY, SOCIAL_WORK, GRIDS = "committee", "community", "social_work", "grids"


def full_time_social_workers(places: Sequence[Region], on: date) -> Figures:
    """Full-time postings of certified people in the place; a place where nobody was ever posted is no data."""
    held = _postings(places, on)
    return {pk: _count(row for row in rows if row.full_time and row.licensed) for pk, rows in held.items()}


def responsible_leaders(places: Sequence[Region], on: date) -> Figures:
    """Who leads social work in the place."""
    return {pk: _count(row for row in rows if row.is_leader) for pk, rows in _postings(places, on).items()}


def committee_certificate_ratio(places: Sequence[Region], on: date) -> Figures:
    """Of the committee members in office in the place: those with a certificate, each person once."""
    return {
        pk: _share(rows, {row.worker_id for row in rows if row.licensed}) for pk, rows in _in_positions(places, on, {COMMITTEE}).items()
    }


def trained_or_licensed_share(places: Sequence[Region], on: date) -> Figures:
    """Of the committee members and community workers: those with a certificate or the local title."""
    titled = title_holders(on)
    found = _in_positions(places, on, {COMMITTEE, COMMUNITY})
    return {pk: _share(rows, {row.worker_id for row in rows if row.licensed or row.worker_id in titled}) for pk, rows in found.items()}


def trained_share_of_unlicensed(places: Sequence[Region], on: date) -> Figures:
    """Of the committee members and community workers without a certificate: those who passed the final exam of the local training."""
    titled = title_holders(on)
    figures = {}
    for pk, rows in _in_positions(places, on, {COMMITTEE, COMMUNITY}).items():
        without = [row for row in rows if not row.licensed]
        figures[pk] = _share(without, {row.worker_id for row in without if row.worker_id in titled})
    return figures


def community_social_workers(places: Sequence[Region], on: date) -> Figures:
    """People with a certificate or the local title on the register of the place: everybody once, whatever posts they hold."""
    column = column_of(places)
    found: dict[int, list[Row]] = defaultdict(list)
    for worker in (
        talents(on).filter(**{f"region__{column}__in": [place.pk for place in places]}).select_related("region").order_by("number")
    ):
        found[getattr(worker.region, column)].append(Row("worker", worker.number, worker.number))
    return {pk: Figure(Decimal(len(rows)), None, tuple(rows)) for pk, rows in found.items()}


def social_work_posts(places: Sequence[Region], on: date) -> Figures:
    """Posts of social work that documents set up in exactly the place; places without a document are no data."""
    figures = {}
    for pk, rows in _set_up(places, on).items():
        shown = tuple(Row("establishment", row.number, f"{row.document} × {row.posts}") for row in rows)
        figures[pk] = Figure(Decimal(sum(row.posts for row in rows)), None, shown)
    return figures


def social_work_posts_per_resident(places: Sequence[Region], on: date) -> Figures:
    """The same posts against the residents of the last count that is known; without a count, no data."""
    counts: dict[int, Population] = {}
    for count in Population.objects.filter(region__in=[place.pk for place in places], year__lte=on.year).order_by("year"):
        counts[count.region_id] = count
    figures = {}
    for pk, figure in social_work_posts(places, on).items():
        if pk in counts and counts[pk].residents:
            source = Row("population", str(counts[pk].year), f"{counts[pk].source} {counts[pk].residents}", counted=False)
            figures[pk] = Figure(figure.numerator, Decimal(counts[pk].residents), (*figure.rows, source))
    return figures


def grids_of_a_worker(pick: Callable[[Iterable[int]], int]) -> Measure:
    """How many grids the worker with the fewest or the most of them looks after in the place."""

    def measure(places: Sequence[Region], on: date) -> Figures:
        figures = {}
        for pk, rows in _in_positions(places, on, {GRIDS}).items():
            if rows:
                shown = tuple(Row("worker", row.worker.number, f"{row.worker.number} × {len(row.grids)}") for row in rows)
                figures[pk] = Figure(Decimal(pick(len(row.grids) for row in rows)), None, shown)
        return figures

    return measure


def _postings(places: Sequence[Region], on: date) -> dict[int, list[Any]]:
    """The postings on the day, by place; places where nobody was ever posted are missing."""
    if not places:
        return {}
    column = column_of(places)
    here = {f"region__{column}__in": [place.pk for place in places]}
    found: dict[int, list[Any]] = {pk: [] for pk in postings_known(on).filter(**here).values_list(f"region__{column}", flat=True)}
    for row in postings_held(on).filter(**here).select_related("region").order_by("number"):
        found[getattr(row.region, column)].append(row)
    return found


def _in_positions(places: Sequence[Region], on: date, marks: set[str]) -> dict[int, list[Any]]:
    codes = _marked(places, on, marks)
    return {pk: [row for row in rows if row.position in codes] for pk, rows in _postings(places, on).items()}


def _set_up(places: Sequence[Region], on: date) -> dict[int, list[Any]]:
    codes = _marked(places, on, {SOCIAL_WORK})
    found: dict[int, list[Any]] = defaultdict(list)
    for row in posts_required(on).filter(region__in=[place.pk for place in places], position__in=codes).order_by("number"):
        found[row.region_id].append(row)
    return found


def _marked(places: Sequence[Region], on: date, marks: set[str]) -> set[str]:
    """The positions that the policy of the places marks so."""
    codes: tuple[Code, ...] = policy_for(places[0], on).codes("positions") if places else ()
    return {code.code for code in codes if marks & {name for name, value in code.extra.items() if value}}


def _share(rows: Sequence[Posting], counted: set[int]) -> Figure:
    persons = {row.worker_id: row for row in rows}
    shown = tuple(Row("worker", row.worker.number, row.worker.number, counted=pk in counted) for pk, row in persons.items())
    return Figure(Decimal(len(counted)), Decimal(len(persons)), shown)


def _count(rows: Iterable[Posting]) -> Figure:
    shown = tuple(Row("worker", row.worker.number, row.worker.number) for row in rows)
    return Figure(Decimal(len(shown)), None, shown)
