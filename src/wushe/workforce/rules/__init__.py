"""What follows from values alone."""

from wushe.workforce.rules.over import (
    refuse_cancelled,
    refuse_ended_pairing,
    refuse_ended_posting,
    refuse_ended_study,
    refuse_given_up,
    refuse_left,
    refuse_met,
    refuse_oneself,
    refuse_void,
    refuse_withdrawn_attendance,
    refuse_withdrawn_posting,
)
from wushe.workforce.rules.vacancy import Span, Vacancy, vacancy

__all__ = [
    "Span",
    "Vacancy",
    "refuse_cancelled",
    "refuse_ended_pairing",
    "refuse_ended_posting",
    "refuse_ended_study",
    "refuse_given_up",
    "refuse_left",
    "refuse_met",
    "refuse_oneself",
    "refuse_void",
    "refuse_withdrawn_attendance",
    "refuse_withdrawn_posting",
    "vacancy",
]
