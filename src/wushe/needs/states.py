"""The whole life of a need on one screen."""

from enum import StrEnum

from django.db import models

from wushe.kernel.steps import Transition, table
from wushe.needs.permissions import Permission


class NeedState(models.TextChoices):
    """Where a need stands."""

    REPORTED = "reported"
    ADOPTED = "adopted"
    AWAITING_VERDICT = "awaiting_verdict"
    CLOSED = "closed"
    DECLINED = "declined"


LIVING = (NeedState.REPORTED, NeedState.ADOPTED, NeedState.AWAITING_VERDICT)


class Verdict(models.TextChoices):
    """What the resident says at the end."""

    NONE = ""
    SATISFIED = "satisfied"
    UNSATISFIED = "unsatisfied"


class Step(StrEnum):
    """The steps that move a need on."""

    ADOPT_NEED = "adopt_need"
    RELEASE_NEED = "release_need"
    DECLINE_NEED = "decline_need"
    ASK_VERDICT = "ask_verdict"
    CLOSE_NEED = "close_need"
    REOPEN_NEED = "reopen_need"
    CONTEST_ANSWER = "contest_answer"


S = NeedState

TRANSITIONS = table(
    Transition(Step.ADOPT_NEED, frozenset({S.REPORTED}), S.ADOPTED, "projects.draft_project"),
    Transition(Step.RELEASE_NEED, frozenset({S.ADOPTED}), S.REPORTED, "projects.draft_project"),
    Transition(Step.DECLINE_NEED, frozenset({S.REPORTED}), S.DECLINED, Permission.DECLINE_NEED),
    Transition(Step.ASK_VERDICT, frozenset({S.ADOPTED}), S.AWAITING_VERDICT, "oversight.accept_project"),
    Transition(Step.CLOSE_NEED, frozenset({S.AWAITING_VERDICT}), S.CLOSED, Permission.RECORD_VERDICT),
    Transition(Step.REOPEN_NEED, frozenset({S.AWAITING_VERDICT}), S.REPORTED, Permission.RECORD_VERDICT),
    Transition(Step.CONTEST_ANSWER, frozenset({S.DECLINED}), S.REPORTED, Permission.RECORD_VERDICT),
)
