"""What targets ask of the register. What was never entered is not here, and whoever counts must not take that for nought."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from wushe.stations.queries import StaffCount
from wushe.workforce.models import Certificate, Course, Establishment, Posting, TitleExam, Worker
from wushe.workforce.models.exam import PASSED


def postings_held(on: date) -> QuerySet[Posting]:
    """One row a posting on the day: `worker_id`, `worker__number`, `region_id`, `body_id`, `position`, `full_time`, `licensed`."""
    held = Certificate.objects.held(on).filter(worker=OuterRef("worker"))
    return Posting.objects.held(on).annotate(licensed=Exists(held)).select_related("worker")


def postings_known(on: date) -> QuerySet[Posting]:
    """One row a posting that began by the day: places without one say nothing about who works there."""
    return Posting.objects.filter(since__lte=on)


def title_holders(on: date) -> set[int]:
    """Who passed the final exam of the local training by the day."""
    return set(TitleExam.objects.filter(PASSED, held_on__lte=on).values_list("worker", flat=True))


def bodies_known(on: date) -> QuerySet[Posting]:
    """One row a posting that began by the day, whether it has ended or not: bodies without one say nothing about their staff."""
    return Posting.objects.filter(since__lte=on, body__isnull=False)


def posts_required(on: date) -> QuerySet[Establishment]:
    """One row a document that sets up posts on the day: `region_id`, `body_id`, `position`, `posts`."""
    return Establishment.objects.held(on)


def professionals(on: date) -> QuerySet[Worker]:
    """Everybody on the register who has a certificate: persons, counted once across posts. The local title is no licence."""
    certified = Certificate.objects.held(on).filter(worker=OuterRef("pk"))
    return Worker.objects.living(on).filter(Exists(certified))


def courses_known(on: date) -> QuerySet[Course]:
    """The courses of the day's year: places without one have said nothing about their training."""
    return Course.objects.filter(year=on.year)


def licensed_at(body_ids: Iterable[int], on: date) -> Mapping[int, int]:
    """How many licensed people have a post at some bodies on a day, part-time ones too; bodies without one are missing."""
    found: dict[int, set[int]] = defaultdict(set)
    held: Iterable[Any] = postings_held(on).filter(body__in=list(body_ids))
    for row in held:
        if row.licensed:
            found[row.body_id].add(row.worker_id)
    return {body: len(workers) for body, workers in found.items()}


def staff_of(body_ids: Iterable[int], on: date) -> Mapping[int, StaffCount]:
    """Who works full time at some bodies on a day; bodies at which nobody was ever posted are missing."""
    known = set(bodies_known(on).filter(body__in=list(body_ids)).values_list("body", flat=True))
    licensed: dict[int | None, list[bool]] = defaultdict(list)
    held: Iterable[Any] = postings_held(on).filter(body__in=known, full_time=True)
    for row in held:
        licensed[row.body_id].append(row.licensed)
    return {body: StaffCount(len(licensed[body]), sum(licensed[body])) for body in known if body is not None}
