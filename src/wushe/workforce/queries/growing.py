"""Appraisals that are due, pairs at work, studies."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum

from wushe.accounts.models import User
from wushe.accounts.queries import Scope
from wushe.kernel.errors import NotFound
from wushe.policies.queries import Policy
from wushe.workforce.models import Appraisal, Attendance, Certificate, Pairing, Study, TitleExam, Worker
from wushe.workforce.models.exam import PASSED
from wushe.workforce.queries.people import visible

PERIOD = "appraisal.period"
APPRAISAL_STATES = ("due", "never", "open", "late")
PAIRING_STATES = ("running", "silent", "ended")


@dataclass(frozen=True, slots=True)
class TrainedFilter:
    """What the list of trained people is narrowed to; `state` is one of APPRAISAL_STATES. Appraised before `before` is too long ago."""

    before: date
    state: str = ""


def appraised_before(policy: Policy, on: date) -> date:
    """The day from which on the last appraisal of a person has to be."""
    return on - timedelta(days=int(policy.require(PERIOD).value))


def trained_in(scope: Scope, chosen: TrainedFilter, on: date) -> QuerySet[Worker]:
    """The trained people of the scope, licensed or not, with `last_held`, `open_requests` and `next_due`."""
    there = Attendance.objects.filter(worker=OuterRef("pk"), withdrawn_reason="", session__cancelled_reason="", session__held_on__lte=on)
    trained = Q(Exists(Certificate.objects.held(on).filter(worker=OuterRef("pk"))))
    trained |= Q(Exists(TitleExam.objects.filter(PASSED, worker=OuterRef("pk"), held_on__lte=on))) | Q(Exists(there))
    wanted = Q(appraisals__done_on__isnull=True, appraisals__due_on__isnull=False)
    rows = (
        Worker.objects.living(on)
        .filter(visible(scope, on))
        .filter(trained)
        .annotate(
            last_held=Max("appraisals__held_on"),
            open_requests=Count("appraisals", wanted),
            next_due=Min("appraisals__due_on", filter=wanted),
        )
    )
    conditions = {
        "due": Q(last_held__isnull=True) | Q(last_held__lt=chosen.before),
        "never": Q(last_held__isnull=True),
        "open": Q(open_requests__gt=0),
        "late": Q(next_due__lt=on),
    }
    return rows.filter(conditions.get(chosen.state, Q())).select_related("region__town")


def appraisals_of(worker: Worker, user: User, scope: Scope) -> QuerySet[Appraisal]:
    """What was said to a person, the last first: all of it for themselves, for others what places of the scope said."""
    return worker.appraisals.filter(_read_by(user, scope)).select_related("region").order_by("-held_on", "-pk")


def appraisal_by_number(number: str, user: User, scope: Scope) -> Appraisal:
    """An appraisal that the user may read. Raises NotFound."""
    rows = Appraisal.objects.select_related("worker__region__town", "region", "recorded_by").filter(_read_by(user, scope))
    row = rows.filter(number=number).first()
    if row is None:
        raise NotFound(kind="appraisal", number=number)
    return row


def _read_by(user: User, scope: Scope) -> Q:
    """Who speaks for the place reads it, and whom it is about."""
    return scope.where("region") | Q(worker__user=user)


def pairings_in(scope: Scope, state: str, on: date, *, silent_since: date) -> QuerySet[Pairing]:
    """The pairs of the scope with `meetings`, `minutes`, `last_held`, `wanted` and `mastered` skills; `state` is one of PAIRING_STATES.

    Silent are those that run and have not met since a day.
    """
    skills = Pairing.objects.filter(pk=OuterRef("pk")).order_by().values("pk")
    rows = Pairing.objects.filter(scope.where("region")).annotate(
        meetings=Count("sessions"),
        minutes=Sum("sessions__minutes", default=0),
        last_held=Max("sessions__held_on"),
        wanted=Subquery(skills.annotate(n=Count("skills")).values("n")),
        mastered=Subquery(skills.annotate(n=Count("skills", Q(skills__mastered_on__isnull=False))).values("n")),
    )
    runs = Q(until__isnull=True) | Q(until__gt=on)
    silent = Q(last_held__lt=silent_since) | Q(last_held__isnull=True, since__lt=silent_since)
    conditions = {"running": runs, "silent": runs & silent, "ended": Q(until__lte=on)}
    return (
        rows.filter(conditions.get(state, Q()))
        .exclude(until=F("since"))
        .select_related("mentor__region", "apprentice__region", "region__town")
    )


def pairing_by_number(number: str, user: User, scope: Scope) -> Pairing:
    """A pair of the scope, or one in which the user is. Raises NotFound."""
    seen = scope.where("region") | Q(mentor__user=user) | Q(apprentice__user=user)
    rows = Pairing.objects.select_related("mentor__region", "apprentice__region", "region__county")
    row = rows.filter(seen, number=number).first()
    if row is None:
        raise NotFound(kind="pairing", number=number)
    return row


def pairings_of(worker: Worker) -> QuerySet[Pairing]:
    """The pairs in which a person is or was, those that run first."""
    rows = Pairing.objects.filter(Q(mentor=worker) | Q(apprentice=worker)).exclude(until=F("since"))
    return rows.select_related("mentor__region", "apprentice__region").order_by(F("until").desc(nulls_first=True), "-since")


def studies_in(scope: Scope, state: str) -> QuerySet[Study]:
    """The studies of the people of the scope; `state`: running, graduated or stopped, or withdrawn; without one, all."""
    stands = Q(withdrawn_on__isnull=True)
    conditions = {
        "running": stands & Q(ended_on__isnull=True),
        "graduated": stands & Q(graduated=True),
        "stopped": stands & Q(ended_on__isnull=False, graduated=False),
        "withdrawn": ~stands,
    }
    kept = conditions.get(state, Q())
    return Study.objects.filter(scope.where("worker__region"), kept).select_related("worker__region__town")


def study_by_id(pk: int, scope: Scope) -> Study:
    """The study of somebody of the scope. Raises NotFound."""
    study = Study.objects.select_related("worker__region__town").filter(scope.where("worker__region"), pk=pk).first()
    if study is None:
        raise NotFound(kind="study", number=str(pk))
    return study
