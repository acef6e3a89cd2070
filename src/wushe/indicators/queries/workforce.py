"""What the register of workers says of posts, licences and training."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from wushe.indicators.queries.facts import Facts, Held, lying_in
from wushe.indicators.queries.figures import Figure, Figures, Measure, Row
from wushe.regions.models import Population, Region
from wushe.workforce.models import Establishment

POSITIONS = "positions"
COMMITTEE, STAFF, SOCIAL_WORK, GRIDS = "committee", "community_staff", "social_work", "grids"


def full_time_social_workers(places: Sequence[Region], facts: Facts) -> Figures:
    """Certified people who work full time in posts of social work of the place, up to the posts that documents set up there.

    A place where nobody was ever posted is no data; posts that no document set up are none.
    """
    posts, figures = _set_up(places, facts), {}
    for pk, rows in _in_positions(places, facts, SOCIAL_WORK).items():
        able = {row.worker: row for row in rows if row.full_time and row.licensed}
        seats = sum(row.posts for row in posts.get(pk, ()))
        shown = [Row("worker", worker, worker, counted=order < seats) for order, worker in enumerate(able)]
        papers = [Row("establishment", row.number, f"{row.document} × {row.posts}", counted=False) for row in posts.get(pk, ())]
        figures[pk] = Figure(Decimal(min(len(able), seats)), None, (*shown, *papers))
    return figures


def responsible_leaders(places: Sequence[Region], facts: Facts) -> Figures:
    """Who leads social work in the place."""
    return {pk: _count(row for row in rows if row.is_leader) for pk, rows in _postings(places, facts).items()}


def committee_certificate_ratio(places: Sequence[Region], facts: Facts) -> Figures:
    """Of the committee members in office in the place: those with a certificate, each person once."""
    return {
        pk: _share(rows, {row.worker_id for row in rows if row.licensed}) for pk, rows in _in_positions(places, facts, COMMITTEE).items()
    }


def trained_or_licensed_share(places: Sequence[Region], facts: Facts) -> Figures:
    """Of those whom the policy marks as staff of communities: the ones with a certificate or the local title."""
    titled = facts.titled
    found = _in_positions(places, facts, STAFF)
    return {pk: _share(rows, {row.worker_id for row in rows if row.licensed or row.worker_id in titled}) for pk, rows in found.items()}


def trained_share_of_unlicensed(places: Sequence[Region], facts: Facts) -> Figures:
    """Of the staff of communities without a certificate: those who passed the final exam of the local training.

    Where everybody has a certificate nobody is left to train, and that is reached.
    """
    titled = facts.titled
    figures = {}
    for pk, rows in _in_positions(places, facts, STAFF).items():
        without = [row for row in rows if not row.licensed]
        share = _share(without, {row.worker_id for row in without if row.worker_id in titled})
        figures[pk] = replace(share, done=bool(rows) and not without)
    return figures


def community_social_workers(places: Sequence[Region], facts: Facts) -> Figures:
    """People with a certificate on the register of the place: everybody once, whatever posts they hold."""
    found = lying_in(facts.professionals, places)
    shown = {pk: tuple(Row("worker", each.number, each.number) for each in rows) for pk, rows in found.items()}
    return {pk: Figure(Decimal(len(rows)), None, rows) for pk, rows in shown.items() if rows}


def social_work_posts(places: Sequence[Region], facts: Facts) -> Figures:
    """Posts of social work that documents set up in exactly the place; places without a document are no data."""
    figures = {}
    for pk, rows in _set_up(places, facts).items():
        shown = tuple(Row("establishment", row.number, f"{row.document} × {row.posts}") for row in rows)
        figures[pk] = Figure(Decimal(sum(row.posts for row in rows)), None, shown)
    return figures


def social_work_posts_per_resident(places: Sequence[Region], facts: Facts) -> Figures:
    """The same posts against the residents of the last count that is known; without a count, no data."""
    counts: dict[int, Population] = {}
    for count in Population.objects.filter(region__in=[place.pk for place in places], year__lte=facts.on.year).order_by("year"):
        counts[count.region_id] = count
    figures = {}
    for pk, figure in social_work_posts(places, facts).items():
        if pk in counts and counts[pk].residents:
            source = Row("population", str(counts[pk].year), f"{counts[pk].source} {counts[pk].residents}", counted=False)
            figures[pk] = Figure(figure.numerator, Decimal(counts[pk].residents), (*figure.rows, source))
    return figures


def grids_of_a_worker(pick: Callable[[Iterable[int]], int]) -> Measure:
    """How many grids the worker with the fewest or the most of them looks after in the place, in all posts to which the policy gives grids."""

    def measure(places: Sequence[Region], facts: Facts) -> Figures:
        figures = {}
        for pk, rows in _in_positions(places, facts, GRIDS).items():
            grids: dict[str, set[str]] = defaultdict(set)
            for row in rows:
                grids[row.worker].update(row.grids)
            if grids:
                shown = tuple(Row("worker", worker, f"{worker} × {len(own)}") for worker, own in grids.items())
                figures[pk] = Figure(Decimal(pick(len(own) for own in grids.values())), None, shown)
        return figures

    return measure


def _postings(places: Sequence[Region], facts: Facts) -> dict[int, list[Held]]:
    """The postings on the day, by place; places where nobody was ever posted are missing."""
    peopled = lying_in(facts.peopled, places)
    return {pk: rows for pk, rows in lying_in(facts.held, places).items() if peopled[pk]}


def _in_positions(places: Sequence[Region], facts: Facts, mark: str) -> dict[int, list[Held]]:
    found = _postings(places, facts).items()
    return {pk: [row for row in rows if row.position in facts.marked(pk, POSITIONS, mark)] for pk, rows in found}


def _set_up(places: Sequence[Region], facts: Facts) -> dict[int, list[Establishment]]:
    asked = {place.pk for place in places}
    found: dict[int, list[Establishment]] = defaultdict(list)
    for row in facts.posts:
        if row.region_id in asked and row.position in facts.marked(row.region_id, POSITIONS, SOCIAL_WORK):
            found[row.region_id].append(row)
    return found


def _share(rows: Sequence[Held], counted: Collection[int]) -> Figure:
    persons = {row.worker_id: row.worker for row in rows}
    shown = tuple(Row("worker", worker, worker, counted=pk in counted) for pk, worker in persons.items())
    return Figure(Decimal(len(counted)), Decimal(len(persons)), shown)


def _count(rows: Iterable[Held]) -> Figure:
    shown = tuple(Row("worker", row.worker, row.worker) for row in rows)
    return Figure(Decimal(len(shown)), None, shown)
