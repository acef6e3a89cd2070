"""How far somebody has come with the exam of a year."""

from enum import StrEnum

from django.db import models

from wushe.kernel.steps import Transition, table
from wushe.workforce.permissions import Permission


class ExamState(models.TextChoices):
    """Where a person stands with the exam."""

    INTERESTED = "interested"
    ENTERED = "entered"
    SAT = "sat"
    PASSED = "passed"
    FAILED = "failed"
    DROPPED = "dropped"


class Step(StrEnum):
    """The steps from the wish to the result."""

    ENTER_EXAM = "enter_exam"
    SIT_EXAM = "sit_exam"
    PASS_EXAM = "pass_exam"  # noqa: S105 -- a step, no password
    FAIL_EXAM = "fail_exam"
    DROP_EXAM = "drop_exam"


S = ExamState

TRANSITIONS = table(
    Transition(Step.ENTER_EXAM, frozenset({S.INTERESTED}), S.ENTERED, Permission.FOLLOW_EXAM),
    Transition(Step.SIT_EXAM, frozenset({S.ENTERED}), S.SAT, Permission.FOLLOW_EXAM),
    Transition(Step.PASS_EXAM, frozenset({S.SAT}), S.PASSED, Permission.FOLLOW_EXAM),
    Transition(Step.FAIL_EXAM, frozenset({S.SAT}), S.FAILED, Permission.FOLLOW_EXAM),
    Transition(Step.DROP_EXAM, frozenset({S.INTERESTED, S.ENTERED}), S.DROPPED, Permission.FOLLOW_EXAM),
)

# what the audit calls the steps
DONE = {step: f"workforce.{step}" for step in Step}
