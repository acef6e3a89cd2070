from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from wushe.accounts.queries import Scope
from wushe.regions.models import Region
from wushe.workforce.models import Exam
from wushe.workforce.states import ExamState

REACHED = {
    ExamState.INTERESTED: (ExamState.INTERESTED,),
    ExamState.DROPPED: (ExamState.INTERESTED, ExamState.DROPPED),
    ExamState.ENTERED: (ExamState.INTERESTED, ExamState.ENTERED),
    ExamState.SAT: (ExamState.INTERESTED, ExamState.ENTERED, ExamState.SAT),
    ExamState.PASSED: (ExamState.INTERESTED, ExamState.ENTERED, ExamState.SAT, ExamState.PASSED),
    ExamState.FAILED: (ExamState.INTERESTED, ExamState.ENTERED, ExamState.SAT, ExamState.FAILED),
}


@dataclass(frozen=True, slots=True)
class Pipeline:
    """How many of a place have come how far with the exam of a year. Who passed was interested, entered and sat before."""

    place: Region
    reached: Counter[str]


def exams_in(scope: Scope, year: int, state: str = "") -> QuerySet[Exam]:
    """The people of the scope with the exam of a year."""
    rows = Exam.objects.filter(scope.where("worker__region"), year=year).select_related("worker__region__town")
    return rows.filter(state=state) if state else rows


def pipeline(scope: Scope, year: int) -> list[Pipeline]:
    """One row a place that keeps people on their way, by its code."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    found = exams_in(scope, year).order_by().values_list("worker__region", "state").annotate(persons=Count("worker", distinct=True))
    for region, state, persons in found:
        for passed_through in REACHED[ExamState(state)]:
            counts[region][passed_through] += persons
    places = Region.objects.filter(pk__in=counts).select_related("town").order_by("code")
    return [Pipeline(place, counts[place.pk]) for place in places]
