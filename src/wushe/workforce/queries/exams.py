from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from wushe.accounts.queries import Scope
from wushe.kernel.errors import NotFound
from wushe.regions.models import Region
from wushe.workforce.models import Certificate, Exam, TitleExam
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


@dataclass(frozen=True, slots=True)
class ExamFilter:
    """What the list is narrowed to; empty means everything. `state` is how far somebody is, `reached` what they came to on the way;
    `kind`: which sort of person; `at`: kept at exactly this place.
    """

    state: str = ""
    kind: str = ""
    reached: str = ""
    at: Region | None = None


EVERYBODY = ExamFilter()


def exams_in(scope: Scope, year: int, chosen: ExamFilter = EVERYBODY) -> QuerySet[Exam]:
    """The people of the scope with the exam of a year; `certified`: the certificate of the level is entered."""
    entered = Certificate.objects.filter(worker=OuterRef("worker"), level=OuterRef("level"), void_reason="")
    rows = Exam.objects.filter(scope.where("worker__region"), year=year).annotate(certified=Exists(entered))
    rows = rows.select_related("worker__region__town")
    if chosen.reached:
        rows = rows.filter(state__in=[state for state, passed in REACHED.items() if chosen.reached in passed])
    exact = {"state": chosen.state, "worker__kind": chosen.kind, "worker__region": chosen.at}
    return rows.filter(**{name: value for name, value in exact.items() if value})


def exam_by_id(pk: int, scope: Scope) -> Exam:
    """The exam of somebody of the scope. Raises NotFound."""
    exam = Exam.objects.select_related("worker__region__town").filter(scope.where("worker__region"), pk=pk).first()
    if exam is None:
        raise NotFound(kind="exam", number=str(pk))
    return exam


def title_exams_in(scope: Scope, year: int) -> QuerySet[TitleExam]:
    """The local exams of a year that people of the scope sat, the latest first."""
    rows = TitleExam.objects.filter(scope.where("worker__region"), held_on__year=year)
    return rows.select_related("worker__region__town").order_by("-held_on", "-score", "pk")


def pipeline(scope: Scope, year: int, kind: str = "") -> list[Pipeline]:
    """One row a place that keeps people on their way, by its code."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    found = (
        exams_in(scope, year, ExamFilter(kind=kind))
        .order_by()
        .values_list("worker__region", "state")
        .annotate(persons=Count("worker", distinct=True))
    )
    for region, state, persons in found:
        for passed_through in REACHED[ExamState(state)]:
            counts[region][passed_through] += persons
    places = Region.objects.filter(pk__in=counts).select_related("town").order_by("code")
    return [Pipeline(place, counts[place.pk]) for place in places]
