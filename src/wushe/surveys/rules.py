"""What a questionnaire and an answer must be, without asking the database."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

Question = Mapping[str, Any]

LOWEST = 1
SCALE, TEXT = "scale", "text"
LONG_NUMBER = re.compile(r"\d(?:[\s-]?\d){6,}[\dXx]?")


def kind_of(question: Question) -> str:
    """Whether a question wants a mark or words; a mark unless the pack says otherwise."""
    return str(question.get("kind", SCALE))


def codes(questions: Sequence[Question], kind: str) -> tuple[str, ...]:
    """The codes of the questions of a kind, in their order."""
    return tuple(question["code"] for question in questions if kind_of(question) == kind)


def usable(questions: Sequence[Question]) -> bool:
    """Whether there is a question with marks and no code stands twice."""
    found = [question["code"] for question in questions]
    return bool(codes(questions, SCALE)) and len(found) == len(set(found))


def main_question(questions: Sequence[Question]) -> str:
    """The code of the question that decides who is satisfied: the one that the pack calls main, or the first with marks."""
    named = (question["code"] for question in questions if question.get("main") and kind_of(question) == SCALE)
    return str(next(named, codes(questions, SCALE)[0]))


def without_mark(questions: Sequence[Question], scores: Mapping[str, int], *, highest: int) -> tuple[str, ...]:
    """The questions that have no mark on the scale."""
    return tuple(code for code in codes(questions, SCALE) if not LOWEST <= scores.get(code, 0) <= highest)


def without_numbers(text: str) -> str:
    """The text with phone and identity numbers blotted out: an answer carries no personal data."""
    return LONG_NUMBER.sub("****", text.strip())


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
