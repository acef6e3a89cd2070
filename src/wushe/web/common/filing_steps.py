"""The steps of an application, taken and waiting, and for whom it waits: the same words on the desk and for its founder."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wushe.organisations.models import Filing, FilingAct, Outcome
from wushe.organisations.queries import RECEIVE, ReportStep, acceptance, report_steps, stage_of
from wushe.organisations.states import FilingState, Step
from wushe.policies.queries import Policy, Stage
from wushe.web.common import words
from wushe.web.common.organisation_words import outcome


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step and who takes it: since when it waited, until when it should be taken, and when it was; without `at` it waits."""

    step: str
    who: str
    since: datetime
    due_at: datetime | None
    at: datetime | None = None
    opinion: str = ""


def steps_of(policy: Policy, filing: Filing, acts: list[FilingAct]) -> dict[str, Any]:
    """All `steps` in their order, those of the report to the county too where the policy has it; and the one that is `waiting`, or None."""
    reported = report_steps(policy, filing)
    # that the county confirmed a filing is told by its line, which has the clock
    done = [_act(act) for act in acts if act.step != Step.CONFIRM_FILING]
    done += [_received(step, acts) for step in reported if step.at is not None]
    done.sort(key=lambda row: row.at or row.since)
    reporting = next((_report(policy, filing, step) for step in reported if step.at is None), None)
    waiting = reporting or _waiting(policy, filing)
    return {"steps": [*done, waiting] if waiting else done, "waiting": waiting}


def _act(act: FilingAct) -> StepRow:
    who = act.by.name if act.by is not None else _("The founder")
    return StepRow(words.step(act.step), who, act.since, act.due_at, act.at, act.opinion)


def _received(step: ReportStep, acts: list[FilingAct]) -> StepRow:
    """A step of the report that was taken; with the one the county may have confirmed the filing."""
    confirmed = step.outcome == Outcome.ACCEPTED and any(act.step == Step.CONFIRM_FILING for act in acts)
    said = " · ".join(filter(None, (outcome(step.outcome), step.reason))) if step.outcome else ""
    who = step.by.name if step.by is not None else ""
    return StepRow(words.step(Step.CONFIRM_FILING if confirmed else step.step), who, step.since, step.due_at, step.at, said)


def _report(policy: Policy, filing: Filing, step: ReportStep) -> StepRow:
    """The step of the report that waits: for the town, or for the county, which the policy names."""
    region = filing.region
    stage = acceptance(policy) if step.step == RECEIVE else None
    if stage is not None:
        return _stage(stage, step.since, step.due_at)
    place = (region.county if step.step == RECEIVE else region.town) or region
    return StepRow(words.step(step.step), place.name, step.since, step.due_at)


def _stage(stage: Stage, since: datetime, due_at: datetime | None) -> StepRow:
    language = get_language() or ""
    return StepRow(stage.label(language), stage.actor.label(language), since, due_at)


def _waiting(policy: Policy, filing: Filing) -> StepRow | None:
    """The step that is next before the decision; none when nobody here has one to take."""
    stage, since = stage_of(policy, FilingState(filing.state)), filing.state_changed_at
    if stage is not None:
        return _stage(stage, since, filing.due_at)
    if filing.state == FilingState.SUBMITTED:  # handed in before the policy gave up the review
        return StepRow(words.step("review_application"), filing.region.name, since, filing.due_at)
    if filing.state == FilingState.RETURNED:
        return StepRow(words.step("correct_application"), _("The founder"), since, filing.due_at)
    return None
