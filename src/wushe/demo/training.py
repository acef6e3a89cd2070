"""Two courses with their sessions beside a plan, people on their way to the exam, and those who passed the local one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from wushe.accounts.models import User
from wushe.demo.cast import Cast
from wushe.demo.data import load
from wushe.kernel.clock import local_date
from wushe.workforce.actions import (
    CourseDraft,
    PlanDraft,
    SessionDraft,
    follow_exam,
    note_exam,
    open_course,
    plan_training,
    record_attendance,
    record_title_exam,
    schedule_session,
)
from wushe.workforce.models import Worker
from wushe.workforce.states import Step

WAYS: tuple[tuple[Step, ...], ...] = (
    (),
    (Step.ENTER_EXAM,),
    (Step.ENTER_EXAM, Step.SIT_EXAM),
    (Step.ENTER_EXAM, Step.SIT_EXAM, Step.PASS_EXAM),
    (Step.ENTER_EXAM, Step.SIT_EXAM, Step.FAIL_EXAM),
    (Step.DROP_EXAM,),
)
SCORES = (82, 67, 51)


@dataclass(frozen=True, slots=True)
class School:
    """Who teaches, and the day of the demonstration."""

    cast: Cast
    by: User
    at: datetime

    def hold(self, course: dict[str, str], days_ago: tuple[int, ...], present: list[str]) -> None:
        """A course with a session on each of the days that lie in this year; those still to come have nobody yet."""
        on = local_date(self.at)
        opened = open_course(
            draft=CourseDraft(self.cast.county, on.year, course["kind"], course["title"], course.get("organiser", "")),
            by=self.by,
            at=self.at,
        )
        for ago in days_ago:
            day = on - timedelta(days=ago)
            if day.year == on.year:
                draft = SessionDraft(held_on=day, place=course["place"], minutes=int(course["minutes"]), trainer=course["trainer"])
                session = schedule_session(course=opened, draft=draft, by=self.by, at=self.at)
                if ago > 0:
                    record_attendance(session=session, present=present, by=self.by, at=self.at)


def teach(cast: Cast, at: datetime) -> None:
    """The training of the year, and the exams."""
    told, on = load("training"), local_date(at)
    school = School(cast, cast.users["xianzhan"], at)
    plan = PlanDraft(cast.county, on.year, told["aim"], told["class_hours"], told["seats"], Decimal(told["cost"]))
    plan_training(draft=plan, by=school.by, at=at)
    living = Worker.objects.living(on).filter(region__county=cast.county).order_by("number")
    people = list(living.values_list("number", flat=True))
    first, second = told["courses"]
    school.hold(first, (160, 90, 0), people[::2])
    school.hold(second, (60, 30, -7), people[::3])
    unlicensed = list(living.filter(certificates__isnull=True))
    for worker, way in zip(unlicensed, WAYS, strict=False):
        exam = note_exam(worker=worker, year=on.year, level="assistant", by=school.by, at=at)
        for step in way:
            exam = follow_exam(exam=exam, step=step, by=school.by, at=at)
    for worker, score in zip(unlicensed[len(WAYS) :], SCORES, strict=False):
        record_title_exam(worker=worker, held_on=on - timedelta(days=20), score=Decimal(score), by=school.by, at=at)
