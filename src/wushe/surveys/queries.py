from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db.models import Count, IntegerField, Max, Q, QuerySet, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from wushe.kernel.errors import NotFound
from wushe.kernel.rows import rows_of
from wushe.surveys.errors import InvitationUnknown, InvitationUsed, SurveyClosed
from wushe.surveys.models import Answer, Channel, Invitation, Survey
from wushe.surveys.rules import SCALE, Question, codes, digest, main_question

TURNOUT = """
SELECT (SELECT count(*) FROM surveys_invitation WHERE survey_id = %s), count(*), count(*) FILTER (WHERE (scores ->> %s)::integer >= %s)
FROM surveys_answer WHERE survey_id = %s
"""


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """The marks that a question got: their sum and how many."""

    question: Question
    total: int
    count: int


@dataclass(frozen=True, slots=True)
class Result:
    """What a survey brought. `satisfied` counts the answers whose mark of the main question reaches the threshold."""

    invited: int
    answered: int
    satisfied: int
    on_paper: int
    questions: tuple[QuestionResult, ...]

    @property
    def response_rate(self) -> tuple[int, int]:
        """Answers over invitations."""
        return self.answered, self.invited


@dataclass(frozen=True, slots=True)
class Comment:
    """Words that a resident left: to a question, or at the end (no question)."""

    question: Question | None
    text: str
    answered_at: datetime


def survey_by_number(number: str) -> Survey:
    """The survey. Raises NotFound."""
    survey = Survey.objects.select_related("region", "opened_by").filter(number=number).first()
    if survey is None:
        raise NotFound(kind="survey", number=number)
    return survey


def surveys_of(kind: str, number: str) -> QuerySet[Survey]:
    """The surveys about a thing with `invited` and `answered`, newest first."""
    rows = Survey.objects.about(kind, number).select_related("region")
    answered = Count("invitations", filter=Q(invitations__answered_at__isnull=False))
    return rows.annotate(invited=Count("invitations"), answered=answered).order_by("-opens_at", "-id")


def invitation_to_answer(token: str, at: datetime, *, lock: bool = False) -> Invitation:
    """The invitation of a link that may be answered now. Raises InvitationUnknown, InvitationUsed, SurveyClosed."""
    return _to_answer(Invitation.objects.filter(token_hash=digest(token)), at, lock=lock)


def paper_to_answer(survey: Survey, serial: int, at: datetime, *, lock: bool = False) -> Invitation:
    """The paper sheet that may be entered now. Raises InvitationUnknown, InvitationUsed, SurveyClosed."""
    return _to_answer(survey.invitations.filter(serial=serial, channel=Channel.PAPER), at, lock=lock)


def _to_answer(rows: QuerySet[Invitation], at: datetime, *, lock: bool) -> Invitation:
    if lock:
        rows = rows.select_for_update(of=("self",), no_key=True)
    invitation = rows.select_related("survey__region").first()
    if invitation is None:
        raise InvitationUnknown
    if invitation.answered_at is not None:
        raise InvitationUsed(answered_at=invitation.answered_at)
    survey = invitation.survey
    if not survey.opens_at <= at < survey.closes_at:
        raise SurveyClosed(opens_at=survey.opens_at, closes_at=survey.closes_at)
    return invitation


def sheets_of(survey: Survey) -> QuerySet[Invitation]:
    """The paper sheets of a survey, by serial number."""
    return survey.invitations.filter(channel=Channel.PAPER).order_by("serial")


def last_serial(survey: Survey) -> int:
    """The serial number of the newest invitation; 0 without any."""
    found: int | None = survey.invitations.aggregate(last=Max("serial"))["last"]
    return found or 0


def turnout(survey: Survey, *, satisfied_from: int) -> tuple[int, int, int]:
    """How many were invited, have answered, and were satisfied; the same numbers as in `result`, without the single questions."""
    return cast("tuple[int, int, int]", rows_of(TURNOUT, [survey.pk, main_question(survey.questions), satisfied_from, survey.pk])[0])


def result(survey: Survey, *, satisfied_from: int) -> Result:
    """What the survey has brought so far, in two queries. `satisfied_from` is the lowest satisfied mark of the main question."""
    asked = codes(survey.questions, SCALE)
    marks = {code: Cast(KeyTextTransform(code, "scores"), IntegerField()) for code in asked}
    aggregates: dict[str, Any] = {"answered": Count("id"), "on_paper": Count("id", filter=Q(entered_by__isnull=False))}
    for place, code in enumerate(asked):
        aggregates |= {f"total_{place}": Sum(marks[code]), f"count_{place}": Count(marks[code])}
    rows = Answer.objects.filter(survey=survey).annotate(main_mark=marks[main_question(survey.questions)])
    found = rows.aggregate(satisfied=Count("id", filter=Q(main_mark__gte=satisfied_from)), **aggregates)
    by_code = {question["code"]: question for question in survey.questions}
    return Result(
        invited=survey.invitations.count(),
        answered=found["answered"],
        satisfied=found["satisfied"],
        on_paper=found["on_paper"],
        questions=tuple(
            QuestionResult(by_code[code], found[f"total_{place}"] or 0, found[f"count_{place}"]) for place, code in enumerate(asked)
        ),
    )


def comments(survey: Survey) -> list[Comment]:
    """What residents wrote, newest first."""
    return list(_comments(survey))


def _comments(survey: Survey) -> Iterator[Comment]:
    by_code = {question["code"]: question for question in survey.questions}
    for answer in survey.answers.exclude(texts={}, comment="").order_by("-answered_at", "-id"):
        for code, text in answer.texts.items():
            yield Comment(by_code.get(code), text, answer.answered_at)
        if answer.comment:
            yield Comment(None, answer.comment, answer.answered_at)
