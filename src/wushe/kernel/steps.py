"""The shape of a life: one frozen table of transitions per thing, read by actions, buttons and tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wushe.kernel.errors import StepNotAllowed


@dataclass(frozen=True, slots=True)
class Transition:
    """One step: from which states, to which, by whom, and what the audit calls it."""

    step: str
    sources: frozenset[str]
    target: str
    permission: str


def allowed(transitions: Mapping[str, Transition], step: str, *, state: str) -> Transition:
    """The transition of `step` when it may start from `state`. Raises StepNotAllowed."""
    transition = transitions[step]
    if state not in transition.sources:
        raise StepNotAllowed(step=str(step), state=str(state))
    return transition


def refuse_withdrawn(step: str, withdrawn_on: date | None) -> None:
    """Refuse a step with what was taken back. Raises StepNotAllowed."""
    if withdrawn_on is not None:
        raise StepNotAllowed(step=str(step), state="withdrawn")


def table(*rows: Transition) -> Mapping[str, Transition]:
    """The rows by step; two rows for one step are a programming error."""
    by_step = {row.step: row for row in rows}
    if len(by_step) != len(rows):
        message = "a step stands twice in the table"
        raise ValueError(message)
    return by_step
